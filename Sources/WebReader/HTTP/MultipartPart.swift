/// What a part of a form is of, as its head says.
struct MultipartPart: Sendable, Equatable {
  let name: String
  /// The file's name without folders; nil for a part that is no file, empty where none was chosen.
  let fileName: String?

  init(name: String, fileName: String? = nil) { (self.name, self.fileName) = (name, fileName) }

  /// - Parameter head: its lines, without the empty one; nil where they do not say what it is.
  init?(head: ArraySlice<UInt8>) {
    guard let text = String(validating: head, as: UTF8.self) else { return nil }
    var part: MultipartPart?
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
      guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
      let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty, !halves[0].contains(" ") else { return nil }
      guard halves[0].lowercased() == "content-disposition" else { continue }
      guard part == nil, let read = MultipartPart(disposition: halves[1]) else { return nil }
      part = read
    }
    guard let part else { return nil }
    self = part
  }

  /// Reads ` form-data; name="a"; filename="b"`.
  private init?(disposition: Substring) {
    var rest = disposition.drop { $0 == " " }
    guard rest.lowercased().hasPrefix("form-data") else { return nil }
    rest = rest.dropFirst("form-data".count)
    var values: [String: String] = [:]
    while !rest.isEmpty {
      guard let (name, value) = MultipartPart.parameter(&rest), values[name] == nil
      else { return nil }
      values[name] = value
    }
    guard let name = values["name"] else { return nil }
    self.init(
      name: name, fileName: values["filename"].map { $0.isEmpty ? "" : NamedUploads.name($0) })
  }

  /// Takes one `; name="value"`.
  private static func parameter(_ rest: inout Substring) -> (name: String, value: String)? {
    guard rest.first == ";" else { return nil }
    rest = rest.dropFirst().drop { $0 == " " }
    let name = rest.prefix { $0 != "=" }
    rest = rest.dropFirst(name.count)
    guard rest.hasPrefix("=\"") else { return nil }
    rest = rest.dropFirst(2)
    guard let end = rest.firstIndex(of: "\"") else { return nil }
    let value = rest[..<end]
    rest = rest[rest.index(after: end)...]
    return (name.lowercased(), unescaped(value))
  }

  /// Browsers spell three characters so, and no other.
  private static func unescaped(_ value: Substring) -> String {
    String(value).replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing(
      "%0A", with: "\n")
  }
}
