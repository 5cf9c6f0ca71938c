/// What a body is, as its header says (RFC 9110, 8.3).
struct ContentType: Sendable, Equatable {
  /// In lower case.
  let kind: String
  private let parameters: [String: String]

  /// - Parameter header: as it was sent; nothing says nothing.
  init(_ header: String?) {
    let pieces = (header ?? "").split(separator: ";").map { ContentType.trimmed($0) }
    kind = pieces.first?.lowercased() ?? ""
    var parameters: [String: String] = [:]
    for piece in pieces.dropFirst() {
      let halves = piece.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let (name, value) = (halves[0].lowercased(), halves[1])
      let isQuoted = value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
      parameters[name] = String(isQuoted ? value.dropFirst().dropLast() : value)
    }
    self.parameters = parameters
  }

  /// What parts the parts of a form with files.
  var boundary: String? { parameters["boundary"] }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start.last == " " ? start.dropLast(start.reversed().prefix { $0 == " " }.count) : start
  }
}
