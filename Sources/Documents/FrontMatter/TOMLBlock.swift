/// Reads the part of TOML that front matter is written in: keys with texts, dates, numbers and lists,
/// at the top and in tables that describe the page.
///
/// What it does not know, such as tables in braces, is passed over.
struct TOMLBlock {
  private var properties = FrontMatterProperties()
  private var rest: ArraySlice<UInt8>
  /// How many bytes were looked at.
  private(set) var steps = 0
  /// Whether keys here are the page's.
  private var isDescriptive = true

  /// Nil if the block does not begin with a property or a table.
  static func properties(of block: ArraySlice<UInt8>) -> FrontMatterProperties? {
    var reader = TOMLBlock(block)
    return reader.read() ? reader.properties : nil
  }

  init(_ block: ArraySlice<UInt8>) { rest = block }

  /// Whether the block begins with a property or a table; if it does, all of it is read.
  mutating func read() -> Bool {
    guard beginsWithProperty else { return false }
    while !rest.isEmpty { readLine() }
    return true
  }
}

extension TOMLBlock {
  /// The tables in which programs keep what they let people add.
  private static let descriptiveTables: Set<String> = ["taxonomies", "extra", "params"]

  private var beginsWithProperty: Bool {
    for line in rest.lines {
      let content = line.trimmed()
      if content.isEmpty || content.first == UInt8(ascii: "#") { continue }
      return content.first == UInt8(ascii: "[") || TOMLBlock.key(of: content) != nil
    }
    return false
  }

  private mutating func readLine() {
    let start = rest
    defer { steps += start.count - rest.count }
    rest = rest.drop(while: \.isHTMLSpace)
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    steps += line.count
    if line.first == UInt8(ascii: "[") {
      let name = line.dropFirst().prefix { $0 != UInt8(ascii: "]") }
      isDescriptive = TOMLBlock.descriptiveTables.contains(String(lowercasingASCII: name.trimmed()))
    } else if line.first != UInt8(ascii: "#"), let (key, start) = TOMLBlock.key(of: line) {
      rest = rest[start...]
      let value = TOMLValue.take(from: &rest)
      if let value, isDescriptive { properties.add(value, to: key) }
    }
    rest = rest.drop { $0 != UInt8(ascii: "\n") }
  }

  /// The key before `=`, bare or quoted, and where its value begins.
  private static func key(of line: ArraySlice<UInt8>) -> (name: String, value: Int)? {
    guard let end = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let key = line[..<end].trimmed().filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    let isKey = key.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
    guard isKey, !key.isEmpty else { return nil }
    return (String(decoding: key, as: UTF8.self), end + 1)
  }
}
