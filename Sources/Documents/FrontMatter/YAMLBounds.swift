/// What of YAML is given to its parser: blocks in which nothing can become large or deep.
///
/// What is refused is read line by line, so nothing is lost but nested and repeated parts.
enum YAMLBounds {
  /// Whether the block is small and shallow, and repeats no part of itself by its name.
  static func allow(_ block: ArraySlice<UInt8>) -> Bool {
    guard block.count <= sizeLimit else { return false }
    var brackets = 0
    var previous = UInt8(ascii: "\n")
    for index in block.indices {
      let byte = block[index]
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { brackets += 1 }
      // `&name` sets an anchor and `*name` repeats what stands there.
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), opens.contains(previous) {
        let next = index + 1 < block.endIndex ? block[index + 1] : 0x20
        if !next.isHTMLSpace { return false }
      }
      previous = byte
    }
    return brackets <= bracketLimit && block.lines.allSatisfy(isShallow)
  }
}

extension YAMLBounds {
  /// The parser reads as much at once, and front matter is smaller.
  static let sizeLimit = 16_000
  private static let bracketLimit = 128
  private static let indentationLimit = 64
  private static let marksLimit = 8

  private static let opens = Set(" \t\n,-:?[{".utf8)
  private static let marks = Set("-?:".utf8)

  /// Whether the line begins at no great depth: each level takes a column, or one of `- - -`.
  private static func isShallow(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.prefix(indentationLimit + 1).prefix { $0.isHTMLSpace }
    guard start.count <= indentationLimit else { return false }
    var rest = line[start.endIndex...]
    for _ in 0...marksLimit {
      guard let mark = rest.first, marks.contains(mark), rest.dropFirst().first?.isHTMLSpace == true
      else { return true }
      rest = rest.dropFirst().drop(while: \.isHTMLSpace)
    }
    return false
  }
}
