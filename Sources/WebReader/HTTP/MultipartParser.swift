/// Takes a form with files apart while it arrives, in pieces of any size (RFC 7578).
///
/// It reads what browsers write, and nothing else: no text before the first part or behind
/// boundaries, no header that goes on in the next line, no parts in parts.
struct MultipartParser {
  /// What a form consists of, in this order: each part, its bytes, its end.
  enum Event: Equatable {
    case part(MultipartPart)
    case bytes(ArraySlice<UInt8>)
    case partEnd
  }

  enum Problem: Error, Equatable {
    /// It is no such form, or ends too early.
    case malformed
    case tooManyParts
  }

  static let partLimit = 1_000
  static let headLimit = 8 << 10

  private enum State { case start, afterBoundary, head, bytes, done }

  /// A line's end, two dashes and the boundary: it belongs to no part.
  private let delimiter: [UInt8]
  private var state = State.start
  private var parts = 0
  /// What was not taken apart yet: never more than a head or a delimiter and what arrived last.
  private var rest: [UInt8] = []

  /// - Parameter boundary: as the form's type names it; nil where it cannot be one.
  init?(boundary: String) {
    let allowed = Set("'()+_,-./:=?".utf8)
    let isWellFormed = boundary.utf8.allSatisfy { byte in
      allowed.contains(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
    guard (1...70).contains(boundary.utf8.count), isWellFormed else { return nil }
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  /// Takes the next piece.
  mutating func take(
    _ piece: some Collection<UInt8>, _ tell: (Event) throws -> Void
  ) throws {
    rest += piece
    while try step(tell) {}
  }

  /// Throws where the form has not ended.
  func end() throws(Problem) {
    guard state == .done else { throw .malformed }
  }

  /// Takes what can be taken; returns whether more may follow.
  private mutating func step(_ tell: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .start: return try passFirstBoundary()
    case .afterBoundary: return try passBoundaryEnd()
    case .head: return try takeHead(tell)
    case .bytes: return try takeBytes(tell)
    case .done:
      // What follows the last boundary is nobody's.
      rest = []
      return false
    }
  }
}

extension MultipartParser {
  private mutating func passFirstBoundary() throws(Problem) -> Bool {
    let first = delimiter.dropFirst(2)
    guard rest.prefix(first.count).elementsEqual(first.prefix(rest.count)) else {
      throw .malformed
    }
    guard rest.count >= first.count else { return false }
    drop(first.count)
    state = .afterBoundary
    return true
  }

  private mutating func passBoundaryEnd() throws(Problem) -> Bool {
    guard rest.count >= 2 else { return false }
    switch (rest[0], rest[1]) {
    case (0x0D, 0x0A): state = .head
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): state = .done
    default: throw .malformed
    }
    drop(2)
    return true
  }

  private mutating func takeHead(_ tell: (Event) throws -> Void) throws -> Bool {
    guard let end = HeadGate.end(of: rest) else {
      guard rest.count <= MultipartParser.headLimit else { throw Problem.malformed }
      return false
    }
    parts += 1
    guard parts <= MultipartParser.partLimit else { throw Problem.tooManyParts }
    guard end <= MultipartParser.headLimit, let part = MultipartPart(head: rest[..<(end - 4)])
    else { throw Problem.malformed }
    drop(end)
    state = .bytes
    try tell(.part(part))
    return true
  }

  private mutating func takeBytes(_ tell: (Event) throws -> Void) throws -> Bool {
    let (count, isWhole) = bytesBeforeDelimiter()
    if count > 0 { try tell(.bytes(rest[..<count])) }
    drop(count + (isWhole ? delimiter.count : 0))
    guard isWhole else { return false }
    state = .afterBoundary
    try tell(.partEnd)
    return true
  }

  /// How many bytes there are before the delimiter, or before what may become one.
  private func bytesBeforeDelimiter() -> (count: Int, isWhole: Bool) {
    var start = 0
    while let found = rest[start...].firstIndex(of: 0x0D) {
      let candidate = rest[found...].prefix(delimiter.count)
      if candidate.elementsEqual(delimiter.prefix(candidate.count)) {
        return (found, candidate.count == delimiter.count)
      }
      start = found + 1
    }
    return (rest.count, false)
  }

  private mutating func drop(_ count: Int) { rest.removeFirst(count) }
}
