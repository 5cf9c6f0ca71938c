import Replication

extension Identifier {
  /// The sixteen bytes as an IRI: `urn:uuid:` and hexadecimal digits.
  var name: String {
    let digits = Array(Hexadecimal.text(of: bytes))
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
    return "urn:uuid:\(groups.joined(separator: "-"))"
  }
}
