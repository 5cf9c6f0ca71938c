/// The addresses that a document's definitions give; the first of a label counts.
struct LinkReferences {
  private var addresses: [String: String] = [:]

  mutating func define(_ definition: LinkDefinition) {
    if addresses[definition.key] == nil { addresses[definition.key] = definition.address }
  }

  /// The address of a label as it is written between brackets.
  func address(of label: ArraySlice<UInt8>) -> String? {
    guard !addresses.isEmpty, label.count <= LinkReferences.longestLabel else { return nil }
    let key = LinkReferences.key(label)
    return key.isEmpty ? nil : addresses[key]
  }

  static let longestLabel = 999

  /// The label without regard to case, its white space collapsed.
  static func key(_ label: ArraySlice<UInt8>) -> String {
    let words = label.split(whereSeparator: \.isHTMLSpace)
    if label.allSatisfy({ $0 < 0x80 }) {
      return words.map { String(lowercasingASCII: $0) }.joined(separator: " ")
    }
    // Twice, so that `ẞ` and `SS` are one.
    return words.map { String(decoding: $0, as: UTF8.self).lowercased().uppercased().lowercased() }
      .joined(separator: " ")
  }
}
