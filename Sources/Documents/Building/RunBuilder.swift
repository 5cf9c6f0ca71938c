/// Gathers the characters of one block into runs.
///
/// White space is collapsed by the rules of HTML: a run of it becomes one space, none at the ends
/// of a line, and none for a line end between East Asian characters.
struct RunBuilder {
  /// How the next characters look.
  var style: TextStyle = [] { didSet { isRunOutdated = isRunOutdated || style != oldValue } }
  /// Where the next characters link to.
  var link: LinkTarget? { didSet { isRunOutdated = isRunOutdated || link != oldValue } }

  private var text: [UInt8] = []
  private var runs: [OpenRun] = []
  private var cellEnds: [CellEnd] = []
  private var isRunOutdated = true
  private var whiteSpace = WhiteSpace.none
  /// How text looked where the white space began.
  private var whiteSpaceStyle: TextStyle = []
  private var whiteSpaceLink: LinkTarget?
  private var position = Position.lineStart
  /// The last scalar of what was taken before the block's end; nil if nothing was.
  private var lastTaken: UInt32?
  private var isLastTakenImage = false

  /// Whether nothing has been gathered yet.
  var isEmpty: Bool { runs.isEmpty && cellEnds.isEmpty && lastTaken == nil }

  /// Whether there is more than one cell.
  var hasCells: Bool { !cellEnds.isEmpty }

  /// Whether a part of the block has been taken.
  var isContinued: Bool { lastTaken != nil }

  /// How much is held; what is long may be taken in parts.
  var size: Int { text.count + 16 * runs.count + 4 * cellEnds.count }

  /// Whether the last thing that was gathered is a line end.
  var endsInLineEnd: Bool { !isEmpty && position == .lineStart }

  /// Adds characters with their white space collapsed.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index].isHTMLSpace {
        noteWhiteSpace(bytes[index])
        index += 1
        continue
      }
      let end = bytes[index...].firstIndex(where: \.isHTMLSpace) ?? bytes.endIndex
      appendWord(bytes[index..<end])
      index = end
    }
  }

  /// Adds characters as they are.
  mutating func appendVerbatim(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else { return }
    beginRunIfOutdated()
    text += bytes
    position = .inLine
  }

  mutating func appendLineEnd() {
    whiteSpace = .none
    beginRunIfOutdated()
    text.append(0x0A)
    position = .lineStart
  }

  mutating func appendImage(alternativeText: String, address: String) {
    appendWhiteSpace(before: 0)
    runs.append(OpenRun(start: text.count, image: address, style: style, link: link))
    text += Array(alternativeText.utf8)
    isRunOutdated = true
    position = .inLine
  }

  /// Ends a cell of a table; what comes is the next one's.
  mutating func endCell() {
    whiteSpace = .none
    cellEnds.append(CellEnd(text: UInt32(text.count), runs: UInt32(runs.count)))
    position = .cellStart
  }

  /// Hands over the runs, cell by cell, neighbors that look the same joined and line ends off both
  /// ends of the whole, and begins anew with the same style and link. What is no row of a table is
  /// one cell.
  mutating func finish() -> [[TextRun]] {
    let cells = isEmpty ? [] : Array(cells)
    beginAnew(keepingCapacity: true)
    return cells
  }

  /// The same of a long row, whose cells are made as they are asked for.
  mutating func takeCells() -> RunCells {
    let taken = cells
    beginAnew(keepingCapacity: false)
    return taken
  }

  /// Takes the runs so far of a block that goes on, but for line ends at their end; none if they
  /// would not be seen, or are cells of a table.
  mutating func takePart() -> [TextRun] {
    guard position == .inLine, text.last != 0x0A, !hasCells else { return [] }
    var cells = cells
    guard let part = cells.next(), isContinued || part.isVisible else { return [] }
    lastTaken = text[...].lastScalar
    isLastTakenImage = runs.last?.image != nil
    text.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    isRunOutdated = true
    return part
  }

  private var cells: RunCells {
    RunCells(text: text, runs: runs, ends: cellEnds[...], isContinued: isContinued)
  }

  private mutating func beginAnew(keepingCapacity: Bool) {
    text.removeAll(keepingCapacity: keepingCapacity)
    runs.removeAll(keepingCapacity: keepingCapacity)
    cellEnds.removeAll(keepingCapacity: keepingCapacity)
    isRunOutdated = true
    whiteSpace = .none
    position = .lineStart
    lastTaken = nil
  }
}

/// A run whose text begins at a byte of the block's and goes on to the next run.
struct OpenRun {
  let start: Int
  /// The address of the image it stands for.
  var image: String?
  let style: TextStyle
  let link: LinkTarget?
}

/// Where a cell of a row ends: how many bytes and runs came before.
struct CellEnd {
  let text: UInt32
  let runs: UInt32
}

extension RunBuilder {
  /// What has been gathered last.
  fileprivate enum Position { case lineStart, cellStart, inLine }

  fileprivate enum WhiteSpace { case none, space, lineEnd }

  fileprivate mutating func noteWhiteSpace(_ byte: UInt8) {
    if whiteSpace == .none {
      whiteSpaceStyle = style
      whiteSpaceLink = link
      whiteSpace = .space
    }
    if byte == 0x0A { whiteSpace = .lineEnd }
  }

  fileprivate mutating func appendWord(_ word: ArraySlice<UInt8>) {
    appendWhiteSpace(before: word.firstScalar)
    beginRunIfOutdated()
    text += word
    position = .inLine
  }

  fileprivate mutating func appendWhiteSpace(before next: UInt32) {
    defer { whiteSpace = .none }
    guard whiteSpace != .none, position == .inLine, !isJoin(before: next) else { return }
    // Between a link and what follows it, a space is part of neither; nor is it between styles.
    if isRunOutdated {
      let sharedLink = whiteSpaceLink == link ? link : nil
      beginRun(style: whiteSpaceStyle.intersection(style), link: sharedLink)
    }
    text.append(0x20)
  }

  fileprivate func isJoin(before next: UInt32) -> Bool {
    let isAfterImage = runs.last.map { $0.image != nil } ?? (isContinued && isLastTakenImage)
    return whiteSpace == .lineEnd && !isAfterImage
      && EastAsianSpacing.joins(text.isEmpty ? lastTaken ?? 0 : text[...].lastScalar, next)
  }

  fileprivate mutating func beginRunIfOutdated() {
    guard isRunOutdated else { return }
    beginRun(style: style, link: link)
    isRunOutdated = false
  }

  fileprivate mutating func beginRun(style: TextStyle, link: LinkTarget?) {
    runs.append(OpenRun(start: text.count, style: style, link: link))
  }
}

extension [TextRun] {
  /// Whether anything of it is seen: an image, or more than white space and what has no width.
  var isVisible: Bool {
    contains { run in
      run.image != nil
        || !run.text.unicodeScalars.allSatisfy { scalar in
          scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
        }
    }
  }
}
