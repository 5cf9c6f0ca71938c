import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Rule 1 gives one answer wherever the two operations lie: in memory, in a merge's batch, and in a
/// batch and a table (Protocol 1.5).
struct OperationOrderLaws {
  @Test func `operations are ordered in a batch and against a table as in memory`() async throws {
    let test = try TestStore(1)
    // What is written within a reading is taken back.
    try await test.store.read { db in
      let transaction = try StoreTransaction(db)
      for seed in UInt64(0)..<400 {
        var generator = SeededGenerator(seed: seed)
        let operations = try OperationOrderLaws.operations(using: &generator)
        let batch = try SortedBatch(
          operations.map { try Sample.frame([$0]).block }, transaction)
        for (left, first) in operations.enumerated() {
          for (right, second) in operations.enumerated() {
            let places = (left: batch.place(left), right: batch.place(right))
            let order = OperationOrderLaws.order(first, second)
            #expect(places.left.order(beside: places.right) == order, "seed \(seed)")
            #expect(
              try OperationOrderLaws.order(places.left, overStored: second, transaction) == order,
              "seed \(seed)")
          }
        }
      }
    }
  }

  @Test func `a winner that was stored with a damaged stamp loses`() async throws {
    let test = try TestStore(1)
    try await test.store.read { db in
      let transaction = try StoreTransaction(db)
      let operation = try OperationOrderLaws.operation(replica: 1, sequence: 1, stamp: 1, value: 0)
      let batch = try SortedBatch([Sample.frame([operation]).block], transaction)
      let order = try OperationOrderLaws.order(
        batch.place(0), overStored: operation, stamp: -1, transaction)
      #expect(order == .wins)
    }
  }

  /// Few replicas, stamps, values and sequences, so that each tie comes up.
  private static func operations(
    using generator: inout SeededGenerator
  ) throws -> [Operation] {
    try (0..<8).map { _ in
      try operation(
        replica: .random(in: 1...3, using: &generator),
        sequence: .random(in: 1...2, using: &generator),
        stamp: Bool.random(using: &generator)
          ? .random(in: 0...1, using: &generator) : Stamp.maximum.rawValue,
        value: .random(in: 0...2, using: &generator))
    }
  }

  private static func operation(
    replica: UInt64, sequence: UInt64, stamp: UInt64, value: Int
  ) throws -> Operation {
    // One that begins as another one goes on, and one that is greater and shorter.
    let values = [try Value.text("b"), try Value.text("ba"), try Value.text("c")]
    return try Operation(
      dot: Dot(replica: Sample.replica(replica), sequence: sequence), stamp: Sample.stamp(stamp),
      register: RegisterID(Sample.entity(1), Field("title")), value: values[value])
  }

  private static func order(_ left: Operation, _ right: Operation) -> OperationOrder {
    left.beats(right) ? .wins : right.beats(left) ? .loses : .same
  }

  private static func order(
    _ place: SortedBatch.Place, overStored operation: Operation, stamp: Int64? = nil,
    _ transaction: StoreTransaction
  ) throws -> OperationOrder {
    var bytes: [UInt8] = []
    bytes.append(
      UnpackedRegister(
        field: 1, stamp: stamp ?? Int64(operation.stamp.rawValue),
        replica: try transaction.interner.number(of: operation.dot.replica),
        sequence: Int64(operation.dot.sequence), siblings: 0, value: operation.value.bytes))
    return try bytes.withUnsafeBytes { registers in
      try place.order(beside: PackedRegister(in: registers, at: 0), in: registers, transaction)
    }
  }
}
