import Documents

/// The part of a stream that is in memory: from the first byte that nobody is done with.
///
/// Places count from there.
struct ByteWindow {
  private var source: any ByteSource
  private var bytes: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// How many bytes of the stream lie before the window.
  private(set) var offset = 0

  init(_ source: any ByteSource) {
    self.source = source
  }

  /// How many bytes are in memory.
  var count: Int { bytes.count - start }

  subscript(place: Int) -> UInt8 { bytes[start + place] }

  /// Bytes that are in memory.
  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[start + range.lowerBound..<start + range.upperBound]
  }

  /// The byte at a place, read if need be; nil behind the end of the stream.
  mutating func byte(at place: Int) throws(SkipReason) -> UInt8? {
    while place >= count { guard try fill() else { return nil } }
    return bytes[start + place]
  }

  /// Takes more of the stream into memory. Returns whether there was any.
  mutating func fill() throws(SkipReason) -> Bool {
    guard !isAtEnd else { return false }
    let more: [UInt8]
    do throws(SkipReason) {
      more = try source.read()
    } catch {
      isAtEnd = true
      throw error
    }
    isAtEnd = more.isEmpty
    bytes += more
    return !more.isEmpty
  }

  /// The first place of a byte at `place` or behind it, but before `limit`; nil if there is none, with
  /// all of it in memory.
  mutating func place(
    of byte: UInt8, from place: Int, before limit: Int = .max
  ) throws(SkipReason) -> Int? {
    var place = place
    while true {
      if place < count, let found = bytes[(start + place)...].place(of: byte) {
        return found - start < limit ? found - start : nil
      }
      place = max(place, count)
      guard place < limit, try fill() else { return nil }
    }
  }

  /// Is done with the first bytes.
  mutating func drop(_ count: Int) {
    start += count
    offset += count
    // Moving what is left costs as much as it is long.
    guard start > bytes.count / 2 else { return }
    bytes.removeSubrange(..<start)
    start = 0
  }
}
