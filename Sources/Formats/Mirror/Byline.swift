import Documents

/// Who wrote and who edited a news page, as far as its first or last lines say so plainly.
struct Byline {
  private(set) var author: String?
  private(set) var editor: String?

  init(text: ArraySlice<UInt8>) {
    for line in text.firstBytes(Byline.reach).lines { read(line) }
    guard author == nil || editor == nil else { return }
    for line in text.lastBytes(Byline.reach).lines { read(line) }
  }
}

extension Byline {
  /// How far from either end of the text credits are looked for.
  private static let reach = 1500

  /// A longer line is a paragraph, in which only brackets can hold credits.
  private static let creditLineLength = 200

  private mutating func read(_ line: ArraySlice<UInt8>) {
    for group in line.bracketedGroups { readCredit(group) }
    if line.count <= Byline.creditLineLength { readCredit(line.trimmed()) }
  }

  private mutating func readCredit(_ credit: ArraySlice<UInt8>) {
    author = author ?? Credit.author(in: credit) ?? Reporter.name(in: credit)
    editor = editor ?? Credit.editor(in: credit)
  }
}

extension ArraySlice<UInt8> {
  /// At most that many bytes from the front, no character cut.
  fileprivate func firstBytes(_ count: Int) -> ArraySlice<UInt8> {
    var end = Swift.min(endIndex, startIndex + count)
    while end < endIndex, end > startIndex, self[end] & 0xC0 == 0x80 { end -= 1 }
    return self[..<end]
  }

  /// At most that many bytes from the back, no character cut.
  fileprivate func lastBytes(_ count: Int) -> ArraySlice<UInt8> {
    suffix(count).drop { $0 & 0xC0 == 0x80 }
  }

  /// What stands in round brackets, full or half width, where a closing one follows soon.
  fileprivate var bracketedGroups: [ArraySlice<UInt8>] {
    var groups: [ArraySlice<UInt8>] = []
    var rest = self
    while let start = rest.openingBracketEnd {
      rest = rest[start...]
      let inside = rest.firstBytes(150)
      let group = inside.prefix(beforeAnyOf: ["）", ")"])
      if group.count < inside.count { groups.append(group.trimmed()) }
    }
    return groups
  }

  fileprivate var openingBracketEnd: Int? {
    withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        if bytes[index] == UInt8(ascii: "(") { return startIndex + index + 1 }
        // The last byte of the full-width bracket is rarer than its first.
        if bytes[index] == 0x88, index >= 2, bytes[index - 1] == 0xBC, bytes[index - 2] == 0xEF {
          return startIndex + index + 1
        }
      }
      return nil
    }
  }
}
