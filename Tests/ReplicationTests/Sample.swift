import Replication

/// Identifiers and times for the tests.
enum Sample {
  static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(Identifier(high: number, low: number))
  }

  static func register(_ number: UInt64) -> RegisterID {
    let key = Identifier(high: 0, low: number / 2)
    return RegisterID(
      EntityID(kind: EntityKind(number: 1), key: key),
      number.isMultiple(of: 2) ? Field("title") : Field("note"))
  }

  /// An operation on register 0 with nothing said that does not matter.
  static func operation(
    _ replica: UInt64 = 1, _ sequence: UInt64 = 1, stamp: UInt64 = 1, value: Value = .nothing,
    context: Context? = nil
  ) throws -> Operation {
    try Operation(
      dot: Dot(replica: Sample.replica(replica), sequence: sequence),
      stamp: try stampOf(stamp), register: register(0), value: value, context: context)
  }

  static func context(_ entries: (replica: UInt64, sequence: UInt64)...) -> Context {
    Context(entries.map { Context.Entry(replica: replica($0.replica), sequence: $0.sequence) })
  }

  static func stampOf(_ rawValue: UInt64) throws -> Stamp {
    guard let stamp = Stamp(rawValue: rawValue) else { throw Unusable.stamp(rawValue) }
    return stamp
  }

  enum Unusable: Error {
    case stamp(UInt64)
  }

  /// Noon of a day in 2026.
  static let now: Int64 = 1_780_000_000_000

  /// A clock that may be anywhere from ten years ago to the end of 2099, and now and then absurd.
  static func wildClock(using generator: inout some RandomNumberGenerator) -> Int64 {
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: -1
    case 1: .min
    case 2..<8: now
    default: .random(in: (now - 315_576_000_000)...4_102_444_799_999, using: &generator)
    }
  }
}
