import Replication

/// A case of `Protocol/vectors/joining.json`.
package struct JoiningVector: Codable, Sendable {
  package let name: String
  package let operations: [VectorOperation]
  package let value: [Held]

  /// What is held of a register, as places in the list of operations.
  package struct Held: Codable, Equatable, Sendable {
    package let winner: Int
    package let siblings: [Int]
  }

  package init(name: String, operations: [Operation], registers: [RegisterID: Register]) {
    self.name = name
    self.operations = operations.map(VectorOperation.init)
    value = JoiningVector.held(registers, in: operations)
  }

  /// The registers, ascending; an operation that was not joined has no place, which is -1.
  package static func held(
    _ registers: [RegisterID: Register], in operations: [Operation]
  ) -> [Held] {
    let place = { operations.firstIndex(of: $0) ?? -1 }
    return registers.sorted { $0.key < $1.key }.map {
      Held(winner: place($0.value.winner), siblings: $0.value.siblings.map(place))
    }
  }
}

/// A case of `Protocol/vectors/concluding.json`.
package struct ConcludingVector: Codable, Sendable {
  package let name: String
  package let steps: [Step]
  package let value: [Outcome]

  package struct Step: Codable, Sendable {
    /// The dots of operations that arrive.
    package let operations: [String]?
    package let statement: VectorStatement?

    package init(operations: Knowledge, statement: DeltaStatement?) {
      self.operations = operations.lines
      self.statement = statement.map(VectorStatement.init)
    }
  }

  package struct Outcome: Codable, Equatable, Sendable {
    package let known: [String]
    package let waiting: Int

    package init(known: Knowledge, waiting: Int) {
      self.known = known.lines
      self.waiting = waiting
    }
  }

  package init(name: String, steps: [Step], value: [Outcome]) {
    self.name = name
    self.steps = steps
    self.value = value
  }
}

/// A case of `Protocol/vectors/conflicts.json`.
package struct ConflictVector: Codable, Sendable {
  package let name: String
  package let operations: [VectorOperation]
  package let value: [Pair]

  /// What is shown and what is not, as places in the list of operations.
  package struct Pair: Codable, Equatable, Sendable {
    package let shown: Int
    package let hidden: Int

    package init(shown: Operation, hidden: Operation, in operations: [Operation]) {
      self.shown = operations.firstIndex(of: shown) ?? -1
      self.hidden = operations.firstIndex(of: hidden) ?? -1
    }
  }

  package init(name: String, operations: [Operation], value: [Pair]) {
    self.name = name
    self.operations = operations.map(VectorOperation.init)
    self.value = value
  }
}
