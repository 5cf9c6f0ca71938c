/// Gathers the characters of one block into runs.
///
/// White space is collapsed by the rules of HTML: a run of it becomes one space, none at the ends
/// of a line, and none for a line end between East Asian characters.
struct RunBuilder {
  /// How the next characters look.
  var style: TextStyle = [] { didSet { isRunOutdated = isRunOutdated || style != oldValue } }
  /// Where the next characters link to.
  var link: String? { didSet { isRunOutdated = true } }

  private var text: [UInt8] = []
  private var runs: [OpenRun] = []
  private var isRunOutdated = true
  private var whiteSpace = WhiteSpace.none
  /// How text looked where the white space began.
  private var whiteSpaceStyle: TextStyle = []
  private var whiteSpaceLink: String?
  private var isAtLineStart = true

  /// Whether nothing has been gathered yet.
  var isEmpty: Bool { runs.isEmpty }

  /// Whether the last thing that was gathered is a line end.
  var endsInLineEnd: Bool { !isEmpty && isAtLineStart }

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
    isAtLineStart = false
  }

  mutating func appendLineEnd() {
    whiteSpace = .none
    beginRunIfOutdated()
    text.append(0x0A)
    isAtLineStart = true
  }

  mutating func appendImage(alternativeText: String, address: String) {
    appendWhiteSpace(before: 0)
    runs.append(OpenRun(start: text.count, style: style, link: link, image: address))
    text += Array(alternativeText.utf8)
    isRunOutdated = true
    isAtLineStart = false
  }

  /// Hands over the runs, neighbours that look the same joined and line ends off both ends, and
  /// begins anew with the same style and link.
  mutating func finish() -> [TextRun] {
    defer {
      text.removeAll(keepingCapacity: true)
      runs.removeAll(keepingCapacity: true)
      isRunOutdated = true
      whiteSpace = .none
      isAtLineStart = true
    }
    return finishedRuns()
  }
}

extension RunBuilder {
  /// A run whose text begins at a byte of the block's and goes on to the next run.
  fileprivate struct OpenRun {
    let start: Int
    let style: TextStyle
    let link: String?
    let image: String?
  }

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
    isAtLineStart = false
  }

  fileprivate mutating func appendWhiteSpace(before next: UInt32) {
    defer { whiteSpace = .none }
    guard whiteSpace != .none, !isAtLineStart, !isJoin(before: next) else { return }
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
      && EastAsianSpacing.joins(text[...].lastScalar, next)
  }

  fileprivate mutating func beginRunIfOutdated() {
    guard isRunOutdated else { return }
    beginRun(style: style, link: link)
    isRunOutdated = false
  }

  fileprivate mutating func beginRun(style: TextStyle, link: String?) {
    runs.append(OpenRun(start: text.count, style: style, link: link, image: nil))
  }

  fileprivate func finishedRuns() -> [TextRun] {
    var finished: [TextRun] = []
    let shown = shownRange()
    for (index, run) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].start : text.count
      let string = String(decoding: text[(run.start..<end).clamped(to: shown)], as: UTF8.self)
      if string.isEmpty && run.image == nil { continue }
      if let last = finished.last, run.image == nil, last.image == nil, last.style == run.style,
        last.link == run.link
      {
        finished[finished.count - 1].text += string
      } else {
        finished.append(TextRun(string, style: run.style, link: run.link, image: run.image))
      }
    }
    return finished
  }

  /// The text without line ends at its ends; an image is text even where it has no words.
  fileprivate func shownRange() -> Range<Int> {
    let images = runs.filter { $0.image != nil }
    let start = min(text.prefix { $0 == 0x0A }.count, images.first?.start ?? text.count)
    let end = max((text.lastIndex { $0 != 0x0A } ?? -1) + 1, images.last?.start ?? 0)
    return start..<max(start, end)
  }
}
