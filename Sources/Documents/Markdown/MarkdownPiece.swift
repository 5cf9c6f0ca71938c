/// A piece of a paragraph's Markdown, in reading order; ranges are in the paragraph's bytes.
enum MarkdownPiece {
  /// Characters, with character references to decode.
  case text(Range<Int>)
  /// Characters exactly as they are: an escaped one, a bracket that links to nothing.
  case literal(Range<Int>)
  case code(Range<Int>)
  case html(Range<Int>)
  case lineBreak
  /// A run of `*` or `_`, by its place among the delimiters.
  case delimiter(Int)
  /// An address that is its own text.
  case automaticLink(Range<Int>)
  /// The same of somebody's mail.
  case mailLink(Range<Int>)
  case linkStart(String)
  case linkEnd
  case imageStart(String)
  case imageEnd
}

/// A run of `*` or `_`, and what became of it: it ends emphasis, then some stay as text, then it
/// begins emphasis.
struct MarkdownDelimiter {
  let byte: UInt8
  /// The length it had.
  let length: Int
  let canOpen: Bool
  let canClose: Bool
  /// How many characters stand for themselves.
  var literal: Int
  var closedEmphasis = 0
  var closedStrong = 0
  var openedEmphasis = 0
  var openedStrong = 0

  init(_ byte: UInt8, length: Int, _ flanking: MarkdownFlanking) {
    self.byte = byte
    self.length = length
    literal = length
    canOpen = flanking.canOpen
    canClose = flanking.canClose
  }
}
