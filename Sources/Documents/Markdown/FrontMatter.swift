/// The block of properties that some Markdown begins with, between lines of `---` or `+++`.
enum FrontMatter {
  /// Where the text begins: after the front matter, or at the start if there is none.
  ///
  /// The line after the opening one must look like a property, so that a text which begins with a
  /// rule keeps its first section.
  static func end(in source: [UInt8]) -> Int {
    let lines = source.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count >= 3 else { return 0 }
    let opening = trimmed(lines[0])
    guard opening == yaml || opening == toml, isProperty(trimmed(lines[1]), opening) else {
      return 0
    }
    for line in lines.dropFirst() where closes(trimmed(line), opening) {
      return min(line.endIndex + 1, source.count)
    }
    return 0
  }
}

extension FrontMatter {
  fileprivate static let yaml: ArraySlice<UInt8> = [0x2D, 0x2D, 0x2D]
  fileprivate static let toml: ArraySlice<UInt8> = [0x2B, 0x2B, 0x2B]
  fileprivate static let yamlEnd: ArraySlice<UInt8> = [0x2E, 0x2E, 0x2E]

  fileprivate static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.prefix((line.lastIndex { !$0.isHTMLSpace } ?? line.startIndex - 1) - line.startIndex + 1)
  }

  fileprivate static func isProperty(_ line: ArraySlice<UInt8>, _ opening: ArraySlice<UInt8>)
    -> Bool
  {
    let separator = UInt8(ascii: opening == yaml ? ":" : "=")
    guard let end = line.firstIndex(of: separator), end > line.startIndex else {
      return line.first == UInt8(ascii: "#")
    }
    return line[..<end].allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || [0x20, 0x22, 0x27, 0x2D, 0x2E, 0x5F].contains($0)
    }
  }

  fileprivate static func closes(_ line: ArraySlice<UInt8>, _ opening: ArraySlice<UInt8>) -> Bool {
    line == opening || opening == yaml && line == yamlEnd
  }
}
