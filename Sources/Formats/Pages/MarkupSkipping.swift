import Documents

/// Finds the ends of tags, comments and scripts, without reading what they hold.
///
/// A `>` in the value of an attribute ends a tag here, which costs a few words when letters are
/// counted and saves taking tags apart.
struct MarkupSkipping {
  private let text: UnsafeBufferPointer<UInt8>
  /// Whether a tag can still be closed: what was searched to the end is not searched again.
  private var canClose = true

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Where the markup ends that begins at `start`; nil if none begins there.
  mutating func end(from start: Int) -> Int? {
    let rest = text[start...].dropFirst()
    guard text[start] == UInt8(ascii: "<"), canClose, let next = rest.first,
      next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
    else { return nil }
    if rest.starts(with: "!--".utf8) { return find("-->", from: start + 4) ?? text.count }
    guard let close = text[start...].firstIndex(of: UInt8(ascii: ">")) else {
      canClose = false
      return nil
    }
    for (name, closing) in MarkupSkipping.code where isNamed(name, from: start + 1) {
      return find(closing, from: close) ?? text.count
    }
    return close + 1
  }
}

extension MarkupSkipping {
  /// The elements whose content is no text.
  private static let code: [(name: StaticString, closing: StaticString)] = [
    ("script", "</script"), ("style", "</style"),
  ]

  private func isNamed(_ name: StaticString, from start: Int) -> Bool {
    let end = start + name.utf8CodeUnitCount
    guard end < text.count, !text[end].isASCIILetter else { return false }
    return matches(name, at: start)
  }

  private func find(_ pattern: StaticString, from start: Int) -> Int? {
    var index = start
    let last = text.count - pattern.utf8CodeUnitCount
    while index <= last {
      if matches(pattern, at: index) { return index + pattern.utf8CodeUnitCount }
      index += 1
    }
    return nil
  }

  /// Whether the bytes there are those of `pattern`, which is in lower case.
  private func matches(_ pattern: StaticString, at start: Int) -> Bool {
    pattern.withUTF8Buffer { pattern in
      pattern.indices.allSatisfy { text[start + $0].asciiLowercased == pattern[$0] }
    }
  }
}
