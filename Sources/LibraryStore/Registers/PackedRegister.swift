import Replication

/// Where one register lies in the bytes of a run, and what it bears beside its value.
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
  init(in run: UnsafeRawBufferPointer, at start: Int) throws {
    var end = start
    field = try PackedRegister.number(in: run, at: &end)
    guard run.count - end >= 8 else { throw PackedRegister.damage }
    stamp = Int64(bigEndian: run.loadUnaligned(fromByteOffset: end, as: Int64.self))
    end += 8
    replica = try PackedRegister.number(in: run, at: &end)
    sequence = try PackedRegister.number(in: run, at: &end)
    siblings = try PackedRegister.number(in: run, at: &end)
    let length = try PackedRegister.number(in: run, at: &end)
    guard length <= run.count - end else { throw PackedRegister.damage }
    value = end..<end + Int(length)
    span = start..<value.upperBound
  }

  @inline(__always)
  private static func number(in run: UnsafeRawBufferPointer, at end: inout Int) throws -> Int64 {
    var (number, shift): (Int64, Int64) = (0, 0)
    while end < run.count, shift < 63 {
      let byte = run[end]
      end += 1
      number |= Int64(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw damage
  }

  private static var damage: StoreError { .damaged("a row of registers does not read") }
}

extension [UInt8] {
  /// Writes a register behind the others of its run.
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
}
