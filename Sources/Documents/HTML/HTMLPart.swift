/// A part of a document's HTML: a very long one is shown in several pages.
public struct HTMLPart: Sendable {
  public let html: [UInt8]
  /// Which of the parts it is, the first being 1.
  public let number: Int
  public let count: Int
  /// In which part each mark begins, by its id; one whose passage has no text is in none.
  public let partsOfMarks: [String: Int]

  /// As many bytes a part has at least, but for the last; it has little more.
  public static let usualBytes = 512 << 10
}

extension HTMLWriter {
  /// A part of the HTML of the document that bytes hold, for a page that says more than it: links have
  /// `rel`, and images are loaded when they are looked at.
  ///
  /// All of the document is read, and no more of its HTML is held than the part. Parts end between
  /// blocks, and a block that is longer is parted. A part that there is not is empty.
  ///
  /// - Parameters:
  ///   - number: which part, the first being 1.
  ///   - embedding: what the page knows of it.
  ///   - partBytes: how many bytes a part has, more or less.
  public func part(
    _ number: Int, reading bytes: [UInt8], as format: DocumentFormat, in embedding: HTMLEmbedding,
    partBytes: Int = HTMLPart.usualBytes
  ) -> HTMLPart {
    let gathered = GatheredPart(number)
    let page = write(
      reading: bytes, as: format,
      HTMLPage(
        forBrowsers, embedding, inPartsOf: min(max(partBytes, 64), DocumentBuilder.usualPart),
        cutFrom: partBytes
      ) { gathered.take($0, ofPart: $1) })
    return HTMLPart(
      html: gathered.html, number: number, count: page.part, partsOfMarks: page.partsOfMarks)
  }
}

/// What came of one part.
private final class GatheredPart {
  private let number: Int
  private(set) var html: [UInt8] = []

  init(_ number: Int) { self.number = number }

  func take(_ piece: [UInt8], ofPart part: Int) {
    if part == number { html += piece }
  }
}
