/// The addresses that a document's `[label]: address` lines define; the first of a label counts.
struct LinkReferences {
  private var addresses: [String: String] = [:]

  init(_ lines: [ArraySlice<UInt8>]) {
    for line in lines {
      guard let (label, address) = LinkReferences.definition(in: MarkdownCursor(line).rest) else {
        continue
      }
      if addresses[label] == nil { addresses[label] = address }
    }
  }

  /// The address of a label as it is written between brackets.
  func address(of label: ArraySlice<UInt8>) -> String? {
    guard !addresses.isEmpty, label.count <= LinkReferences.longestLabel else { return nil }
    return addresses[LinkReferences.key(label)]
  }

  /// The label and the address if that is all the line holds.
  static func definition(in line: ArraySlice<UInt8>) -> (label: String, address: String)? {
    guard line.first == UInt8(ascii: "["),
      let end = line.prefix(longestLabel + 2).firstIndex(of: UInt8(ascii: "]")),
      end > line.startIndex + 1, line[end...].dropFirst().first == UInt8(ascii: ":")
    else { return nil }
    let label = line[(line.startIndex + 1)..<end]
    // `[^1]: ...` is a footnote, whose text is to be seen.
    guard label.first != UInt8(ascii: "^") else { return nil }
    var scanner = MarkdownDestination(line, at: end + 2)
    guard let address = scanner.scan(), scanner.isAtEnd else { return nil }
    return (key(label), address)
  }
}

extension LinkReferences {
  fileprivate static let longestLabel = 200

  fileprivate static func key(_ label: ArraySlice<UInt8>) -> String {
    String(decoding: label, as: UTF8.self).lowercased().split { $0.isWhitespace }
      .joined(separator: " ")
  }
}
