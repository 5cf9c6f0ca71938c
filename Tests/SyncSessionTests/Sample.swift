import Replication
import TestSupport

/// Replicas with something in them.
enum Sample {
  static func replica(_ number: UInt64) -> ReferenceReplica {
    ReferenceReplica(id: ReplicaID(Identifier(high: number, low: number)))
  }

  static func body(_ number: UInt8) -> ContentHash {
    guard let hash = ContentHash(bytes: [UInt8](repeating: number, count: 32)) else {
      preconditionFailure("a hash has 32 bytes")
    }
    return hash
  }

  /// A few writes, some of which name bodies that are then here.
  static func write(
    _ count: Int, at talker: inout Talker, using generator: inout SeededGenerator
  ) throws {
    for _ in 0..<count {
      let key = Identifier(high: 0, low: .random(in: 0..<4, using: &generator))
      let number = UInt8.random(in: 0..<20, using: &generator)
      let namesBody = Int.random(in: 0..<3, using: &generator) == 0
      let register = RegisterID(
        EntityID(kind: EntityKind(number: 1), key: key), namesBody ? Field("body") : Field("note"))
      let value =
        namesBody ? try Value.data(Sample.body(number).bytes) : .integer(Int64(number))
      try talker.replica.write(
        value, to: register, authored: !namesBody && number.isMultiple(of: 2),
        now: .random(in: 0..<1_000_000, using: &generator))
      if namesBody { talker.bodies.insert(Sample.body(number)) }
    }
  }
}
