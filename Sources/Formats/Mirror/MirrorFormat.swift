extension Format {
  /// Markdown pages of a news mirror: the article as inline HTML between the mirror's own menus,
  /// promotions and share block, which are removed. Nothing but its name tells it from `markdown`.
  public static let mirror = Format(
    name: "mirror", contents: "pages of a news mirror", treatment: "cleans mirrored news pages",
    extensions: PageKind.extensions, reader: PageReader.mirror.reader)
}

extension PageReader {
  /// Reads mirrored news pages.
  package static let mirror = PageReader(markdown: MirrorReader.content)
}
