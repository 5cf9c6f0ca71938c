import Documents

/// Writes an object of JSON member by member, in one line.
struct JSONObjectWriter {
  private(set) var bytes: [UInt8] = []
  private var isEmpty = true

  /// The object's bytes.
  static func object(_ members: (inout JSONObjectWriter) -> Void) -> [UInt8] {
    var writer = JSONObjectWriter()
    writer.bytes.append(UInt8(ascii: "{"))
    members(&writer)
    return writer.bytes + [UInt8(ascii: "}")]
  }

  /// Null where there is no text.
  mutating func text(_ name: String, _ text: String?) {
    begin(name)
    guard let text else { return null() }
    JSONObjectWriter.append(text, to: &bytes)
  }

  mutating func number(_ name: String, _ number: Int) {
    begin(name)
    bytes += Array("\(number)".utf8)
  }

  mutating func flag(_ name: String, _ flag: Bool) {
    begin(name)
    bytes += Array("\(flag)".utf8)
  }

  mutating func texts(_ name: String, _ texts: [String]) {
    list(name, texts) { JSONObjectWriter.append($0, to: &$1) }
  }

  mutating func objects<Element>(
    _ name: String, _ elements: [Element], _ members: (Element, inout JSONObjectWriter) -> Void
  ) {
    list(name, elements) { element, bytes in
      bytes += JSONObjectWriter.object { members(element, &$0) }
    }
  }

  private mutating func list<Element>(
    _ name: String, _ elements: [Element], _ append: (Element, inout [UInt8]) -> Void
  ) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (number, element) in elements.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func null() { bytes += Array("null".utf8) }

  private mutating func begin(_ name: String) {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    JSONObjectWriter.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  /// With escapes for quotation marks, backslashes and control characters alone.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
