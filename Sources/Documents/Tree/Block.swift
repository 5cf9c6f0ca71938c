/// A block of a document, such as a paragraph, or a list with all its items.
public enum Block: Sendable, Hashable {
  /// Level 1 is the largest, 6 the smallest.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case list([ListItem])
  case quote([Block])
  /// Text whose spaces and line ends are kept; an HTML page may style parts of it.
  case code([Inline])
  case table([TableRow])
  /// A picture with its caption, or whatever else a page sets apart as a figure.
  case figure([Block])
  /// What a figure says about itself; it stands in a figure, which may hold several.
  case caption([Inline])
  /// A line across.
  case rule
}

extension Block {
  /// Whether an item that begins with it is shown without its marker.
  var hidesMarker: Bool {
    switch self {
    case .code, .rule: true
    default: false
    }
  }
}

/// An item of a list.
public struct ListItem: Sendable, Hashable {
  /// Nil for what stands in a list outside its items, as pages do that indent with lists.
  public var marker: ListMarker?
  public var blocks: [Block]

  public init(_ marker: ListMarker?, _ blocks: [Block]) {
    self.marker = marker
    self.blocks = blocks
  }
}

/// What stands before an item of a list.
public enum ListMarker: Sendable, Hashable {
  case bullet
  case number(Int)

  /// The marker as it is printed, with the space that follows it.
  public var text: String {
    switch self {
    case .bullet: "• "
    case .number(let number): "\(number). "
    }
  }
}

/// A row of a table.
public struct TableRow: Sendable, Hashable {
  /// Whether its cells name the columns.
  public var isHeader: Bool
  public var cells: [[Inline]]

  public init(isHeader: Bool = false, _ cells: [[Inline]]) {
    self.isHeader = isHeader
    self.cells = cells
  }
}
