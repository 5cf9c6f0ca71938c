import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

/// The vectors of behavior, held against the durable store.
///
/// The store keeps a winner's context with its sibling alone. Nothing asks for that of a winner
/// that is none, which takes operations no honest replica writes, so winners are compared without.
struct BehaviorVectorTests {
  @Test func `the store holds the registers of the vectors`() async throws {
    for vector: JoiningVector in try VectorFile.cases(in: "joining") {
      let operations = try vector.operations.map { try $0.operation() }
      for order in [operations, operations.reversed()] {
        let test = try await BehaviorVectorTests.store(of: order)
        let registers = try await test.store.registers().sorted { $0.key < $1.key }.map(\.value)
        #expect(registers.count == vector.value.count)
        for (found, expected) in zip(registers, vector.value) {
          let (winner, other) = (found.winner, operations[expected.winner])
          #expect(winner.dot == other.dot && winner.value == other.value, "\(vector.name)")
          #expect(winner.stamp == other.stamp, "\(vector.name)")
          #expect(found.siblings == expected.siblings.map { operations[$0] }, "\(vector.name)")
        }
      }
    }
  }

  @Test func `the store lists the conflicts of the vectors`() async throws {
    let vectors: [ConflictVector] = try VectorFile.cases(in: "conflicts")
    #expect(vectors.count >= 30)
    for vector in vectors {
      let operations = try vector.operations.map { try $0.operation() }
      let test = try await BehaviorVectorTests.store(of: operations.reversed())
      let found = try await test.store.conflicts().map {
        [$0.kept.dot, $0.lost.dot]
      }
      let expected = vector.value.map { [operations[$0.shown].dot, operations[$0.hidden].dot] }
      #expect(found == expected, "\(vector.name)")
      #expect(try await test.store.conflictCount() == expected.count, "\(vector.name)")
      let registers = try await test.store.registers()
      #expect(
        ConflictOracle.conflicts(of: registers).map { [$0.kept.dot, $0.lost.dot] } == expected,
        "\(vector.name)")
    }
  }

  @Test func `the store concludes as in the vectors`() async throws {
    for vector: ConcludingVector in try VectorFile.cases(in: "concluding") {
      let test = try TestStore(1)
      for (step, outcome) in zip(vector.steps, vector.value) {
        let dots = try #require(Knowledge(lines: step.operations ?? []))
        let frames = try dots.sorted.map { replica, sequences in
          try Sample.frame(BehaviorVectorTests.operations(of: replica, sequences))
        }
        _ = try await test.store.merge(operations: frames, bodies: [], now: Sample.now)
        let statement = try step.statement.map { try #require($0.statement) }
        _ = try await test.store.conclude(statement, from: nil, now: Sample.now)
        let known = try await test.store.report().knowledge
        #expect(known.lines == outcome.known, "\(vector.name)")
      }
    }
  }

  /// A store that took the operations in one by one.
  private static func store(of operations: [Operation]) async throws -> TestStore {
    let test = try TestStore(9)
    for operation in operations {
      _ = try await test.store.merge(
        operations: [Sample.frame([operation])], bodies: [], now: Sample.now)
    }
    return test
  }

  /// One write for each sequence, each of a register of its own.
  private static func operations(
    of replica: ReplicaID, _ sequences: SequenceSet
  ) throws -> [Operation] {
    try sequences.ranges.flatMap { Array($0) }.map { sequence in
      try Operation(
        dot: Dot(replica: replica, sequence: sequence), stamp: Sample.stamp(sequence),
        register: RegisterID(Sample.entity(sequence), Field("size")), value: .flag(true))
    }
  }
}
