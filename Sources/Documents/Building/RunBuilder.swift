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
  private var isRunOutdated = true
  private var whiteSpace = WhiteSpace.none
  /// How text looked where the white space began.
  private var whiteSpaceStyle: TextStyle = []
  private var whiteSpaceLink: LinkTarget?
  private var position = Position.lineStart
  /// The last scalar of what was taken before the block's end; nil if nothing was.
  private var lastTaken: UInt32?

  /// Whether nothing has been gathered yet.
  var isEmpty: Bool { runs.isEmpty && lastTaken == nil }

  /// Whether a part of the block has been taken.
  var isContinued: Bool { lastTaken != nil }

  /// How much is held; what is long may be taken in parts.
  var size: Int { text.count + 16 * runs.count }

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
    runs.append(OpenRun(start: text.count, kind: .image(address), style: style, link: link))
    text += Array(alternativeText.utf8)
    isRunOutdated = true
    position = .inLine
  }

  /// Ends a cell of a table; what comes is the next one's.
  mutating func endCell() {
    whiteSpace = .none
    runs.append(OpenRun(start: text.count, kind: .cellEnd, style: [], link: nil))
    isRunOutdated = true
    position = .cellStart
  }

  /// Hands over the runs, cell by cell, neighbors that look the same joined and line ends off both
  /// ends of the whole, and begins anew with the same style and link. What is no row of a table is
  /// one cell.
  mutating func finish() -> [[TextRun]] {
    defer {
      text.removeAll(keepingCapacity: true)
      runs.removeAll(keepingCapacity: true)
      isRunOutdated = true
      whiteSpace = .none
      position = .lineStart
      lastTaken = nil
    }
    return isEmpty ? [] : finishedCells()
  }

  /// Takes the runs so far of a block that goes on, but for line ends at their end; none if they
  /// would not be seen, or are cells of a table.
  mutating func takePart() -> [TextRun] {
    guard position == .inLine, runs.last?.isShown == false, text.last != 0x0A else { return [] }
    let cells = finishedCells()
    guard cells.count == 1, isContinued || cells[0].isVisible else { return [] }
    lastTaken = text[...].lastScalar
    text.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    isRunOutdated = true
    return cells[0]
  }
}

extension RunBuilder {
  /// A run whose text begins at a byte of the block's and goes on to the next run.
  fileprivate struct OpenRun {
    enum Kind {
      case text
      case image(String)
      case cellEnd
    }

    let start: Int
    let kind: Kind
    let style: TextStyle
    let link: LinkTarget?

    /// Whether it is there even without a character.
    var isShown: Bool {
      if case .text = kind { return false }
      return true
    }

    var image: String? {
      if case .image(let address) = kind { return address }
      return nil
    }
  }

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
    let isAfterImage = runs.last.map { $0.image != nil } ?? false
    return whiteSpace == .lineEnd && !isAfterImage
      && EastAsianSpacing.joins(text.isEmpty ? lastTaken ?? 0 : text[...].lastScalar, next)
  }

  fileprivate mutating func beginRunIfOutdated() {
    guard isRunOutdated else { return }
    beginRun(style: style, link: link)
    isRunOutdated = false
  }

  fileprivate mutating func beginRun(style: TextStyle, link: LinkTarget?) {
    runs.append(OpenRun(start: text.count, kind: .text, style: style, link: link))
  }

  fileprivate func finishedCells() -> [[TextRun]] {
    var cells: [[TextRun]] = [[]]
    let shown = shownRange()
    for (index, run) in runs.enumerated() {
      if case .cellEnd = run.kind { cells.append([]) }
      let end = index + 1 < runs.count ? runs[index + 1].start : text.count
      let string = String(decoding: text[(run.start..<end).clamped(to: shown)], as: UTF8.self)
      if string.isEmpty && run.image == nil { continue }
      cells[cells.count - 1].append(
        joining: TextRun(string, style: run.style, link: run.link, image: run.image))
    }
    return cells
  }

  /// The text without line ends at its ends; an image is text even where it has no words, and so is
  /// the end of a cell.
  fileprivate func shownRange() -> Range<Int> {
    let shown = runs.filter(\.isShown)
    let lineEnds = isContinued ? 0 : text.prefix { $0 == 0x0A }.count
    let start = min(lineEnds, shown.first?.start ?? text.count)
    let end = max((text.lastIndex { $0 != 0x0A } ?? -1) + 1, shown.last?.start ?? 0)
    return start..<max(start, end)
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
