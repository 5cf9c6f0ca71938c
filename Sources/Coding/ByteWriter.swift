import Replication

/// Writes a payload front to back, in the spellings ``ByteReader`` accepts.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var count: Int { bytes.count }

  package mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  package mutating func number(_ value: UInt64) { Varint.append(value, to: &bytes) }

  package mutating func number(_ value: Int) { Varint.append(UInt64(value), to: &bytes) }

  package mutating func append(_ other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

  package mutating func identifier(_ identifier: Identifier) { bytes += identifier.bytes }

  /// A big-endian number of four bytes.
  package mutating func word32(_ value: UInt32) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
}
