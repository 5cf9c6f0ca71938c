/// Neighboring registers, packed into the bytes of one row (Protocol 6.4).
///
/// A row for each register would cost more than the register, and so would one for each entity
/// where entities are small.
struct RegisterRun {
  /// No register in it is before this one.
  let lowest: RegisterKey
  /// ``RegisterGroup``s end to end, ascending.
  let bytes: [UInt8]

  init(lowest: RegisterKey = .zero, bytes: [UInt8] = []) {
    self.lowest = lowest
    self.bytes = bytes
  }

  /// A longer run is split: so much fits a row without pages of its own, and a small write copies no
  /// more.
  static let maximumCount = 1_800

  /// Calls `body` with each register, its entity and its value.
  func walk(
    _ body: (_ entity: Int64, PackedRegister, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { bytes in
      try RegisterRun.walk(bytes) { group in
        try group.walk(bytes) { try body(group.entity, $0, $1) }
      }
    }
  }

  /// Calls `body` with each group in a run's bytes.
  @inline(__always)
  static func walk(
    _ bytes: UnsafeRawBufferPointer, _ body: (RegisterGroup) throws -> Void
  ) throws {
    var start = 0
    while start < bytes.count {
      let group = try RegisterGroup(in: bytes, at: start)
      try body(group)
      start = group.span.upperBound
    }
  }

  /// A register and its value; nil where the run has none of that key.
  func register(_ key: RegisterKey) throws -> (PackedRegister, value: [UInt8])? {
    var found: (PackedRegister, value: [UInt8])?
    try bytes.withUnsafeBytes { bytes in
      try RegisterRun.walk(bytes) { group in
        guard group.entity == key.entity else { return }
        try group.walk(bytes) { register, value in
          if register.field == key.field { found = (register, Array(value)) }
        }
      }
    }
    return found
  }

  /// The run with an entity's registers put where they belong, over what was there.
  ///
  /// They ascend by field.
  func setting(
    _ changes: ArraySlice<UnpackedRegister>, of entity: Int64
  ) throws -> RegisterRunBuilder {
    var builder = RegisterRunBuilder()
    builder.begin(lowest)
    try bytes.withUnsafeBytes { bytes in
      var isSet = false
      func set(over stored: Range<Int>) throws {
        isSet = true
        let stored = UnsafeRawBufferPointer(rebasing: bytes[stored])
        try RegisterRun.join(changes, stored).withUnsafeBytes { try builder.append($0, of: entity) }
      }
      try RegisterRun.walk(bytes) { group in
        if group.entity == entity { return try set(over: group.registers) }
        if group.entity > entity, !isSet { try set(over: 0..<0) }
        builder.append(group, of: bytes)
      }
      if !isSet { try set(over: 0..<0) }
    }
    builder.end()
    return builder
  }

  /// Registers with others put among them, over those of the same fields.
  private static func join(
    _ changes: ArraySlice<UnpackedRegister>, _ stored: UnsafeRawBufferPointer
  ) throws -> [UInt8] {
    var joined: [UInt8] = []
    var rest = changes
    try PackedRegister.walk(stored) { register in
      while let change = rest.first, change.field <= register.field {
        joined.append(change)
        rest.removeFirst()
        if change.field == register.field { return }
      }
      joined.append(contentsOf: stored[register.span])
    }
    for change in rest { joined.append(change) }
    return joined
  }
}
