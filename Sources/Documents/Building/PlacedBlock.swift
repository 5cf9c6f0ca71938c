/// A block as a builder ends it, with where it stands.
struct PlacedBlock {
  enum Kind: Equatable {
    case heading(level: Int)
    case paragraph
    case caption
    /// Text whose spaces and line ends are kept.
    case code
    /// A row of the table of that number.
    case row(table: Int, isHeader: Bool)
    case rule

    /// Whether an item that begins with it is shown without its marker.
    var hidesMarker: Bool { self == .code || self == .rule }
  }

  let kind: Kind
  /// The steps of the way to the block, outermost first.
  let place: [PlaceStep]
  /// The marker of the item that begins with the block; nil if none does.
  let marker: ListMarker?

  init(_ kind: Kind, at place: [PlaceStep], marker: ListMarker?) {
    self.kind = kind
    self.place = place
    // Without a list around it an item is told by its marker alone, and these show none.
    self.marker = kind.hidesMarker && !place.contains(where: \.isItem) ? nil : marker
  }
}

/// Takes blocks in reading order, instead of a tree of them.
protocol BlockReceiver {
  /// Adds a block; cells of what is no row get into it where a page cuts a row in two.
  mutating func append(_ block: PlacedBlock, _ cells: [[TextRun]])

  /// Adds a block of many cells.
  ///
  /// - Parameter size: how many bytes of it may be held at once, more or less.
  mutating func append(_ block: PlacedBlock, _ cells: RunCells, inPartsOf size: Int)

  /// Adds more of the last block, which was no row.
  mutating func append(more runs: [TextRun])

  /// Says that the last row of the table of that number, if it has one, names the columns.
  mutating func markHeader(of table: Int)
}
