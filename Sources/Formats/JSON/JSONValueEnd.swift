import Documents

extension ByteWindow {
  /// Takes a value of JSON off the window, to the comma, the bracket or the line's end behind it.
  ///
  /// - Parameter limit: for its bytes.
  mutating func takeJSONValue(
    limit: Int
  ) throws(SkipReason) -> Result<[UInt8], SkipReason> {
    var value = JSONValueEnd()
    var place = 0
    var isTooLong = false
    while let byte = try byte(at: place) {
      let end = value.read(byte)
      // A bracket that closes nothing is a value of its own.
      if end != .before || place == 0 { place += 1 }
      if end != nil { break }
      if place > limit {
        // Whatever it holds, it is passed over.
        isTooLong = true
        drop(place)
        place = 0
      }
    }
    defer { drop(place) }
    if isTooLong { return .failure(.tooLarge(limit: limit)) }
    return value.isOpen ? .failure(.cutOff) : .success(Array(self[0..<place]))
  }

  /// Is done with white space and commas.
  mutating func skipJSONSpace() throws(SkipReason) {
    while let byte = try byte(at: 0), byte.isHTMLSpace || byte == UInt8(ascii: ",") { drop(1) }
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
