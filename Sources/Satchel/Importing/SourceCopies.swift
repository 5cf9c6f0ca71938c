import Articles
import LibraryStore

/// Pages of a source that brought one article: of several copies the first speaks for it (Protocol
/// 5.5), also where an import reads some of them only.
struct SourceCopies: Sendable {
  /// Pages that are to be read since a copy of their article changed or is gone.
  let toRead: Set<String>
  /// Of the articles of all other pages, the first page of each.
  let firstPages: [ArticleID: String]

  /// - Parameter isOther: whether a page is read anyway, or is gone.
  init(_ known: [RememberedPage], isOther: (RememberedPage) -> Bool) {
    let changed = Set(known.lazy.filter(isOther).compactMap(\.article))
    var (toRead, firstPages): (Set<String>, [ArticleID: String]) = ([], [:])
    for page in known {
      guard let article = page.article else { continue }
      if changed.contains(article) {
        toRead.insert(page.page)
      } else if firstPages[article].map({ SourceCopies.is(page.page, before: $0) }) ?? true {
        firstPages[article] = page.page
      }
    }
    (self.toRead, self.firstPages) = (toRead, firstPages)
  }

  /// In the byte order of paths.
  static func `is`(_ page: String, before other: String) -> Bool {
    page.utf8.lexicographicallyPrecedes(other.utf8)
  }
}
