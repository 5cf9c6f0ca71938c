/// Pairs runs of `*` and `_`, each in time that its characters pay for.
struct MarkdownDelimiters {
  private(set) var all: [MarkdownDelimiter] = []
  /// The runs that may still begin emphasis, innermost last.
  private var stars: [Int] = []
  private var underscores: [Int] = []

  subscript(index: Int) -> MarkdownDelimiter { all[index] }

  /// Adds the run of text in the range and pairs it with runs before it; returns its place.
  mutating func append(_ range: Range<Int>, of text: ArraySlice<UInt8>) -> Int {
    let before = range.lowerBound > text.startIndex ? text[range.lowerBound - 1] : 0x20
    let after = range.upperBound < text.endIndex ? text[range.upperBound] : 0x20
    let delimiter = MarkdownDelimiter(text[range.lowerBound], range.count, before, after)
    all.append(delimiter)
    if delimiter.canClose { pair(all.count - 1) }
    if delimiter.canOpen && all[all.count - 1].literal > 0 { open(all.count - 1) }
    return all.count - 1
  }
}

extension MarkdownDelimiters {
  fileprivate mutating func open(_ index: Int) {
    if all[index].byte == UInt8(ascii: "*") {
      stars.append(index)
    } else {
      underscores.append(index)
    }
  }

  fileprivate mutating func pair(_ closer: Int) {
    let isStar = all[closer].byte == UInt8(ascii: "*")
    while all[closer].literal > 0, let opener = isStar ? stars.last : underscores.last,
      all[closer].matches(all[opener])
    {
      let isStrong = min(all[closer].literal, all[opener].literal) >= 2
      all[closer].close(isStrong: isStrong)
      all[opener].open(isStrong: isStrong)
      if isStar { drop(&underscores, behind: opener) } else { drop(&stars, behind: opener) }
      guard all[opener].literal == 0 else { continue }
      if isStar { stars.removeLast() } else { underscores.removeLast() }
    }
  }

  /// What was opened inside the pair and not closed there begins nothing any more.
  fileprivate func drop(_ openers: inout [Int], behind opener: Int) {
    while let last = openers.last, last > opener { openers.removeLast() }
  }
}

extension MarkdownDelimiter {
  /// CommonMark 0.31, 6.2, with only ASCII punctuation counted as such: in Chinese no space parts
  /// `**。**` from the words around it.
  fileprivate init(_ byte: UInt8, _ length: Int, _ before: UInt8, _ after: UInt8) {
    let isAfterPunctuation = before.isASCIIPunctuation || before.isHTMLSpace
    let isBeforePunctuation = after.isASCIIPunctuation || after.isHTMLSpace
    let isLeft = !after.isHTMLSpace && (!after.isASCIIPunctuation || isAfterPunctuation)
    let isRight = !before.isHTMLSpace && (!before.isASCIIPunctuation || isBeforePunctuation)
    // An underscore inside a Latin word or a number is part of it.
    let isWord = byte == UInt8(ascii: "_") && before.isWordByte && after.isWordByte
    self.byte = byte
    self.length = length
    literal = length
    canOpen = isLeft && !isWord
    canClose = isRight && !isWord
  }

  fileprivate func matches(_ opener: MarkdownDelimiter) -> Bool {
    guard canOpen || opener.canClose, (length + opener.length) % 3 == 0 else { return true }
    return length % 3 == 0 && opener.length % 3 == 0
  }

  fileprivate mutating func close(isStrong: Bool) {
    literal -= isStrong ? 2 : 1
    if isStrong { closedStrong += 1 } else { closedEmphasis += 1 }
  }

  fileprivate mutating func open(isStrong: Bool) {
    literal -= isStrong ? 2 : 1
    if isStrong { openedStrong += 1 } else { openedEmphasis += 1 }
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool { isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_") }
}
