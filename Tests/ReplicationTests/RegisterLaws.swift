import Replication
import TestSupport
import Testing

/// Joining is total, commutative, associative and idempotent over whatever may arrive.
struct RegisterLaws {
  @Test func `merge is commutative, associative and idempotent over hostile operations`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let states = try (0..<3).map { _ in try state(using: &generator) }
      let (a, b, c) = (states[0], states[1], states[2])
      #expect(a.merged(with: b) == b.merged(with: a), "seed \(seed)")
      #expect(
        a.merged(with: b).merged(with: c) == a.merged(with: b.merged(with: c)), "seed \(seed)")
      #expect(a.merged(with: a) == a, "seed \(seed)")
      #expect(a.merged(with: b).merged(with: a) == a.merged(with: b), "seed \(seed)")
    }
  }

  @Test func `hostile operations give one state in any order and repetition`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let operations = try AdversarialOperations.list(count: 7, using: &generator)
      let repeated = (operations + operations.prefix(3)).shuffled(using: &generator)
      #expect(Register.joining(repeated) == Register.joining(operations), "seed \(seed)")
    }
  }

  @Test func `joining many at once is comparing each with each`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let operations = try AdversarialOperations.list(count: 9, using: &generator)
      let authored = Set(operations.filter { $0.context != nil })
      let siblings = authored.filter { operation in
        !authored.contains { $0.supersedes(operation) }
      }
      let split = Int.random(in: 1...operations.count, using: &generator)
      var register = Register.joining(Array(operations.prefix(split)))
      register.join(operations.dropFirst(split))
      #expect(Set(register.siblings) == siblings, "seed \(seed)")
      #expect(operations.allSatisfy { !$0.beats(register.winner) }, "seed \(seed)")
      #expect(Set(register.held) == siblings.union([register.winner]), "seed \(seed)")
      #expect(register.held.count == Set(register.held).count, "seed \(seed)")
    }
  }

  @Test func `what supersedes and what is superseded is found as comparing finds it`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let operations = try AdversarialOperations.list(count: 12, using: &generator)
        .filter { $0.context != nil }
      let superseders = Superseders(operations.compactMap(\.context))
      for operation in operations {
        let context = operation.context ?? .empty
        #expect(
          superseders.supersede(operation.dot, context)
            == operations.contains { $0.supersedes(operation) }, "seed \(seed)")
        var superseded = Superseded(operations.map { ($0.dot, $0.context ?? .empty) })
        let taken = superseded.take(supersededBy: context)
        #expect(
          taken.sorted() == operations.indices.filter { operation.supersedes(operations[$0]) },
          "seed \(seed)")
        #expect(superseded.take(supersededBy: context).isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func `applying what is held again gives the same state`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let register = try state(using: &generator)
      #expect(
        Register.joining(register.held.shuffled(using: &generator)) == register, "seed \(seed)")
    }
  }

  @Test func `exactly one of two different operations beats the other`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let pair = try AdversarialOperations.list(count: 2, using: &generator)
      let forwards = pair[0].beats(pair[1])
      let backwards = pair[1].beats(pair[0])
      #expect(pair[0] == pair[1] ? !forwards && !backwards : forwards != backwards, "seed \(seed)")
    }
  }

  @Test func `beating is transitive`() throws {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let three = try AdversarialOperations.list(count: 3, using: &generator)
      if three[0].beats(three[1]), three[1].beats(three[2]) {
        #expect(three[0].beats(three[2]), "seed \(seed)")
      }
    }
  }

  @Test func `superseding is transitive and never mutual`() throws {
    var chains = 0
    for seed in 0..<(20 * Laws.histories.upperBound) {
      var generator = SeededGenerator(seed: seed)
      let three = try AdversarialOperations.list(count: 3, using: &generator)
      #expect(
        !(three[0].supersedes(three[1]) && three[1].supersedes(three[0])), "seed \(seed)")
      if three[0].supersedes(three[1]), three[1].supersedes(three[2]) {
        chains += 1
        #expect(three[0].supersedes(three[2]), "seed \(seed)")
      }
    }
    #expect(chains > 0, "no seed gave a chain to check")
  }

  @Test func `rule 1 compares stamp, replica, value bytes, sequence and context in turn`() throws {
    let ascending = [
      try Sample.operation(2, 9, stamp: 1, value: .integer(7)),
      try Sample.operation(1, 9, stamp: 2, value: .integer(7)),
      try Sample.operation(2, 9, stamp: 2, value: .flag(false)),
      try Sample.operation(2, 1, stamp: 2, value: .flag(true)),
      try Sample.operation(2, 2, stamp: 2, value: .flag(true)),
      try Sample.operation(2, 2, stamp: 2, value: .flag(true), context: .empty),
      try Sample.operation(2, 2, stamp: 2, value: .flag(true), context: Sample.context((1, 1))),
      try Sample.operation(2, 2, stamp: 2, value: .flag(true), context: Sample.context((1, 2))),
    ]
    for (weaker, stronger) in zip(ascending, ascending.dropFirst()) {
      #expect(stronger.beats(weaker))
      #expect(!weaker.beats(stronger))
    }
  }

  @Test func `values compare as bytes, not as text`() throws {
    let composed = try Value.text("\u{e9}")
    let decomposed = try Value.text("e\u{301}")
    #expect(composed != decomposed)
    let (one, other) = (
      try Sample.operation(value: composed), try Sample.operation(value: decomposed)
    )
    #expect(one.beats(other))
    #expect(!other.beats(one))
  }

  private func state(using generator: inout SeededGenerator) throws -> Register {
    let count = Int.random(in: 1...5, using: &generator)
    return Register.joining(try AdversarialOperations.list(count: count, using: &generator))
  }
}

extension Register {
  /// The state after at least one operation.
  fileprivate static func joining(_ operations: [Operation]) -> Register {
    var register = Register(operations[0])
    for operation in operations.dropFirst() { register.apply(operation) }
    return register
  }

  fileprivate func merged(with other: Register) -> Register {
    var merged = self
    merged.merge(other)
    return merged
  }
}
