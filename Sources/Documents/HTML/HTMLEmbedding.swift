/// How a document becomes a part of a page that says more than it.
public struct HTMLEmbedding: Sendable {
  /// Passages that are marked. They may overlap.
  public var marks: [HTMLMark] = []
  /// The title that the page shows above the document: where this begins with a heading that says
  /// nothing else, the heading is left out.
  public var title: String?
  /// By how many levels the document's headings are lowered, so that they stand below the page's.
  public var headingsLowered = 0

  public init() {}

  /// The document as it is, as a page of its own.
  static let none = HTMLEmbedding()

  /// Among so many of the first blocks a heading may repeat the title.
  static let titleBlocks = 3
}

/// A passage that is marked in the HTML of a document.
public struct HTMLMark: Sendable, Hashable {
  /// In scalars of the plain text (Protocol 5.10).
  public let passage: Range<Int>
  /// The id of the first of the elements in which the passage stands.
  public let id: String
  /// Their class; yellow for a color that has none.
  public let color: Color

  /// The colors that have a class of their own.
  public enum Color: String, Sendable, CaseIterable { case yellow, green, blue, pink, purple }

  public init(_ passage: Range<Int>, id: String, color: String?) {
    (self.passage, self.id) = (passage, id)
    self.color = color.flatMap { Color(rawValue: $0) } ?? .yellow
  }
}
