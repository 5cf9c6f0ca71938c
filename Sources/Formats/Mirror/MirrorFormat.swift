import Documents

extension Format {
  /// Pages as `markdown` reads them, but for those that a news mirror laid out: of these the mirror's
  /// menus, promotions and share block are removed, and what the site repeats under every page.
  ///
  /// Each page tells by itself which it is, so this is also what pages are read as where no format
  /// is named.
  public static let mirror = Format(
    name: "mirror", contents: "pages of a news mirror, beside other pages",
    treatment: "cleans mirrored news pages", extensions: PageKind.extensions,
    reader: PageReader.mirror.reader, pages: .mirror)
}

extension PageReader {
  /// Reads mirrored news pages, each told by its layout, and all others as ordinary pages.
  package static let mirror = PageReader { (bytes, path) throws(SkipReason) in
    let page = bytes[...].withoutByteOrderMark
    if let mirrored = MirrorPage(page) { return try MirrorReader.content(of: mirrored, at: path) }
    if MirrorLayout.isList(page) { throw .noArticle }
    return PageContent(try MarkdownPage.draft(of: bytes, at: path))
  }
}
