import Articles
import Documents

/// An article's text as HTML that is safe to put into a page.
enum PageHTML {
  /// The text without its images, whose words stand in their place; empty where it is not here.
  static func text(of article: ExportedArticle) -> String {
    guard article.hasText else { return "" }
    var html: [UInt8] = []
    HTMLWriter { _ in nil }.write(
      reading: article.draft.body, as: article.draft.format.document
    ) { html += $0 }
    return String(decoding: html, as: UTF8.self)
  }
}
