import Replication

/// The unit of storing, sending and applying: a payload, deflated when that pays.
///
/// ```
/// 0      1       2          4              8                12        16
/// | kind | flags | reserved | stored length | inflated length | CRC-32 | stored bytes ...
/// ```
/// Numbers are big-endian. The CRC-32 covers the first twelve bytes and the stored bytes.
public struct Frame: Sendable, Equatable {
  public let kind: Kind
  public let isDeflated: Bool
  /// At most ``Limits/frameInflatedBytes``.
  public let inflatedLength: Int
  public let stored: [UInt8]

  public static let headerLength = 16

  /// What a frame holds. A reader passes over kinds it does not know.
  public struct Kind: Hashable, Sendable {
    public let number: UInt8

    public init(number: UInt8) {
      self.number = number
    }

    public static let header = Kind(number: 1)
    public static let operations = Kind(number: 2)
    public static let bodies = Kind(number: 3)
    public static let trailer = Kind(number: 4)
  }

  /// Deflates `payload` when that makes it smaller. `sections` are the offsets at which bytes of
  /// another sort begin.
  ///
  /// Throws `frameTooLarge` past the limit.
  public init(
    _ kind: Kind, payload: [UInt8], sections: [Int] = []
  ) throws(CodingError) {
    try Frame.check(inflatedLength: payload.count)
    let deflated =
      payload.count < 64
      ? payload
      : try Zlib.deflate(
        payload, sections: sections,
        level: kind == .operations ? Zlib.operationsLevel : Zlib.level)
    self.kind = kind
    isDeflated = deflated.count < payload.count
    stored = isDeflated ? deflated : payload
    inflatedLength = payload.count
  }

  /// A frame as it was stored or received. Throws `frameTooLarge`, or `inflateFailed` when the
  /// lengths cannot belong together.
  public init(
    kind: Kind, isDeflated: Bool, inflatedLength: Int, stored: [UInt8]
  ) throws(CodingError) {
    try Frame.check(inflatedLength: inflatedLength)
    // A frame is stored deflated only where that is smaller.
    guard isDeflated ? stored.count < inflatedLength : stored.count == inflatedLength else {
      throw .inflateFailed(declared: inflatedLength)
    }
    self.kind = kind
    self.isDeflated = isDeflated
    self.inflatedLength = inflatedLength
    self.stored = stored
  }

  /// The payload. Throws `inflateFailed` when the stored bytes do not give the declared length.
  public func payload() throws(CodingError) -> [UInt8] {
    isDeflated ? try Zlib.inflate(stored, exactly: inflatedLength) : stored
  }

  /// Header and stored bytes together.
  public var length: Int { Frame.headerLength + stored.count }

  /// The sixteen bytes before the stored ones.
  public var header: [UInt8] {
    var writer = ByteWriter()
    writer.byte(kind.number)
    writer.byte(isDeflated ? 1 : 0)
    writer.append([0, 0])
    writer.word32(UInt32(stored.count))
    writer.word32(UInt32(inflatedLength))
    writer.word32(Zlib.checksum(stored, seed: Zlib.checksum(writer.bytes)))
    return writer.bytes
  }

  private static func check(inflatedLength: Int) throws(CodingError) {
    guard inflatedLength <= Limits.frameInflatedBytes else {
      throw .frameTooLarge(declared: inflatedLength, limit: Limits.frameInflatedBytes)
    }
  }
}

/// A frame's first sixteen bytes, read and checked before its stored bytes are.
public struct FrameHeader: Sendable, Equatable {
  public let kind: Frame.Kind
  public let isDeflated: Bool
  public let storedLength: Int
  public let inflatedLength: Int
  private let checksum: UInt32
  private let seed: UInt32

  /// Throws `endsEarly`, `reservedBits`, `frameTooLarge`.
  public init(_ bytes: [UInt8]) throws(CodingError) {
    let fields = try ByteReader.read(bytes) {
      (reader: inout ByteReader) throws(CodingError) -> (UInt8, UInt8, [UInt8], [UInt32]) in
      (
        try reader.byte(), try reader.byte(), try reader.array(2),
        [try reader.word32(), try reader.word32(), try reader.word32()]
      )
    }
    guard fields.1 <= 1, fields.2 == [0, 0] else { throw .reservedBits(offset: 1) }
    kind = Frame.Kind(number: fields.0)
    isDeflated = fields.1 == 1
    storedLength = Int(fields.3[0])
    inflatedLength = Int(fields.3[1])
    checksum = fields.3[2]
    seed = Zlib.checksum(bytes[..<12])
    let longest = max(storedLength, inflatedLength)
    guard longest <= Limits.frameInflatedBytes else {
      throw .frameTooLarge(declared: longest, limit: Limits.frameInflatedBytes)
    }
  }

  /// The frame with these stored bytes. Throws `checksumDiffers`.
  public func frame(stored: [UInt8]) throws(CodingError) -> Frame {
    guard Zlib.checksum(stored, seed: seed) == checksum else { throw .checksumDiffers }
    return try Frame(
      kind: kind, isDeflated: isDeflated, inflatedLength: inflatedLength, stored: stored)
  }
}
