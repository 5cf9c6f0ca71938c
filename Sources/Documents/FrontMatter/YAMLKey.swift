/// The key that a line begins with, and what stands behind its colon.
struct YAMLKey {
  let name: String
  let value: ArraySlice<UInt8>

  /// Nil if the line begins with anything else, or if no program would call a property so.
  init?(startOf line: ArraySlice<UInt8>) {
    guard let colon = YAMLKey.colon(in: line) else { return nil }
    var key = line[..<colon].trimmed()
    var quoted = key
    if let quote = YAMLText.takeQuote(from: &quoted), quoted.last == quote {
      key = quoted.dropLast()
    }
    guard let first = key.first, !YAMLKey.refused.contains(first) else { return nil }
    name = String(decoding: key, as: UTF8.self)
    value = line[(colon + 1)...].trimmed()
  }
}

extension YAMLKey {
  /// How far from the front a colon may stand.
  private static let lengthLimit = 64

  /// What begins a list, a comment, white space or the like, but no key.
  private static let refused = Set("#-[]{}|>@`%&*!?,:\" \t'".utf8)

  /// The first colon that white space or nothing follows.
  private static func colon(in line: ArraySlice<UInt8>) -> Int? {
    guard line.first?.isHTMLSpace == false else { return nil }
    return line.indices.prefix(lengthLimit).first { index in
      line[index] == UInt8(ascii: ":")
        && (index + 1 == line.endIndex || line[index + 1].isHTMLSpace)
    }
  }
}
