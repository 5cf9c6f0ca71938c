/// Registers of one entity with neighbouring fields, in the bytes of one row (Protocol 6.4).
///
/// A row for each register would cost more than the register: most entities have about ten small
/// ones, which are read and written together.
struct RegisterRun {
  /// No register in it has a lesser field; 0 in the first run of an entity.
  let leastField: Int64
  /// ``PackedRegister``s end to end, ascending by field.
  private(set) var bytes: [UInt8]

  init(leastField: Int64 = 0, bytes: [UInt8] = []) {
    self.leastField = leastField
    self.bytes = bytes
  }

  /// A longer run is split, if it holds more than one register: so much fits a row without pages of
  /// its own, and a small write copies no more.
  static let greatestCount = 1_800

  /// Calls `body` with each register and its value.
  func walk(_ body: (PackedRegister, UnsafeRawBufferPointer) throws -> Void) throws {
    try bytes.withUnsafeBytes { try RegisterRun.walk(in: $0, body) }
  }

  static func walk(
    in bytes: UnsafeRawBufferPointer,
    _ body: (PackedRegister, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var start = 0
    while start < bytes.count {
      let register = try PackedRegister(in: bytes, at: start)
      try body(register, UnsafeRawBufferPointer(rebasing: bytes[register.value]))
      start = register.span.upperBound
    }
  }

  /// The register of a field; nil where the run has none.
  func register(_ field: Int64) throws -> PackedRegister? {
    var found: PackedRegister?
    try walk { register, _ in if register.field == field { found = register } }
    return found
  }

  /// Puts a register where its field belongs, over what was there.
  mutating func set(
    field: Int64, stamp: Int64, replica: Int64, sequence: Int64, siblings: Int64, value: [UInt8]
  ) throws {
    var place = bytes.count..<bytes.count
    try walk { register, _ in
      if register.field == field { place = register.span }
      if register.field > field, place.lowerBound > register.span.lowerBound {
        place = register.span.lowerBound..<register.span.lowerBound
      }
    }
    var register: [UInt8] = []
    value.withUnsafeBytes {
      register.appendRegister(
        field: field, stamp: stamp, replica: replica, sequence: sequence, siblings: siblings,
        value: $0)
    }
    bytes.replaceSubrange(place, with: register)
  }
}
