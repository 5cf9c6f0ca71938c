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
  init(in listing: GitListing, since known: [RememberedPage]?) {
    guard let known, !GitChanges.isRedrawn(listing, known) else {
      (pages, firstPages) = (listing.pages, [:])
      return
    }
    let copies = SourceCopies(known) { $0.mark == nil || listing.marks[$0.page] != $0.mark }
    let marks = Dictionary(known.map { ($0.page, $0.mark) }) { $0 ?? $1 }
    pages = listing.pages.filter { path in
      let page = path.shown
      return marks[page] != listing.marks[page] || copies.toRead.contains(page)
    }
    firstPages = copies.firstPages
  }

  /// Whether images are not what they were: a page that did not change may show one.
  private static func isRedrawn(_ listing: GitListing, _ known: [RememberedPage]) -> Bool {
    var former: [String: String] = [:]
    for page in known where page.article == nil { former[page.page] = page.mark }
    let isLost = former.keys.contains { PageKind(fileName: $0) == nil && listing.marks[$0] == nil }
    return isLost || listing.images.contains { former[$0] != listing.marks[$0] }
  }
}
