/// The mark and length of a line of at least three backticks or tildes that opens code.
struct MarkdownFence: Equatable {
  let mark: UInt8
  let count: Int
  /// The columns before it, as many of which are not part of the code's lines.
  let indent: Int
}

/// What stands before an item: its kind, and how many bytes it takes.
struct MarkdownListMark {
  let marker: ListMarker
  /// The byte that items of one list share: a bullet, or what stands behind the number.
  let byte: UInt8
  let count: Int
}

// What a line begins, if it is not indented as code is.
extension MarkdownLine {
  /// The level and the text of `## a heading ##`.
  var heading: (level: Int, text: ArraySlice<UInt8>)? {
    let level = content.prefix(7).prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level), content.dropFirst(level).first?.isBlankByte ?? true else {
      return nil
    }
    let text = content.dropFirst(level).strippedOfBlanks
    guard let last = text.lastIndex(where: { $0 != UInt8(ascii: "#") }) else { return (level, []) }
    return (level, text[last].isBlankByte ? text[..<last].strippedOfBlanks : text)
  }

  /// Whether it is three or more of `*`, `-` or `_`, blanks between them allowed.
  var isRule: Bool {
    guard let mark = first, mark == 0x2A || mark == 0x2D || mark == 0x5F else { return false }
    var count = 0
    for byte in content {
      if byte == mark { count += 1 } else if !byte.isBlankByte { return false }
    }
    return count >= 3
  }

  /// The level that a line of `=` or `-` gives to the paragraph above it.
  var underlineLevel: Int? {
    guard let mark = first, mark == 0x3D || mark == 0x2D else { return nil }
    let rest = content.drop { $0 == mark }
    return rest.isBlankText ? (mark == 0x3D ? 1 : 2) : nil
  }

  var fence: MarkdownFence? {
    guard let mark = first, mark == 0x60 || mark == 0x7E else { return nil }
    let count = content.prefix { $0 == mark }.count
    guard count >= 3, mark == 0x7E || !content.dropFirst(count).contains(mark) else { return nil }
    return MarkdownFence(mark: mark, count: count, indent: indent)
  }

  /// Whether it ends code that the fence opened.
  func closes(_ fence: MarkdownFence) -> Bool {
    guard !isIndented, first == fence.mark else { return false }
    let rest = content.drop { $0 == fence.mark }
    return content.count - rest.count >= fence.count && rest.isBlankText
  }

  var listMark: MarkdownListMark? {
    guard let mark = first else { return nil }
    if mark == 0x2A || mark == 0x2B || mark == 0x2D {
      guard content.dropFirst().first?.isBlankByte ?? true else { return nil }
      return MarkdownListMark(marker: .bullet, byte: mark, count: 1)
    }
    let digits = content.prefix(10).prefix { $0.isASCIIDigit }
    guard (1...9).contains(digits.count) else { return nil }
    let tail = content[digits.endIndex...]
    guard let end = tail.first, end == UInt8(ascii: ".") || end == UInt8(ascii: ")"),
      tail.dropFirst().first?.isBlankByte ?? true
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return MarkdownListMark(marker: .number(number), byte: end, count: digits.count + 1)
  }
}
