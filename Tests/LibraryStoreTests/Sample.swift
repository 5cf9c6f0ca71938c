import Articles
import Coding
import Replication
import TestSupport
import Testing

/// Identifiers, times and operations for the tests.
enum Sample {
  static let library = [UInt8](repeating: 0x5a, count: 32)

  /// Noon of a day in 2026.
  static let now: Int64 = 1_780_000_000_000

  static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(Identifier(high: number, low: number))
  }

  static func article(_ number: UInt64) -> ArticleID {
    ArticleID(key: Identifier(high: number, low: ~number))
  }

  static func entity(_ number: UInt64, kind: UInt32 = 9) -> EntityID {
    EntityID(kind: EntityKind(number: kind), key: Identifier(high: 0, low: number))
  }

  static func stamp(_ rawValue: UInt64) throws -> Stamp {
    try #require(Stamp(rawValue: rawValue))
  }

  /// A frame that holds `operations` of one replica, ascending by sequence.
  static func frame(_ operations: [Operation]) throws -> Letter.Item {
    let first = try #require(operations.first)
    let last = try #require(operations.last)
    let frame = try OperationBlock.frame(
      of: operations, replica: first.dot.replica,
      range: first.dot.sequence...last.dot.sequence)
    return (frame, try OperationBlock(payload: frame.payload()))
  }

  /// A clock that may be anywhere from ten years ago to the end of 2099, and now and then absurd.
  static func wildClock(using generator: inout some RandomNumberGenerator) -> Int64 {
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: -1
    case 1: .min
    case 2..<8: now
    default: .random(in: (now - 315_576_000_000)...4_102_444_799_999, using: &generator)
    }
  }

  /// Bytes that do not compress.
  static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    SeededGenerator.bytes(count, seed: seed)
  }
}
