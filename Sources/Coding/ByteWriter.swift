import Replication

/// Writes a payload front to back, in the spellings ``ByteReader`` accepts.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public var count: Int { bytes.count }

  public mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  public mutating func number(_ value: UInt64) { Varint.append(value, to: &bytes) }

  public mutating func number(_ value: Int) { Varint.append(UInt64(value), to: &bytes) }

  public mutating func append(_ other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

  public mutating func identifier(_ identifier: Identifier) { bytes += identifier.bytes }

  /// A big-endian number of four bytes.
  public mutating func word32(_ value: UInt32) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
}
