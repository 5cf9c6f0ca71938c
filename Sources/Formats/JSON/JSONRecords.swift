import Documents

/// Cuts a file of JSON into records, one in memory at a time: the elements of the list that it holds,
/// or the values that stand in it one behind the other.
///
/// Only brackets and texts are told apart here; whoever reads a record finds out what else is wrong.
struct JSONRecords {
  private var window: ByteWindow
  private let limit: Int
  private var isList: Bool?

  /// A record is no longer.
  static let recordBytes = 24 << 20

  /// - Parameter limit: for the bytes of a record.
  init(_ source: any ByteSource, limit: Int = recordBytes) {
    window = ByteWindow(source)
    self.limit = limit
  }

  /// A record's bytes, and how many bytes of the file it takes with what stands before it.
  struct Record {
    let bytes: Result<[UInt8], SkipReason>
    let length: Int
  }

  /// The next record; nil after the last.
  mutating func next() throws(SkipReason) -> Record? {
    let begun = window.offset
    try skipSpace()
    if isList == nil {
      isList = try window.byte(at: 0) == UInt8(ascii: "[")
      if isList == true { window.drop(1) }
      try skipSpace()
    }
    guard let first = try window.byte(at: 0), !(isList == true && first == UInt8(ascii: "]")) else {
      return nil
    }
    let bytes = try record()
    return Record(bytes: bytes, length: window.offset - begun)
  }
}

extension JSONRecords {
  /// Takes a value off the window, to the comma, the bracket or the line's end behind it.
  private mutating func record() throws(SkipReason) -> Result<[UInt8], SkipReason> {
    var value = JSONValueEnd()
    var place = 0
    var isTooLong = false
    while let byte = try window.byte(at: place) {
      let end = value.read(byte)
      // A bracket that closes nothing is a record of its own.
      if end != .before || place == 0 { place += 1 }
      if end != nil { break }
      if place > limit {
        // Whatever it holds, it is passed over.
        isTooLong = true
        window.drop(place)
        place = 0
      }
    }
    defer { window.drop(place) }
    if isTooLong { return .failure(.tooLarge(limit: limit)) }
    return value.isOpen ? .failure(.cutOff) : .success(Array(window[0..<place]))
  }

  private mutating func skipSpace() throws(SkipReason) {
    while let byte = try window.byte(at: 0), byte.isHTMLSpace || byte == UInt8(ascii: ",") {
      window.drop(1)
    }
  }
}

/// Finds where a value of JSON ends.
private struct JSONValueEnd {
  private var depth = 0
  private var isInText = false
  private var isEscaped = false

  enum Place { case before, behind }

  /// Whether it was begun and did not end.
  var isOpen: Bool { depth > 0 || isInText }

  /// Reads the value's next byte. Returns on which side of it the value ends; nil if it goes on.
  mutating func read(_ byte: UInt8) -> Place? {
    if isInText {
      isInText = isEscaped || byte != UInt8(ascii: "\"")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      return nil
    }
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      // Behind a value that is neither a list nor an object.
      if depth == 0 { return .before }
      depth -= 1
      if depth == 0 { return .behind }
    case UInt8(ascii: ","), 0x0A: if depth == 0 { return .before }
    default: break
    }
    return nil
  }
}
