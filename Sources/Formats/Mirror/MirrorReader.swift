import Articles
import Documents

/// Reads pages of a news mirror: see `MirrorPage` for their layout.
///
/// The body depends on the article alone, so that copies of one original in several channels, or
/// under menus that have changed since, are the same bytes.
enum MirrorReader {
  static func content(of page: MirrorPage, at path: PagePath) throws(SkipReason) -> PageContent {
    let body = MirrorBody(of: page)
    guard !body.markup.bytes.isEmpty else { throw .noArticle }
    let text = body.plain.bytes[...]
    let (section, title) = split(heading: page.heading)
    var draft = ArticleDraft(
      title: title.isEmpty ? path.stem : title, format: .markdown, body: body.markup.bytes)
    draft.url = page.original?.text
    draft.site = page.original?.site
    draft.published = page.original?.published ?? body.published ?? Dateline.find(in: text)?.text
    // Where a page shows nothing but a film, its title is all the text there is.
    draft.language =
      TextLanguage.of(text: text) ?? TextLanguage.of(text: page.heading)
    draft.tags = [channel(of: path), section].compactMap { $0 }
    let byline = Byline(text: text)
    draft.author = byline.author
    draft.editor = byline.editor
    let drawn = MarkdownImages.references(in: draft.body[...])
    return PageContent(draft: draft, imageReferences: drawn + body.imageSources)
  }
}

extension MirrorReader {
  private static func channel(of path: PagePath) -> String? {
    path.folderName.flatMap { MirrorFolder.holdsAllPages($0.utf8) ? nil : $0 }
  }

  /// A longer part before the bar belongs to the title.
  private static let sectionLength = 18

  /// Splits `评论 | 标题` into the section, which becomes a tag, and the title.
  private static func split(heading: ArraySlice<UInt8>) -> (section: String?, title: String) {
    let text = Array(HTMLCharacterReferences.decoded(heading).utf8)[...]
    guard let bar = text.firstRange(of: " | ") else { return (nil, text.asSingleLine) }
    let section = text[..<bar.lowerBound].trimmed()
    let title = text[bar.upperBound...].trimmed()
    guard (1...sectionLength).contains(section.count), !title.isEmpty else {
      return (nil, text.asSingleLine)
    }
    return (section.asSingleLine, title.asSingleLine)
  }
}
