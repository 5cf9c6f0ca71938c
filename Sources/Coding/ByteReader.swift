import Replication

/// Reads a payload from front to back; every read checks the length first.
public struct ByteReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  public private(set) var offset = 0

  /// The buffer must outlive the reader.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  public var remaining: Int { bytes.count - offset }

  @inline(__always)
  public mutating func byte() throws(CodingError) -> UInt8 {
    guard offset < bytes.count else { throw .endsEarly(offset: offset) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A number in shortest LEB128 (Protocol 2.2).
  @inline(__always)
  public mutating func number() throws(CodingError) -> UInt64 {
    if offset < bytes.count, bytes[offset] < 0x80 {
      defer { offset += 1 }
      return UInt64(bytes[offset])
    }
    return try longNumber()
  }

  /// A count of things that each take at least `size` bytes, so that no count allocates more
  /// than the payload could hold.
  public mutating func count(of what: String, eachAtLeast size: Int) throws(CodingError) -> Int {
    let count = try number()
    let limit = UInt64(remaining / max(1, size))
    guard count <= limit else { throw .tooLarge(what: what, count: count, limit: limit) }
    return Int(count)
  }

  public mutating func slice(_ count: Int) throws(CodingError) -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, count <= remaining else { throw .endsEarly(offset: offset) }
    defer { offset += count }
    return UnsafeBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  public mutating func array(_ count: Int) throws(CodingError) -> [UInt8] {
    Array(try slice(count))
  }

  public mutating func identifier() throws(CodingError) -> Identifier {
    let start = offset
    guard let identifier = Identifier(bytes: try slice(16)) else {
      throw .endsEarly(offset: start)
    }
    return identifier
  }

  public mutating func contentHash() throws(CodingError) -> ContentHash {
    let start = offset
    guard let hash = ContentHash(bytes: try slice(32)) else { throw .endsEarly(offset: start) }
    return hash
  }

  /// A big-endian number of four bytes.
  public mutating func word32() throws(CodingError) -> UInt32 {
    try slice(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  public func finish() throws(CodingError) {
    guard remaining == 0 else { throw .trailingBytes(offset: offset, count: remaining) }
  }

  private mutating func longNumber() throws(CodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    let start = offset
    while true {
      let byte = try self.byte()
      if shift == 63 && byte > 1 { throw .malformedNumber(offset: start) }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        // Protocol 2.2: an overlong number is refused, so each has one spelling.
        guard byte != 0 || shift == 0 else { throw .malformedNumber(offset: start) }
        return value
      }
      shift += 7
      if shift > 63 { throw .malformedNumber(offset: start) }
    }
  }
}

extension ByteReader {
  /// Reads all of `bytes` with `body`, which must leave nothing over.
  public static func read<Result>(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(CodingError) -> Result
  ) throws(CodingError) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(CodingError) in
      var reader = ByteReader(buffer)
      let result = try body(&reader)
      try reader.finish()
      return result
    }
  }
}
