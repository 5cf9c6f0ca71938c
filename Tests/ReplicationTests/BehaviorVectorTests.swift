import Replication
import TestSupport
import Testing

/// The vectors of behavior, held against the in-memory replica.
struct BehaviorVectorTests {
  @Test func `joining the operations in any order gives the registers of the vectors`() throws {
    let vectors: [JoiningVector] = try VectorFile.cases(in: "joining")
    #expect(vectors.count >= 40)
    var generator = SeededGenerator(seed: 12)
    for vector in vectors {
      let operations = try vector.operations.map { try $0.operation() }
      for _ in 0..<12 {
        var replica = ReferenceReplica(id: Sample.replica(1))
        let repeated = operations + operations.filter { _ in .random(using: &generator) }
        replica.apply(
          Delta(operations: repeated.shuffled(using: &generator), statement: nil))
        #expect(
          JoiningVector.held(replica.registers, in: operations) == vector.value, "\(vector.name)")
      }
    }
  }

  @Test func `knowledge grows step by step as in the vectors`() throws {
    let vectors: [ConcludingVector] = try VectorFile.cases(in: "concluding")
    #expect(vectors.count >= 15)
    for vector in vectors {
      var knowledge = Knowledge()
      var waiting: [DeltaStatement] = []
      var outcomes: [ConcludingVector.Outcome] = []
      for step in vector.steps {
        knowledge.formUnion(try #require(Knowledge(lines: step.operations ?? [])))
        let statement = try step.statement.map { try #require($0.statement) }
        waiting = knowledge.conclude(waiting + [statement].compactMap { $0 })
        outcomes.append(.init(known: knowledge, waiting: waiting.count))
      }
      #expect(outcomes == vector.value, "\(vector.name)")
    }
  }

  @Test func `a register's conflicts are those of the vectors`() throws {
    for vector: ConflictVector in try VectorFile.cases(in: "conflicts") {
      let operations = try vector.operations.map { try $0.operation() }
      var replica = ReferenceReplica(id: Sample.replica(1))
      replica.apply(Delta(operations: operations, statement: nil))
      for (id, register) in replica.registers where id.field != Field("deleted") {
        let expected = vector.value.filter { operations[$0.hidden].register == id }
          .filter { operations[$0.shown].register == id }
        let found = register.conflicts.map {
          ConflictVector.Pair(shown: register.winner, hidden: $0, in: operations)
        }
        #expect(found == expected, "\(vector.name)")
      }
    }
  }
}
