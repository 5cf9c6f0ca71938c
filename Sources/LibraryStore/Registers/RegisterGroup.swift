import Replication

/// Where a register stands among all: by entity, then by field.
struct RegisterKey: Comparable, Hashable {
  var entity: Int64
  var field: Int64

  static let zero = RegisterKey(entity: 0, field: 0)
  /// Past every register.
  static let end = RegisterKey(entity: .max, field: .max)

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool {
    left.entity != right.entity ? left.entity < right.entity : left.field < right.field
  }
}

/// Where the registers of one entity lie in the bytes of a run.
///
/// ```
/// entity     number, greater than that of the group before
/// length     number
/// registers  so many bytes: PackedRegisters
/// ```
struct RegisterGroup {
  let entity: Int64
  /// Where its registers lie.
  let registers: Range<Int>
  /// Where all of it lies.
  let span: Range<Int>

  /// Throws `damaged` where the bytes end early or hold a number past 63 bits.
  @inline(__always)
  init(in run: UnsafeRawBufferPointer, at start: Int) throws {
    var end = start
    entity = try PackedRegister.number(in: run, at: &end)
    let length = try PackedRegister.number(in: run, at: &end)
    guard length <= run.count - end else { throw PackedRegister.damage }
    registers = end..<end + Int(length)
    span = start..<registers.upperBound
  }

  /// Calls `body` with each of its registers and the register's value.
  func walk(
    _ run: UnsafeRawBufferPointer, _ body: (PackedRegister, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let bytes = UnsafeRawBufferPointer(rebasing: run[registers])
    try PackedRegister.walk(bytes) {
      try body($0, UnsafeRawBufferPointer(rebasing: bytes[$0.value]))
    }
  }
}
