/// A line of Markdown that is read from the left: indentation, then marks.
///
/// A tab goes on to the next column that is a multiple of four, and a part of it may belong to a
/// mark before it.
struct MarkdownLine {
  /// The line without its line feed, with the indices of the source.
  let text: ArraySlice<UInt8>
  /// The first byte that no mark has taken.
  private(set) var position: Int
  /// The first byte from there on that is neither a space nor a tab.
  private(set) var contentStart: Int
  /// The columns between the two.
  private(set) var indent = 0
  private var column = 0
  /// Whether a mark has taken a part of the tab at `position`.
  private var isInsideTab = false

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
    contentStart = text.startIndex
    findContent()
  }

  var isBlank: Bool { contentStart == text.endIndex }
  var first: UInt8? { isBlank ? nil : text[contentStart] }
  /// What follows the indentation.
  var content: ArraySlice<UInt8> { text[contentStart...] }

  /// Whether it is indented far enough to be code.
  var isIndented: Bool { indent >= MarkdownLine.codeIndent }

  static let codeIndent = 4

  /// Goes past white space of so many columns, or as much as there is.
  mutating func skip(columns count: Int) {
    var left = min(count, indent)
    indent -= left
    while left > 0 {
      let width = text[position] == 0x09 ? 4 - column % 4 : 1
      isInsideTab = width > left
      column += min(width, left)
      if !isInsideTab { position += 1 }
      left -= min(width, left)
    }
  }

  /// Goes past the indentation and so many bytes behind it.
  mutating func take(_ count: Int) {
    skip(columns: indent)
    position += count
    column += count
    findContent()
  }

  /// The columns of a tab that a mark has taken only a part of, then the first byte behind it.
  var margin: (spaces: Int, start: Int) {
    isInsideTab ? (4 - column % 4, position + 1) : (0, position)
  }

  private mutating func findContent() {
    var end = column
    contentStart = position
    while contentStart < text.endIndex, text[contentStart].isBlankByte {
      end += text[contentStart] == 0x09 ? 4 - end % 4 : 1
      contentStart += 1
    }
    indent = end - column
  }
}

extension UInt8 {
  /// Whether it is a space or a tab, which is what Markdown calls blank.
  var isBlankByte: Bool { self == 0x20 || self == 0x09 }
}

extension ArraySlice<UInt8> {
  /// The bytes without the spaces, tabs and line feeds around them.
  var strippedOfBlanks: ArraySlice<UInt8> {
    let head = drop { $0.isBlankByte || $0 == 0x0A }
    let end = head.lastIndex { !$0.isBlankByte && $0 != 0x0A }
    return head[..<(end.map { $0 + 1 } ?? head.startIndex)]
  }

  var isBlankText: Bool { allSatisfy { $0.isBlankByte || $0 == 0x0A } }
}
