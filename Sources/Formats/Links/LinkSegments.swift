import Documents

/// Cuts a long list of links in HTML before each of its entries, so that one is in memory at a time
/// and what is wrong with one spoils no other.
struct LinkSegments {
  private var window: ByteWindow
  private var line = 1

  /// An entry is no longer; icons in it may be long.
  static let segmentBytes = 4 << 20

  init(_ source: any ByteSource) {
    window = ByteWindow(source)
  }

  /// A piece of the list.
  struct Segment {
    let bytes: [UInt8]
    /// The number of the line in which it begins, from 1.
    let line: Int
    /// Whether it goes on.
    let isCut: Bool
  }

  /// What stands before the first entry, then each entry with what follows it; nil after the last.
  mutating func next() throws(SkipReason) -> Segment? {
    guard try window.byte(at: 0) != nil else { return nil }
    var end = 1
    while let place = try window.place(
      of: UInt8(ascii: "<"), from: end, before: LinkSegments.segmentBytes)
    {
      end = place
      if try beginsEntry(at: place) { return take(place) }
      end += 1
    }
    let isCut = window.count >= LinkSegments.segmentBytes
    return take(isCut ? LinkSegments.segmentBytes : window.count, isCut: isCut)
  }
}

extension LinkSegments {
  /// `<dt` or `<li` in either case.
  private mutating func beginsEntry(at place: Int) throws(SkipReason) -> Bool {
    guard let first = try window.byte(at: place + 1), let second = try window.byte(at: place + 2),
      let third = try window.byte(at: place + 3)
    else { return false }
    let name = (first.asciiLowercased, second.asciiLowercased)
    let isEntry = name == (0x64, 0x74) || name == (0x6C, 0x69)
    return isEntry && !third.isASCIILetter && !third.isASCIIDigit
  }

  private mutating func take(_ count: Int, isCut: Bool = false) -> Segment {
    let segment = Segment(bytes: Array(window[0..<count]), line: line, isCut: isCut)
    line += segment.bytes.count { $0 == UInt8(ascii: "\n") }
    window.drop(count)
    return segment
  }
}
