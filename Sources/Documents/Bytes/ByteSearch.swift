/// Looking for text in UTF-8 bytes without turning them into characters first.
extension ArraySlice<UInt8> {
  /// The first place where the bytes of `pattern`, which must not be empty, occur.
  public func firstRange(of pattern: StaticString) -> Range<Int>? {
    pattern.withUTF8Buffer { pattern in
      withUnsafeBufferPointer { bytes in
        guard let place = bytes.place(of: pattern) else { return nil }
        return startIndex + place..<startIndex + place + pattern.count
      }
    }
  }

  public func hasPrefix(_ pattern: StaticString) -> Bool {
    pattern.withUTF8Buffer { pattern in
      withUnsafeBufferPointer { $0.matches(pattern, at: 0) }
    }
  }

  public func hasSuffix(_ pattern: StaticString) -> Bool {
    pattern.withUTF8Buffer { suffix($0.count).elementsEqual($0) }
  }

  public func contains(_ pattern: StaticString) -> Bool { firstRange(of: pattern) != nil }

  /// What lies before the first of the patterns; everything if none occurs.
  public func prefix(beforeAnyOf patterns: [StaticString]) -> ArraySlice<UInt8> {
    patterns.reduce(self) { shortest, pattern in
      shortest.firstRange(of: pattern).map { shortest[..<$0.lowerBound] } ?? shortest
    }
  }

  /// The bytes without the white space around them.
  public func trimmed() -> ArraySlice<UInt8> {
    var (start, end) = (startIndex, endIndex)
    while start < end, self[start].isHTMLSpace { start += 1 }
    while start < end, self[end - 1].isHTMLSpace { end -= 1 }
    return self[start..<end]
  }

  /// The bytes behind a byte order mark, if they begin with one.
  public var withoutByteOrderMark: ArraySlice<UInt8> {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self
  }

  public var isBlank: Bool { allSatisfy(\.isHTMLSpace) }

  /// The lines without their line feeds.
  public var lines: ByteLines { ByteLines(rest: self) }

}

/// Steps through the lines of a text; a final line feed opens no further line.
public struct ByteLines: Sequence, IteratorProtocol {
  public internal(set) var rest: ArraySlice<UInt8>

  public mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.place(of: UInt8(ascii: "\n")) ?? rest.endIndex
    defer { rest = rest[Swift.min(end + 1, rest.endIndex)...] }
    return rest[..<end]
  }
}
