import Replication

/// Where one register lies in the bytes of its entity's, and what it bears beside its value.
///
/// ```
/// field     number, greater than that of the register before
/// stamp     8 bytes, most significant first
/// replica   number
/// sequence  number
/// siblings  number: the rows table `sibling` has of it
/// value     length, bytes
/// ```
///
/// Numbers are written as on the wire (Protocol 2.2).
struct PackedRegister {
  let field: Int64
  let stamp: Int64
  let replica: Int64
  let sequence: Int64
  let siblings: Int64
  /// Where its value lies.
  let value: Range<Int>
  /// Where all of it lies.
  let span: Range<Int>

  /// Throws `damaged` where the bytes end early or hold a number past 63 bits.
  @inline(__always)
  init(in bytes: UnsafeRawBufferPointer, at start: Int) throws {
    var end = start
    field = try PackedRegister.number(in: bytes, at: &end)
    guard bytes.count - end >= 8 else { throw PackedRegister.damage }
    stamp = Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: end, as: Int64.self))
    end += 8
    replica = try PackedRegister.number(in: bytes, at: &end)
    sequence = try PackedRegister.number(in: bytes, at: &end)
    siblings = try PackedRegister.number(in: bytes, at: &end)
    let length = try PackedRegister.number(in: bytes, at: &end)
    guard length <= bytes.count - end else { throw PackedRegister.damage }
    value = end..<end + Int(length)
    span = start..<value.upperBound
  }

  @inline(__always)
  static func number(in bytes: UnsafeRawBufferPointer, at end: inout Int) throws -> Int64 {
    var (number, shift): (Int64, Int64) = (0, 0)
    while end < bytes.count, shift < 63 {
      let byte = bytes[end]
      end += 1
      number |= Int64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw damage
  }

  static var damage: StoreError { .damaged("a row of registers does not read") }
}

extension PackedRegister {
  /// Calls `body` with each of an entity's registers.
  @inline(__always)
  static func walk(
    _ registers: UnsafeRawBufferPointer, _ body: (PackedRegister) throws -> Void
  ) throws {
    var start = 0
    while start < registers.count {
      let register = try PackedRegister(in: registers, at: start)
      try body(register)
      start = register.span.upperBound
    }
  }
}

/// A register that is to be packed.
struct UnpackedRegister {
  let field: Int64
  let stamp: Int64
  let replica: Int64
  let sequence: Int64
  let siblings: Int64
  let value: [UInt8]
}

extension [UInt8] {
  /// Writes a register behind the others of its entity.
  @inline(__always)
  mutating func appendRegister(
    field: Int64, stamp: Int64, replica: Int64, sequence: Int64, siblings: Int64,
    value: UnsafeRawBufferPointer
  ) {
    Varint.append(UInt64(field), to: &self)
    Swift.withUnsafeBytes(of: stamp.bigEndian) { append(contentsOf: $0) }
    Varint.append(UInt64(replica), to: &self)
    Varint.append(UInt64(sequence), to: &self)
    Varint.append(UInt64(siblings), to: &self)
    Varint.append(UInt64(value.count), to: &self)
    append(contentsOf: value)
  }

  mutating func append(_ register: UnpackedRegister) {
    register.value.withUnsafeBytes {
      appendRegister(
        field: register.field, stamp: register.stamp, replica: register.replica,
        sequence: register.sequence, siblings: register.siblings, value: $0)
    }
  }
}
