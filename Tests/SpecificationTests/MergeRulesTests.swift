import Foundation
import Replication
import TestSupport
import Testing

/// `Examples/merge-rules.py`, written from the specification alone, agrees with the vectors and,
/// over random cases, with Swift.
@Suite(.enabled(if: Python.isPresent, "python3 is not installed"))
struct MergeRulesTests {
  @Test func `every vector of behavior comes out right in Python`() async throws {
    try await withTemporaryFolder { folder in
      let answer = try Python.run(
        [Repository.mergeRules.path, "--vectors", Repository.vectors.path], in: folder)
      #expect(answer.code == 0, "\(answer.errors)")
      let passed = try #require(answer.output.split(separator: " ").first.flatMap { Int($0) })
      #expect(passed >= 300)
    }
  }

  @Test func `random operations join to the same registers in Python`() async throws {
    let cases = (UInt64(1)...1_000).map { seed in
      var generator = SeededGenerator(seed: seed)
      let operations = (0..<Int.random(in: 1...9, using: &generator)).compactMap { _ in
        try? MergeRulesTests.operation(using: &generator)
      }
      var replica = ReferenceReplica(id: MergeRulesTests.replica(1))
      replica.apply(Delta(operations: operations, statement: nil))
      return JoiningVector(
        name: "seed \(seed)", operations: operations, registers: replica.registers)
    }
    try await compare(cases, as: "joining")
  }

  @Test func `random statements conclude the same in Python`() async throws {
    let cases = (UInt64(1)...1_000).map { seed in
      var generator = SeededGenerator(seed: seed)
      var knowledge = Knowledge()
      var waiting: [DeltaStatement] = []
      var steps: [ConcludingVector.Step] = []
      var outcomes: [ConcludingVector.Outcome] = []
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let arrived = MergeRulesTests.knowledge(using: &generator)
        let statement = DeltaStatement(
          basis: MergeRulesTests.knowledge(using: &generator),
          carried: MergeRulesTests.knowledge(using: &generator),
          known: MergeRulesTests.knowledge(using: &generator))
        knowledge.formUnion(arrived)
        waiting = knowledge.conclude(waiting + [statement])
        steps.append(.init(operations: arrived, statement: statement))
        outcomes.append(.init(known: knowledge, waiting: waiting.count))
      }
      return ConcludingVector(name: "seed \(seed)", steps: steps, value: outcomes)
    }
    try await compare(cases, as: "concluding")
  }

  private func compare<Case: Encodable & Sendable>(_ cases: [Case], as name: String) async throws {
    try await withTemporaryFolder { folder in
      try JSONEncoder().encode(["cases": cases]).write(to: folder.appending(path: "\(name).json"))
      let answer = try Python.run(
        [Repository.mergeRules.path, "--vectors", folder.path], in: folder)
      let summary = "\(cases.count) passed, 0 failed\n"
      #expect(answer.output == summary, "\(answer.errors.prefix(2_000))")
    }
  }
}

// Random parts, small enough that they meet.
extension MergeRulesTests {
  private static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(Identifier(high: number << 62, low: number))
  }

  /// Throws for a context that covers its own operation.
  private static func operation(
    using generator: inout SeededGenerator
  ) throws -> Replication.Operation {
    let fields = [Field("note"), Field("title")]
    let values: [Value] = try [.nothing, .text("a"), .text("ab"), .data([0xff]), .integer(-1)]
    let stamp = Stamp(wallMilliseconds: .random(in: 0...2, using: &generator))
    return try Replication.Operation(
      dot: Dot(
        replica: replica(.random(in: 1...3, using: &generator)),
        sequence: .random(in: 1...3, using: &generator)),
      stamp: stamp,
      register: RegisterID(
        EntityID(kind: EntityKind(number: 1), key: Identifier(high: 0, low: 1)),
        fields.randomElement(using: &generator) ?? fields[0]),
      value: values.randomElement(using: &generator) ?? .nothing,
      context: context(using: &generator))
  }

  private static func context(using generator: inout SeededGenerator) -> Context? {
    guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
    let count = Int.random(in: 0...3, using: &generator)
    return Context(
      (0..<count).map { _ in
        Context.Entry(
          replica: replica(.random(in: 1...3, using: &generator)),
          sequence: .random(in: 1...3, using: &generator))
      })
  }

  private static func knowledge(using generator: inout SeededGenerator) -> Knowledge {
    var knowledge = Knowledge()
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let first = UInt64.random(in: 1...4, using: &generator)
      knowledge.insert(
        SequenceSet(first...first + .random(in: 0...1, using: &generator)),
        of: replica(.random(in: 1...2, using: &generator)))
    }
    return knowledge
  }
}
