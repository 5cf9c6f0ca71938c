import Articles
import Documents
import LibraryStore
import Replication

/// An article as a page shows it: its text as HTML, with its highlights marked in it.
public struct ReaderPage: Sendable {
  /// In the order of the text; those that have no place there come last.
  public let highlights: [PlacedHighlight]
  /// Nil for an article without a text, and while that is missing here.
  public let text: HTMLPart?

  /// So many highlights are marked in a text at most.
  public static let markedHighlights = 1_000
}

extension PlacedHighlight {
  /// The id of the first element in which the passage stands.
  public var markID: String { "mark-\(id)" }
}

extension Library {
  /// The text of an article, or a part of a very long one, as HTML that is safe to put into a page of
  /// one's own.
  ///
  /// Headings are one level lower than the text has them, and one with which it begins is left out where
  /// it says what the title says. Words of pictures that are not shown lead to where these lie.
  ///
  /// - Parameters:
  ///   - row: the article.
  ///   - number: the part, the first being 1; nil for the one in which its reader stopped. One that
  ///     there is not is empty.
  ///   - image: the address to show an image from that is here; nil for one that is not shown.
  public func readerPage(
    of row: ArticleRow, part number: Int? = nil,
    image: @escaping @Sendable (ContentHash) -> String?
  ) async throws(LibraryError) -> ReaderPage {
    let hash = row.article.body
    let body = if let hash { try await body(hash) } else { [UInt8]?.none }
    let format = row.article.format.document
    let highlights = try await highlights(of: row) {
      let text = hash == nil ? "" : body.map { PlainText.text(reading: $0, as: format) }
      return text.map { HighlightText($0, of: hash, version: PlainText.version) }
    }
    guard let body else { return ReaderPage(highlights: highlights, text: nil) }
    let images = try await images(of: row)
    let writer = HTMLWriter(
      image: { images.held($0).flatMap(image) }, original: { $0 })
    let embedding = HTMLEmbedding(of: row, highlights)
    func part(_ number: Int) -> HTMLPart {
      writer.part(number, reading: body, as: format, in: embedding)
    }
    let first = part(number ?? 1)
    let stopped = first.number(at: row.article.progressPercent)
    let text = number == nil && stopped > 1 ? part(stopped) : first
    return ReaderPage(highlights: highlights, text: text)
  }
}

extension HTMLEmbedding {
  fileprivate init(of row: ArticleRow, _ highlights: [PlacedHighlight]) {
    self.init()
    title = row.article.title.isEmpty ? nil : row.article.title
    headingsLowered = 1
    marks = highlights.prefix(ReaderPage.markedHighlights).compactMap { highlight in
      highlight.place.range.map {
        HTMLMark($0, id: highlight.markID, color: highlight.row.highlight.color)
      }
    }
  }
}

extension HTMLPart {
  /// The part in which so much of the text was read; the first of what was read to its end.
  fileprivate func number(at percent: Int) -> Int {
    (1..<100).contains(percent) ? min(count, percent * count / 100 + 1) : 1
  }
}
