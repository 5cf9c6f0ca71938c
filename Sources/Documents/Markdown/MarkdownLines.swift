/// The text of lines that belong to one block: a piece of the source as long as that is whole.
struct MarkdownLines {
  /// What becomes of white space before a line's text.
  enum Margin {
    /// It is collapsed like any other.
    case collapsed
    case kept
  }

  private var range: Range<Int>?
  /// The lines, once something between them is not part of the text.
  private var copy: [UInt8] = []

  var isEmpty: Bool { range == nil && copy.isEmpty }

  func text(in source: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    range.map { source[$0] } ?? copy[...]
  }

  /// Adds what lies in the range as another line.
  mutating func append(_ line: Range<Int>, of source: ArraySlice<UInt8>, _ margin: Margin) {
    guard !isEmpty else {
      range = line
      return
    }
    if let whole = range {
      let between = source[whole.upperBound..<line.lowerBound].dropFirst()
      let isWhole = margin == .kept ? between.isEmpty : between.allSatisfy(\.isBlankByte)
      if isWhole {
        range = whole.lowerBound..<line.upperBound
        return
      }
      copy = Array(source[whole])
      range = nil
    }
    copy.append(0x0A)
    copy += source[line]
  }

  mutating func removeAll() { self = MarkdownLines() }
}
