#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Looking for one byte with `memchr`, which reads many at a time: a loop in Swift reads each by
/// itself.
extension UnsafeBufferPointer<UInt8> {
  /// The first place of a byte at `start` or behind it.
  public func place(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count, let base = baseAddress,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The first place at `start` or behind it where the bytes of `pattern`, which must not be empty,
  /// occur.
  public func place(of pattern: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    let last = pattern.count - 1
    // Chinese characters share few first bytes, so the last byte decides sooner.
    var next = start + last
    while let end = place(of: pattern[last], from: next) {
      if matches(pattern, at: end - last) { return end - last }
      next = end + 1
    }
    return nil
  }

  /// Whether the bytes of `pattern` occur there.
  public func matches(_ pattern: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + pattern.count <= count, let base = baseAddress, let words = pattern.baseAddress
    else { return false }
    return memcmp(base + start, words, pattern.count) == 0
  }
}

extension ArraySlice<UInt8> {
  /// The first place of a byte: what `firstIndex(of:)` finds, sooner.
  public func place(of byte: UInt8) -> Int? {
    withUnsafeBufferPointer { $0.place(of: byte) }.map { startIndex + $0 }
  }
}
