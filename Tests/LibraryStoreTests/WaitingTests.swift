import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Statements that wait for what has not arrived (Protocol 1.8).
struct WaitingTests {
  /// What a replica of this number wrote first.
  private func first(_ numbers: ClosedRange<Int>) -> Knowledge {
    Knowledge(
      Dictionary(
        uniqueKeysWithValues: numbers.map { (Sample.replica(UInt64($0)), SequenceSet(1...1)) }))
  }

  private func conclude(_ statement: DeltaStatement?, in store: ReplicaStore) async throws {
    _ = try await store.conclude(statement, from: nil, now: Sample.now)
  }

  @Test(arguments: 0..<20)
  func `statements in any order lead to what they allow`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    // Each needs what some earlier ones tell, and the first needs nothing.
    let statements = (0..<40).map { number in
      let basis =
        number == 0 ? Knowledge() : first(100...99 + Int.random(in: 1...number, using: &generator))
      return DeltaStatement(basis: basis, carried: Knowledge(), known: first(100...100 + number))
    }
    var expected = try await test.store.report().knowledge
    var waiting: [DeltaStatement] = []
    for statement in statements.shuffled(using: &generator) {
      waiting = expected.conclude(waiting + [statement])
      try await conclude(statement, in: test.store)
      #expect(try await test.store.report().knowledge == expected)
      #expect(try await test.store.waitingCount() == waiting.count)
    }
    #expect(waiting.isEmpty)
  }

  @Test func `what still waits is neither written nor read again`() async throws {
    let test = try TestStore(1)
    for number in 1...200 {
      let lacking = first(500...500 + number)
      try await conclude(
        DeltaStatement(basis: lacking, carried: Knowledge(), known: lacking), in: test.store)
    }
    #expect(try await test.store.waitingCount() == 200)
    let before = try await test.store.changedRows()
    let one = first(10...10)
    try await conclude(
      DeltaStatement(basis: Knowledge(), carried: Knowledge(), known: one), in: test.store)
    #expect(try await test.store.report().knowledge.dominates(one))
    // The state's two, and one of knowledge with the replica it names.
    #expect(try await test.store.changedRows() - before < 10)
  }

  @Test func `of those that wait the latest are kept, and each once`() async throws {
    let test = try TestStore(1)
    for _ in 0..<2 {
      for number in 1...WaitingTable.limit + 10 {
        let lacking = first(number + 100...number + 100)
        try await conclude(
          DeltaStatement(basis: lacking, carried: Knowledge(), known: first(99...number + 100)),
          in: test.store)
      }
    }
    #expect(try await test.store.waitingCount() == WaitingTable.limit)
    let last = first(WaitingTable.limit + 110...WaitingTable.limit + 110)
    try await conclude(
      DeltaStatement(basis: Knowledge(), carried: Knowledge(), known: last), in: test.store)
    #expect(try await test.store.report().knowledge.dominates(first(99...WaitingTable.limit + 110)))
    #expect(try await test.store.waitingCount() == 0)
  }
}

extension ReplicaStore {
  fileprivate func waitingCount() throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM waiting") ?? 0 }
  }

  /// How many rows this connection has ever changed.
  fileprivate func changedRows() throws -> Int { queue.inDatabase { $0.totalChangesCount } }
}
