/// The operations one side has and the other's knowledge lacks, with what may be concluded from
/// having all of them.
public struct Delta: Sendable, Equatable {
  public var operations: [Operation]
  /// Nil where the delta is a selection, from which nothing more may be concluded.
  public var statement: DeltaStatement?

  public init(operations: [Operation], statement: DeltaStatement?) {
    self.operations = operations
    self.statement = statement
  }
}

/// Rule 8 (Protocol 1.8): once a replica's knowledge contains `basis` and `carried`, from whatever
/// source and in whatever parts, it may add all of `known`.
public struct DeltaStatement: Sendable, Hashable {
  /// The knowledge assumed of the receiver.
  public let basis: Knowledge
  /// The operations the delta carries.
  public let carried: Knowledge
  /// The sender's knowledge, superseded sequences included.
  public let known: Knowledge

  public init(basis: Knowledge, carried: Knowledge, known: Knowledge) {
    self.basis = basis
    self.carried = carried
    self.known = known
  }

  public func isSatisfied(by knowledge: Knowledge) -> Bool {
    knowledge.dominates(basis) && knowledge.dominates(carried)
  }

  /// What a replica lacks before the statement helps it.
  public func missing(from knowledge: Knowledge) -> Knowledge {
    basis.union(carried).subtracting(knowledge)
  }
}

extension Knowledge {
  /// Adds what `statements` allow until none allows more; returns those still waiting.
  public mutating func conclude(_ statements: [DeltaStatement]) -> [DeltaStatement] {
    var waiting = statements
    while let index = waiting.firstIndex(where: { $0.isSatisfied(by: self) }) {
      formUnion(waiting.remove(at: index).known)
    }
    return waiting.filter { !dominates($0.known) }
  }
}
