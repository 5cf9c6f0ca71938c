import Documents

/// The head of a message of mail, or of a part of one (RFC 5322, 2.2): of its fields those that say
/// something of a saved page.
struct MIMEHead: Sendable {
  /// By their names in small letters, of each the first.
  private var fields: [String: String] = [:]
  /// Where what follows the head begins.
  let end: Int

  /// A head is no longer; what is behind that is none of it.
  private static let longest = 64 << 10

  private static let names: Set<String> = [
    "content-type", "content-transfer-encoding", "content-location", "content-id",
    "snapshot-content-location", "subject", "date",
  ]

  /// Reads the head that a message or a part begins with.
  init(_ bytes: ArraySlice<UInt8>) {
    var lines = bytes.prefix(MIMEHead.longest).lines
    var field: (name: String, value: String)?
    while let line = lines.next() {
      let text = line.last == 0x0D ? line.dropLast() : line
      if text.isEmpty { break }
      if text.first == 0x20 || text.first == 0x09 {
        // RFC 5322, 2.2.3: a field goes on in a line that begins with white space.
        field?.value += String(decoding: text, as: UTF8.self)
        continue
      }
      MIMEHead.keep(field, in: &fields)
      field = MIMEHead.field(text)
    }
    MIMEHead.keep(field, in: &fields)
    end = lines.rest.startIndex
  }

  private static func field(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let colon = line.place(of: UInt8(ascii: ":")) else { return nil }
    let name = String(lowercasingASCII: line[..<colon].trimmed())
    guard names.contains(name) else { return nil }
    return (name, String(decoding: line[(colon + 1)...], as: UTF8.self))
  }

  private static func keep(
    _ field: (name: String, value: String)?, in fields: inout [String: String]
  ) {
    guard let field, fields[field.name] == nil else { return }
    let value = field.value.trimmed
    if !value.isEmpty { fields[field.name] = value }
  }
}

extension MIMEHead {
  var type: MIMEType? { fields["content-type"].map { MIMEType($0) } }

  /// How the body is written, in small letters; empty for as it is.
  var encoding: String { fields["content-transfer-encoding"]?.lowercased() ?? "" }

  /// Where what it holds was found (RFC 2557, 4.2).
  var location: String? { address("content-location") }

  /// Where Chromium found the page.
  var snapshotLocation: String? { address("snapshot-content-location") }

  /// The name by which others refer to it, without its brackets (RFC 2392).
  var id: String? {
    address("content-id").map { id in
      String(id.drop { $0 == "<" }.prefix { $0 != ">" })
    }
  }

  var subject: String? { fields["subject"].map(EncodedWords.decoded) }
  var date: String? { fields["date"] }

  /// RFC 2557, 4.4: an address may be folded where it has no white space, and be written as words.
  private func address(_ name: String) -> String? {
    guard let text = fields[name] else { return nil }
    return EncodedWords.decoded(text).filter { !$0.isWhitespace }
  }
}
