import Documents

/// Looks for one kind of standing matter in an article's markup, in one pass.
///
/// A block goes from its first words to its last ones, if these follow soon; of several beginnings
/// the one next to the end counts, so that an article which quotes the first words keeps its text.
/// What goes with it are the tags and rules that open right before it and the end tags right behind.
struct StandingMatterSearch {
  /// What to leave out, in order.
  private(set) var found: [Range<Int>] = []
  /// How many places were compared with a mark.
  private(set) var steps = 0

  private let block: StandingMatter.Block
  private let source: ArraySlice<UInt8>
  /// The start tags, rules and white space that end here; nil if something else stands there.
  private var opening: Opening?
  private var begun: Begun?
  /// Whether end tags still belong to the last block that was found.
  private var isClosing = false

  private struct Opening {
    let start: Int
    /// Whether a paragraph begins with them.
    var isParagraph = false
  }

  /// A block whose end is looked for.
  private struct Begun {
    /// Where it begins, with what opens before it.
    let start: Int
    /// Where its first words begin.
    let mark: Int
    /// Whether a paragraph begins with them.
    let opensParagraph: Bool
    /// The paragraphs that have ended since, at most two.
    var paragraphs: [Int] = []
    /// Whether there is more in the present paragraph than the words themselves.
    var hasText = false
  }

  /// The places of a mark in one text, each byte of which is looked at once.
  private struct Mark {
    let words: StaticString
    /// How many bytes were looked at.
    var steps = 0
    /// The next place, and where the search for it began; the place is nil if none is left.
    private var found: (start: Int, place: Int?)?

    init(_ words: StaticString) { self.words = words }

    var length: Int { words.utf8CodeUnitCount }

    mutating func next(from index: Int, in text: ArraySlice<UInt8>) -> Int? {
      if let found, found.place.map({ $0 >= index }) ?? true { return found.place }
      let place = text[index...].firstRange(of: words)?.lowerBound
      steps += (place.map { $0 + length } ?? text.endIndex) - index
      found = (index, place)
      return place
    }
  }

  init(for block: StandingMatter.Block, in article: [UInt8]) {
    self.block = block
    source = article[...]
    for token in HTMLTokenizer(source) { take(token) }
    giveUp()
  }
}

extension StandingMatterSearch {
  private mutating func take(_ token: HTMLToken) {
    switch token {
    case .text(let range):
      take(text: range)
    case .startTag(let tag):
      isClosing = false
      endParagraph(at: tag)
      open(tag)
    case .endTag(let tag):
      if isClosing { extendLast(to: tag.range.upperBound) }
      endParagraph(at: tag)
      opening = nil
    case .comment, .doctype:
      break
    }
  }

  private mutating func open(_ tag: HTMLTag) {
    guard tag.name != "img" else {
      opening = nil
      return
    }
    var opening = self.opening ?? Opening(start: tag.range.lowerBound)
    if tag.endsParagraph { opening.isParagraph = true }
    self.opening = opening
  }

  private mutating func take(text: Range<Int>) {
    var begin = Mark(block.begin)
    var end = Mark(block.end)
    var index = text.lowerBound
    while index < text.upperBound {
      if let begun {
        index = goOn(behind: begun, from: index, in: text, &begin, &end)
      } else {
        index = next(from: index, in: text, &begin)
      }
    }
    steps += begin.steps + end.steps
  }

  /// Goes on to the next beginning, or to the end of the text.
  private mutating func next(from index: Int, in text: Range<Int>, _ begin: inout Mark) -> Int {
    let mark = begin.next(from: index, in: source[..<text.upperBound])
    note(index..<(mark ?? text.upperBound))
    guard let mark else { return text.upperBound }
    self.begin(at: mark)
    return mark + begin.length
  }

  /// Goes on to the next mark behind a beginning, to where the end is no longer looked for, or to
  /// the end of the text.
  private mutating func goOn(
    behind begun: Begun, from index: Int, in text: Range<Int>, _ begin: inout Mark,
    _ end: inout Mark
  ) -> Int {
    let text = source[..<text.upperBound]
    let over = max(index, begun.mark + StandingMatter.Block.reach + 1) + 1
    let beginning = begin.next(from: index, in: text) ?? text.endIndex
    let ending = end.next(from: index, in: text) ?? text.endIndex
    let passed = min(beginning, ending, over, text.endIndex)
    note(index..<passed)
    if passed == over { giveUp() }
    if passed == over || passed == text.endIndex { return passed }
    if ending <= beginning {
      self.end(at: ending + end.length)
      return ending + end.length
    }
    self.begin(at: beginning)
    return beginning + begin.length
  }

  /// Takes notice of text that is no mark.
  private mutating func note(_ text: Range<Int>) {
    if source[text].isBlank { return }
    begun?.hasText = true
    opening = nil
    isClosing = false
  }

  private mutating func begin(at mark: Int) {
    giveUp()
    begun = Begun(
      start: opening?.start ?? mark, mark: mark, opensParagraph: opening?.isParagraph == true)
    opening = nil
    isClosing = false
  }

  private mutating func end(at end: Int) {
    guard let begun else { return }
    self.begun = nil
    guard end - begun.mark <= StandingMatter.Block.reach else { return }
    found.append(begun.start..<end)
    opening = nil
    isClosing = true
  }

  private mutating func extendLast(to end: Int) {
    guard let last = found.popLast() else { return }
    found.append(last.lowerBound..<end)
  }
}

// MARK: Blocks without an end

extension StandingMatterSearch {
  private mutating func endParagraph(at tag: HTMLTag) {
    guard tag.endsParagraph, var begun, begun.paragraphs.count < 2 else { return }
    // White space between two paragraphs is none.
    guard begun.hasText || begun.paragraphs.isEmpty else { return }
    let isEnd = source[tag.range].hasPrefix("</")
    begun.paragraphs.append(isEnd ? tag.range.upperBound : tag.range.lowerBound)
    // One that holds more than the words is the whole block.
    if begun.hasText && begun.paragraphs.count == 1 { begun.paragraphs.append(begun.paragraphs[0]) }
    begun.hasText = false
    self.begun = begun
  }

  /// Takes the paragraph that begins with the words for the block, or the next one where they are
  /// all of theirs.
  private mutating func giveUp() {
    defer { begun = nil }
    guard let begun, block.isKnownByItsBeginning, begun.opensParagraph,
      let end = begun.paragraphs.last
    else { return }
    found.append(begun.start..<end)
  }
}

extension HTMLTag {
  fileprivate var endsParagraph: Bool { !MirrorText.isInline(name) && name != "br" }
}
