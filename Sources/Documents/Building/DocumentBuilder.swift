/// Gathers a document, as both the HTML and the Markdown reader meet it.
struct DocumentBuilder {
  /// What sort of block gathered text becomes.
  enum Kind: Equatable {
    case paragraph
    case heading(level: Int)
    case tableRow
  }

  /// What the next block is.
  var kind = Kind.paragraph
  /// The marker of an item that has begun and has no text yet.
  var pendingMarker: ListMarker?
  /// How many elements are open that keep white space as it is.
  var preformattedDepth = 0
  /// Whether what comes is not to be shown, such as the inside of a `script`.
  var isSuppressed = false

  /// How many times each style is switched on.
  var emphasis = 0 { didSet { set(.emphasis, emphasis > 0) } }
  var strong = 0 { didSet { set(.strong, strong > 0) } }
  var code = 0 { didSet { set(.code, code > 0) } }

  /// Where text leads to.
  var link: String? {
    get { runs.link?.address }
    set { runs.link = newValue.map { targets.target($0) } }
  }

  var runs = RunBuilder()
  var targets = LinkTargets()
  private var tree = TreeBuilder()
  /// Takes the blocks instead of the tree.
  var receiver: (any BlockReceiver)?
  /// From which size on a part of the block is handed over.
  var partSize = usualPart
  var longestPart = usualPart
  /// The bytes, runs and places looked at, for tests of how the work grows.
  var steps = 0
  private var containers = OpenContainers() { didSet { place = nil } }
  /// Where the next block stands, once that has been asked for.
  private var place: (steps: [PlaceStep], isCaption: Bool)?
  private var lastID = 0
  /// The number of the table that rows belong to.
  private var table = 0
  /// Whether the cells of the row so far name columns; nil before the first.
  private var isHeaderRow: Bool?

  /// Whether the block that is being gathered holds nothing yet.
  var isEmpty: Bool { runs.isEmpty }

  init() {}

  /// Hands blocks over as they end instead of putting them into a tree, long ones in parts.
  ///
  /// - Parameter longestPart: how many bytes of a block are handed over at once, more or less.
  init(handingOverTo receiver: any BlockReceiver, longestPart: Int = usualPart) {
    self.receiver = receiver
    self.longestPart = longestPart
    partSize = longestPart
  }

  static let usualPart = 1 << 16

  /// Ends everything.
  mutating func finish() -> Document {
    flush()
    return Document(tree.finish())
  }

  /// Ends everything and gives back what has taken the blocks.
  mutating func finishHandingOver() -> (any BlockReceiver)? {
    flush()
    return receiver
  }
}

// MARK: Characters

extension DocumentBuilder {
  /// Adds characters, their references already decoded.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    if isSuppressed { return }
    guard receiver != nil else { return gather(bytes) }
    var rest = bytes
    while !rest.isEmpty {
      let part = rest.prefix(upToBytes: longestPart)
      gather(part)
      rest = rest[part.endIndex...]
      handOverPart()
    }
  }

  mutating func gather(_ bytes: ArraySlice<UInt8>) {
    if preformattedDepth > 0 { runs.appendVerbatim(bytes) } else { runs.append(bytes) }
  }

  mutating func append(_ string: String) { append(Array(string.utf8)[...]) }

  /// Ends the line; two ends in a row end the block, as pages without paragraphs use them.
  mutating func breakLine() {
    if isSuppressed { return }
    if preformattedDepth > 0 {
      runs.appendVerbatim([0x0A])
    } else if runs.endsInLineEnd {
      flush()
    } else if !isEmpty {
      runs.appendLineEnd()
    }
  }

  mutating func appendImage(alternativeText: String, address: String) {
    if isSuppressed { return }
    runs.appendImage(alternativeText: alternativeText, address: address)
    if receiver != nil { handOverPart() }
  }

  fileprivate mutating func set(_ style: TextStyle, _ isOn: Bool) {
    if isOn { runs.style.insert(style) } else { runs.style.remove(style) }
  }
}

// MARK: Tables

extension DocumentBuilder {
  /// Says that rows from here on are another table's.
  mutating func beginTable() { table += 1 }

  mutating func beginRow() { isHeaderRow = nil }

  /// Notes whether a cell of the row names a column.
  mutating func noteCell(isHeader: Bool) { isHeaderRow = isHeader && isHeaderRow ?? true }

  /// Parts what is gathered from the row's next cell.
  mutating func endCell() {
    if isSuppressed { return }
    if preformattedDepth > 0 { append(" | ") } else { runs.endCell() }
  }

  /// Says that the row before names the columns.
  mutating func markHeader() {
    tree.markHeader(of: table)
    receiver?.markHeader(of: table)
  }
}

// MARK: Blocks

extension DocumentBuilder {
  /// Ends the block, which is dropped if nothing of it would be seen.
  mutating func flush() {
    let isContinued = runs.isContinued
    steps += runs.size
    partSize = longestPart
    if isLongRow { return handOverRow() }
    let cells = runs.finish()
    targets.forget(but: runs.link)
    if isContinued {
      receiver?.append(more: cells.flatMap { $0 })
    } else if cells.count > 1 || cells.contains(where: \.isVisible) {
      append(gatheredKind, cells)
    }
  }

  mutating func appendRule() {
    flush()
    if !isSuppressed { append(.rule, []) }
  }

  mutating func append(_ kind: PlacedBlock.Kind, _ cells: [[TextRun]]) {
    let block = placed(kind)
    if receiver == nil { tree.append(block, cells) } else { receiver?.append(block, cells) }
  }

  /// The block of that kind at the current place, with the marker that waited for it.
  mutating func placed(_ kind: PlacedBlock.Kind) -> PlacedBlock {
    defer { pendingMarker = nil }
    return PlacedBlock(kind, at: currentPlace().steps, marker: pendingMarker)
  }

  /// What gathered text becomes.
  var gatheredKind: PlacedBlock.Kind {
    mutating get {
      if preformattedDepth > 0 { return .code }
      return switch kind {
      case .tableRow: .row(table: table, isHeader: isHeaderRow ?? false)
      case .heading(let level): .heading(level: level)
      case .paragraph: currentPlace().isCaption ? .caption : .paragraph
      }
    }
  }
}

// MARK: Containers

extension DocumentBuilder {
  /// Begins a container and returns its id, with which it ends.
  mutating func open(_ kind: Container.Kind) -> Int {
    let container = newContainer(kind)
    containers.open(container)
    return container.id
  }

  mutating func close(_ id: Int) { containers.close(id) }

  /// A container that is not open yet.
  mutating func newContainer(_ kind: Container.Kind) -> Container {
    lastID += 1
    return Container(kind: kind, id: lastID)
  }

  /// So many quotes, the outermost of them those that are open.
  mutating func quotes(_ count: Int, with open: [Container]) -> [Container] {
    var quotes = Array(open.prefix(count))
    while quotes.count < count { quotes.append(newContainer(.quote)) }
    return quotes
  }

  /// Says which containers Markdown's lines have open, outermost first.
  mutating func setMarkdown(_ containers: [Container]) { self.containers.setMarkdown(containers) }

  mutating func currentPlace() -> (steps: [PlaceStep], isCaption: Bool) {
    if let place { return place }
    let current = containers.place
    steps += current.steps.count
    place = current
    return current
  }
}
