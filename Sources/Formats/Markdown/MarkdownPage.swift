import Articles
import Documents

/// A Markdown page as an article: front matter if there is any, and a title from wherever the page
/// has one.
enum MarkdownPage {
  static func draft(of bytes: [UInt8], at path: PagePath) throws(SkipReason) -> ArticleDraft {
    let page = bytes[...].withoutByteOrderMark
    let matter = FrontMatter(startOf: page)
    if let matter, let draft = try ExportedPage.draft(in: page, below: matter, at: path) {
      return draft
    }
    let metadata = matter?.metadata ?? PageMetadata()
    let text = matter.map { page[$0.end...] } ?? page
    let title =
      metadata.title ?? MarkdownTitle.find(in: belowRule(text)) ?? MarkdownTitle.find(in: text)
    var draft = ArticleDraft(title: title ?? path.stem, format: .markdown, body: bytes)
    draft.language = metadata.language ?? TextLanguage.of(markup: text)
    draft.apply(metadata, url: metadata.address.flatMap(PageAddress.of))
    return draft
  }

  /// The text without a rule that it begins with, which is no title.
  private static func belowRule(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rule = text.prefix { $0 != UInt8(ascii: "\n") }
    let isRule = rule.trimmed().count >= 3 && rule.trimmed().allSatisfy { $0 == UInt8(ascii: "-") }
    return isRule ? text[rule.endIndex...] : text
  }
}
