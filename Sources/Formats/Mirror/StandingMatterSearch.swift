import Documents

/// Looks for one kind of standing matter in an article's markup, in one pass.
///
/// A block goes from its first words to its last ones, if these follow soon; of several beginnings
/// the one next to the end counts, so that an article which quotes the first words keeps its text.
/// What goes with it are the tags and rules that open right before it and the end tags right behind.
struct StandingMatterSearch {
  /// What to leave out, in order.
  private(set) var found: [Range<Int>] = []
  /// How many places were compared with the marks.
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
    var index = text.lowerBound
    while index < text.upperBound {
      index = begun == nil ? next(from: index, in: text) : compare(at: index, in: text)
    }
  }

  /// Goes on to the next beginning, or to the end of the text.
  private mutating func next(from index: Int, in text: Range<Int>) -> Int {
    let mark = source[index..<text.upperBound].firstRange(of: block.begin)
    let passed = index..<(mark?.lowerBound ?? text.upperBound)
    steps += passed.count
    note(passed)
    guard let mark else { return text.upperBound }
    begin(at: mark.lowerBound)
    return mark.upperBound
  }

  /// Compares one place behind a beginning with both marks.
  private mutating func compare(at index: Int, in text: Range<Int>) -> Int {
    steps += 1
    let rest = source[index..<text.upperBound]
    if rest.hasPrefix(block.end) {
      let end = index + block.end.utf8CodeUnitCount
      self.end(at: end)
      return end
    }
    if rest.hasPrefix(block.begin) {
      begin(at: index)
      return index + block.begin.utf8CodeUnitCount
    }
    note(index..<(index + 1))
    if let begun, index - begun.mark > StandingMatter.Block.reach { giveUp() }
    return index + 1
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
  fileprivate var endsParagraph: Bool { !MirrorText.inlineElements.contains(name) && name != "br" }
}
