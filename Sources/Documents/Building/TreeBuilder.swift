/// Puts blocks into their places in the tree, in reading order.
struct TreeBuilder {
  private var branches = [Branch(step: nil)]

  mutating func append(_ block: PlacedBlock, _ cells: [[TextRun]]) {
    enter(block.place, marker: block.marker)
    let last = branches.count - 1
    switch block.kind {
    case .row(let table, let isHeader):
      branches[last].append(TableRow(isHeader: isHeader, cells.map { [Inline]($0) }), of: table)
    case .heading(let level):
      branches[last].append(.heading(level: level, [Inline](cells.inOneLine)))
    case .caption: branches[last].append(.caption([Inline](cells.inOneLine)))
    case .paragraph: branches[last].append(.paragraph([Inline](cells.inOneLine)))
    case .code:
      branches[last].append(.code([Inline](cells.flatMap { $0 }, keepingLineEnds: true)))
    case .rule: branches[last].append(.rule)
    }
  }

  /// Says that the last row of the table of that number, if it has one, names the columns.
  mutating func markHeader(of table: Int) {
    branches[branches.count - 1].markHeader(of: table)
  }

  /// The blocks so far.
  mutating func finish() -> [Block] {
    leave(to: 0)
    return branches[0].blocks
  }
}

extension TreeBuilder {
  private mutating func enter(_ place: [PlaceStep], marker: ListMarker?) {
    let (shared, steps) = way(to: place, marker: marker)
    leave(to: shared)
    branches += steps.map { Branch(step: $0) }
  }

  /// It stands by itself because to hold the branches while they change would copy every list.
  private func way(
    to place: [PlaceStep], marker: ListMarker?
  ) -> (shared: Int, steps: ArraySlice<PlaceStep>) {
    PlaceStep.way(
      to: place, marker: marker, from: branches.dropFirst().lazy.compactMap(\.step))
  }

  /// Ends branches until so many are left beside the document.
  private mutating func leave(to count: Int) {
    while branches.count - 1 > count {
      let branch = branches.removeLast()
      let last = branches.count - 1
      switch branch.step?.kind {
      case .quote: branches[last].append(.quote(branch.blocks))
      case .figure: branches[last].append(.figure(branch.blocks))
      case .list: branches[last].append(.list(branch.items))
      case .item(let marker): append(ListItem(marker, branch.blocks))
      case nil: break
      }
    }
  }

  /// Adds an item to the list that is open; one of the other kind begins another list.
  private mutating func append(_ item: ListItem) {
    let last = branches.count - 1
    if let marker = item.marker, branches[last].items.contains(otherThan: marker) {
      branches[last - 1].append(.list(branches[last].items))
      branches[last].items = []
    }
    branches[last].append(item)
  }
}

extension [ListItem] {
  /// Whether its markers are of the other kind: bullets beside a number, numbers beside a bullet.
  fileprivate func contains(otherThan marker: ListMarker) -> Bool {
    guard let first = lazy.compactMap(\.marker).first else { return false }
    return (first == .bullet) != (marker == .bullet)
  }
}

/// A branch that more blocks may come to; the first is the document.
private struct Branch {
  let step: PlaceStep?
  var blocks: [Block] = []
  /// Of a list.
  var items: [ListItem] = []
  /// The table that the last block is.
  var table: Int?

  mutating func append(_ block: Block) {
    blocks.append(block)
    table = nil
  }

  /// What stands in a list outside its items is one item, whatever pieces it comes in.
  mutating func append(_ item: ListItem) {
    if item.marker == nil, let last = items.indices.last, items[last].marker == nil {
      items[last].blocks += item.blocks
    } else {
      items.append(item)
    }
  }

  /// Adds a row to the table that the last block is, or begins one.
  mutating func append(_ row: TableRow, of table: Int) {
    var rows = takeTable(table) ?? []
    rows.append(row)
    blocks.append(.table(rows))
    self.table = table
  }

  mutating func markHeader(of table: Int) {
    guard var rows = takeTable(table) else { return }
    rows[rows.count - 1].isHeader = true
    blocks.append(.table(rows))
  }

  /// Takes the table of that number out, so that to change it does not copy it.
  private mutating func takeTable(_ table: Int) -> [TableRow]? {
    guard self.table == table, case .table(let rows)? = blocks.last else { return nil }
    blocks.removeLast()
    return rows
  }
}
