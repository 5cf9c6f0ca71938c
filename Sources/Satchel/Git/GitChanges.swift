import Articles
import Formats
import LibraryStore

/// What a commit has that was not imported as it is (`Protocol/formats.md`).
struct GitChanges: Sendable {
  /// The pages that are to be read, in their order.
  let pages: [PagePath]
  /// Of the articles of all other pages, the first page of each.
  let firstPages: [ArticleID: String]

  /// - Parameters:
  ///   - known: what is remembered; nil where every page is to be read.
  ///   - drawing: the pages that name images which changed.
  init(in listing: GitListing, since known: [RememberedPage]?, drawing: Set<String>) {
    guard let known else {
      (pages, firstPages) = (listing.pages, [:])
      return
    }
    let copies = SourceCopies(known) {
      $0.mark == nil || listing.marks[$0.page] != $0.mark || drawing.contains($0.page)
    }
    let marks = Dictionary(known.map { ($0.page, $0.mark) }) { $0 ?? $1 }
    pages = listing.pages.filter { path in
      let page = path.shown
      return marks[page] != listing.marks[page] || drawing.contains(page)
        || copies.toRead.contains(page)
    }
    firstPages = copies.firstPages
  }

  /// The images that came, went or are not what they were.
  static func images(in listing: GitListing, since known: [RememberedPage]) -> Set<String> {
    var former: [String: String] = [:]
    for page in known where page.article == nil { former[page.page] = page.mark }
    let lost = former.keys.filter { listing.marks[$0] == nil }
    return Set(listing.images.filter { former[$0] != listing.marks[$0] } + lost)
  }
}
