/// The properties that lines of simple YAML set, by their keys in lower case.
package struct YAMLProperties {
  private let scalar: YAMLScalar
  private var values: [String: [String]] = [:]

  init(_ lines: ArraySlice<UInt8>, escapes: YAMLScalar.Escapes) {
    scalar = YAMLScalar(escapes: escapes)
    var key: String?
    for line in lines.lines { read(line, key: &key) }
  }

  /// The values of a key that are not empty; nil if the key is not there.
  package subscript(key: String) -> [String]? { values[key] }

  /// The first value of the first of the keys that has one.
  func first(of keys: [String]) -> String? {
    keys.lazy.compactMap { values[$0]?.first }.first
  }
}

extension YAMLProperties {
  private mutating func read(_ line: ArraySlice<UInt8>, key: inout String?) {
    let content = line.trimmed()
    if let key, content.hasPrefix("- ") {
      add([scalar.text(content.dropFirst(2))], to: key)
    } else if let first = line.first, !first.isHTMLSpace, first != UInt8(ascii: "#") {
      key = readPair(content)
    }
  }

  /// Reads `key: value` and returns the key, whose list may follow.
  private mutating func readPair(_ content: ArraySlice<UInt8>) -> String? {
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let key = String(lowercasingASCII: content[..<colon].trimmed())
    add(scalar.list(content[(colon + 1)...].trimmed()), to: key)
    return key
  }

  private mutating func add(_ texts: [String], to key: String) {
    values[key, default: []] += texts.filter { !$0.isEmpty }
  }
}
