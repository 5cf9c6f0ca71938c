import Articles
import LibraryStore

/// A highlight with its place in its article's present text.
public struct PlacedHighlight: Sendable, Hashable, Identifiable {
  public var id: HighlightID { row.id }
  public let row: HighlightRow
  public let place: HighlightPlace

  public init(row: HighlightRow, place: HighlightPlace) {
    (self.row, self.place) = (row, place)
  }
}

/// Where a highlight stands in its article's present plain text (Protocol 5.12).
public enum HighlightPlace: Sendable, Hashable {
  /// In scalars of ``Library/plainText(of:)``.
  case scalars(Range<Int>)
  /// Its words do not stand there, or several times and nothing tells the places apart.
  case orphan
  /// The text is missing here.
  case unknown

  public var range: Range<Int>? { if case .scalars(let range) = self { range } else { nil } }
}

extension HighlightRow {
  /// - Parameter text: the article's present one; nil where it is missing here.
  func placed(in text: HighlightText?) -> PlacedHighlight {
    guard let text else { return PlacedHighlight(row: self, place: .unknown) }
    let place = highlight.anchor.place(in: text).map { HighlightPlace.scalars($0) }
    return PlacedHighlight(row: self, place: place ?? .orphan)
  }
}
