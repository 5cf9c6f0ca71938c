import SystemPackage

// Paths as text, where only text will do. A byte that is no UTF-8 stands there as one private-use
// scalar, U+10FE00 + byte, and so do the bytes of such a scalar itself: so every path has one text,
// and every such text gives back its path.

extension FilePath {
  /// The path that ``text`` wrote. Any other text is its UTF-8.
  package init(text: String) {
    self.init(bytes: PathText.bytes(of: text))
  }

  /// Text that holds every byte: for columns and arguments, not for people.
  package var text: String { PathText.text(of: bytes) }

  /// As people are shown it: `\xC4` where a byte is no UTF-8.
  package var shown: String { PathText.shown(bytes) }
}

extension FilePath.Component {
  /// As people are shown it: `\xC4` where a byte is no UTF-8.
  package var shown: String { PathText.shown(bytes) }
}

/// Bytes as text that holds each of them.
package enum PathText {
  private static let escapes: ClosedRange<UInt32> = 0x10_FE80...0x10_FEFF

  package static func text(of bytes: [UInt8]) -> String {
    joined(bytes) { byte, text in
      if let escape = Unicode.Scalar(0x10_FE00 + UInt32(byte)) {
        text.unicodeScalars.append(escape)
      }
    }
  }

  package static func bytes(of text: String) -> [UInt8] {
    guard holdsEscapes(text) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      escapes.contains(scalar.value)
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// Whether `text` stands for bytes that are no UTF-8.
  package static func holdsEscapes(_ text: String) -> Bool {
    text.unicodeScalars.contains { escapes.contains($0.value) }
  }

  /// What `text` stands for, as people are shown it.
  package static func shown(_ text: String) -> String {
    holdsEscapes(text) ? shown(bytes(of: text)) : text
  }

  package static func shown(_ bytes: [UInt8]) -> String {
    joined(bytes) { byte, text in
      let digits = String(byte, radix: 16, uppercase: true)
      text += "\\x\(digits)"
    }
  }

  /// The bytes' text, `escape` writing each byte that is no UTF-8.
  private static func joined(
    _ bytes: [UInt8], _ escape: (UInt8, inout String) -> Void
  ) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !holdsEscapes(text) { return text }
    var text = ""
    var parser = UTF8.ForwardParser()
    var (rest, position) = (bytes.makeIterator(), 0)
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded)
        if escapes.contains(scalar.value) {
          for byte in encoded { escape(byte, &text) }
        } else {
          text.unicodeScalars.append(scalar)
        }
        position += encoded.count
      case .error(let length):
        for byte in bytes[position..<position + length] { escape(byte, &text) }
        position += length
      case .emptyInput:
        return text
      }
    }
  }
}
