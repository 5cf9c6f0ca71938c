import Documents

/// Cuts a long list in HTML or XML before each of its entries, so that one is in memory at a time and
/// what is wrong with one spoils no other.
struct MarkupSegments {
  private var window: ByteWindow
  private var line = 1
  private let names: [[UInt8]]
  private let limit: Int

  /// An entry of a list of links is no longer; icons in it may be long.
  static let segmentBytes = 4 << 20

  /// - Parameters:
  ///   - names: those of the elements that entries begin with, in small letters.
  ///   - limit: for the bytes of an entry.
  init(_ source: any ByteSource, at names: [String], limit: Int = segmentBytes) {
    window = ByteWindow(source)
    self.names = names.map { Array($0.utf8) }
    self.limit = limit
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
      of: UInt8(ascii: "<"), from: end, before: limit)
    {
      end = place
      if try beginsEntry(at: place) { return take(place) }
      end += 1
    }
    let isCut = window.count >= limit
    return take(isCut ? limit : window.count, isCut: isCut)
  }
}

extension MarkupSegments {
  /// Whether one of the names stands behind a `<`, in either case.
  private mutating func beginsEntry(at place: Int) throws(SkipReason) -> Bool {
    for name in names where try stands(name, at: place + 1) { return true }
    return false
  }

  private mutating func stands(_ name: [UInt8], at place: Int) throws(SkipReason) -> Bool {
    for (offset, expected) in name.enumerated() {
      guard try window.byte(at: place + offset)?.asciiLowercased == expected else { return false }
    }
    guard let next = try window.byte(at: place + name.count) else { return false }
    return next.isHTMLSpace || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }

  private mutating func take(_ count: Int, isCut: Bool = false) -> Segment {
    let segment = Segment(bytes: Array(window[0..<count]), line: line, isCut: isCut)
    line += segment.bytes.count { $0 == UInt8(ascii: "\n") }
    window.drop(count)
    return segment
  }
}
