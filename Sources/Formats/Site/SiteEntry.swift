import Articles
import Coding
import Replication

/// An article as lists show it.
struct SiteEntry {
  let id: ArticleID
  let title: String
  let site: String?
  let tags: [String]
  /// `2020-03-13`: when it was published, or was added where that is not known.
  let day: String
  let isRead: Bool

  init(_ article: ExportedArticle) {
    let draft = article.draft
    id = article.id
    title = draft.shownTitle
    site = draft.site.flatMap { $0.isBlank ? nil : $0.onOneLine }
    tags = draft.tags.map(\.onOneLine).filter { !$0.isBlank }
    isRead = draft.state.isRead == true
    let published = draft.published.flatMap { SiteEntry.isDay($0.prefix(10)) ? $0 : nil }
    let added = draft.state.addedMilliseconds.flatMap(InstantText.text)
    day = String((published ?? added ?? "1970-01-01").prefix(10))
  }

  var path: String { "articles/\(id).html" }
  /// `2020-03`.
  var month: String { String(day.prefix(7)) }

  /// The page of what bears a name: the same for each export, and legal on every medium.
  static func page(of name: String, in folder: String) -> String {
    let hash = ContentHash(of: Array(name.utf8)).description
    return "\(folder)/\(hash.prefix(12)).html"
  }

  private static func isDay(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 10
      && bytes.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7 ? byte == 0x2D : (0x30...0x39).contains(byte)
      }
  }
}
