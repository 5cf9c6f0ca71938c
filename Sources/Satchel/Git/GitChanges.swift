import Articles
import Formats
import LibraryStore

/// What a commit has that was not imported as it is (`Protocol/formats.md`).
struct GitChanges: Sendable {
  /// The pages that are to be read, in their order.
  let pages: [PagePath]
  /// Of the articles of all other pages, the first page of each.
  let firstPages: [ArticleID: String]

  /// - Parameter known: what is remembered; nil where every page is to be read.
  init(in listing: GitListing, since known: [MarkedPage]?) {
    guard let known, !GitChanges.isRedrawn(listing, known) else {
      (pages, firstPages) = (listing.pages, [:])
      return
    }
    var marks: [String: String] = [:]
    // Of several copies of one article the first speaks for it: all are read where one changed.
    var changed: Set<ArticleID> = []
    for page in known {
      marks[page.page] = page.mark
      if let article = page.article, listing.marks[page.page] != page.mark {
        changed.insert(article)
      }
    }
    var (copies, firstPages): (Set<String>, [ArticleID: String]) = ([], [:])
    for page in known {
      guard let article = page.article else { continue }
      if changed.contains(article) {
        copies.insert(page.page)
      } else if GitChanges.isBefore(page.page, firstPages[article]) {
        firstPages[article] = page.page
      }
    }
    self.firstPages = firstPages
    pages = listing.pages.filter { path in
      let page = path.shown
      return marks[page] != listing.marks[page] || copies.contains(page)
    }
  }

  private static func isBefore(_ page: String, _ other: String?) -> Bool {
    other.map { page.utf8.lexicographicallyPrecedes($0.utf8) } ?? true
  }

  /// Whether images are not what they were: a page that did not change may show one.
  private static func isRedrawn(_ listing: GitListing, _ known: [MarkedPage]) -> Bool {
    var former: [String: String] = [:]
    for page in known where page.article == nil { former[page.page] = page.mark }
    let isLost = former.keys.contains { PageKind(fileName: $0) == nil && listing.marks[$0] == nil }
    return isLost || listing.images.contains { former[$0] != listing.marks[$0] }
  }
}
