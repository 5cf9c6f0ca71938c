extension ArraySlice<UInt8> {
  /// The lines in which the bytes of `pattern` occur, the last one first, found without a look at the
  /// others.
  func lastLines(holding pattern: StaticString) -> LinesHolding {
    LinesHolding(pattern: pattern, rest: self)
  }
}

/// Steps backwards through the lines of a text that hold a pattern, which has no line feed in it.
struct LinesHolding: Sequence, IteratorProtocol {
  let pattern: StaticString
  fileprivate var rest: ArraySlice<UInt8>

  mutating func next() -> ArraySlice<UInt8>? {
    guard let found = rest.lastStart(of: pattern) else { return nil }
    let end = rest[found...].place(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let before = rest[..<found].lastIndex(of: UInt8(ascii: "\n"))
    defer { rest = rest[..<(before ?? rest.startIndex)] }
    return rest[(before.map { $0 + 1 } ?? rest.startIndex)..<end]
  }
}

extension ArraySlice<UInt8> {
  /// Where the bytes of `pattern`, which must not be empty, occur for the last time.
  fileprivate func lastStart(of pattern: StaticString) -> Int? {
    pattern.withUTF8Buffer { pattern in
      withUnsafeBufferPointer { bytes in
        guard bytes.count >= pattern.count else { return nil }
        let last = pattern.count - 1
        for start in (0...(bytes.count - pattern.count)).reversed()
        where bytes[start + last] == pattern[last] && bytes[start] == pattern[0] {
          if bytes[start...].starts(with: pattern) { return startIndex + start }
        }
        return nil
      }
    }
  }
}
