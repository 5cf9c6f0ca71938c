/// JSON on its way out (RFC 8259), without a tree of it.
struct JSONOutput {
  private(set) var bytes: [UInt8] = []
  /// Whether `<`, `>` and `&` are spelt as escapes, so that it may stand in markup.
  private let isInMarkup: Bool
  private var needsComma = false

  init(isInMarkup: Bool = false) {
    self.isInMarkup = isInMarkup
  }

  mutating func object(_ members: (inout JSONOutput) -> Void) { enclose("{", "}", members) }

  mutating func array(_ elements: (inout JSONOutput) -> Void) { enclose("[", "]", elements) }

  mutating func name(_ name: String) {
    string(name.utf8)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func value(_ text: String?) {
    if let text { string(text.utf8) } else { word("null") }
  }

  mutating func value(_ flag: Bool) { word(flag ? "true" : "false") }

  mutating func value(_ number: some BinaryInteger) { word("\(number)") }

  /// Text in UTF-8.
  mutating func value(utf8 text: some Sequence<UInt8>) { string(text) }

  mutating func member(_ name: String, _ text: String?) {
    self.name(name)
    value(text)
  }

  mutating func member(_ name: String, _ flag: Bool) {
    self.name(name)
    value(flag)
  }

  mutating func member(_ name: String, _ number: some BinaryInteger) {
    self.name(name)
    value(number)
  }

  mutating func member(_ name: String, _ texts: [String]) {
    self.name(name)
    array { for text in texts { $0.value(text) } }
  }
}

extension JSONOutput {
  private mutating func enclose(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JSONOutput) -> Void
  ) {
    separate()
    bytes.append(UInt8(ascii: opening))
    needsComma = false
    content(&self)
    bytes.append(UInt8(ascii: closing))
    needsComma = true
  }

  private mutating func word(_ word: String) {
    separate()
    bytes += word.utf8
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func string(_ text: some Sequence<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes += [0x5C, 0x22]
      case UInt8(ascii: "\\"): bytes += [0x5C, 0x5C]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0..<0x20, 0x7F: escape(byte)
      case UInt8(ascii: "<") where isInMarkup, UInt8(ascii: ">") where isInMarkup,
        UInt8(ascii: "&") where isInMarkup:
        escape(byte)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    let digits = String(byte, radix: 16)
    bytes += "\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8
  }
}
