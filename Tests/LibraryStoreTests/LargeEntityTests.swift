import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// One entity of very many registers, which are merged a stretch at a time.
struct LargeEntityTests {
  @Test(arguments: Effort.seeds(1, 3))
  func `many registers of one entity merge as they do in small pieces`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let (whole, pieces) = (try TestStore(1), try TestStore(2))
    var sequence: UInt64 = 0
    for round in 1...3 {
      // Some names come again, with later or earlier stamps; around them lie other entities.
      let operations = try (0..<10_000).map { _ in
        sequence += 1
        let article =
          Int.random(in: 0...9, using: &generator) == 0
          ? Int.random(in: 1...3, using: &generator) : 2
        let name = "n\(Int.random(in: 0..<9_000 * round, using: &generator))"
        return try Operation(
          dot: Dot(replica: Sample.replica(9), sequence: sequence),
          stamp: Stamp(wallMilliseconds: Sample.now + Int64.random(in: 0...99, using: &generator)),
          register: RegisterID(
            Sample.article(UInt64(article)).entity, Field(bytes: Array(name.utf8))),
          value: .integer(Int64(sequence)))
      }
      try await merge(operations[...], into: whole)
      var rest = operations[...]
      while !rest.isEmpty {
        try await merge(rest.prefix(700), into: pieces)
        rest = rest.dropFirst(700)
      }
      let states = (try await whole.store.report(), try await pieces.store.report())
      #expect(states.0.fingerprint == states.1.fingerprint, "seed \(seed), round \(round)")
      #expect(states.0.knowledge == states.1.knowledge)
    }
    #expect(try await whole.store.check(deep: true, repair: false).damage == [])
  }

  private func merge(_ operations: ArraySlice<Operation>, into test: TestStore) async throws {
    let (first, last) = (operations.first, operations.last)
    guard let first, let last else { return }
    let frame = try OperationBlock.frame(
      of: Array(operations), replica: first.dot.replica,
      range: first.dot.sequence...last.dot.sequence)
    _ = try await test.store.merge(
      operations: [(frame, try OperationBlock(payload: frame.payload()))], bodies: [],
      now: Sample.now)
  }
}
