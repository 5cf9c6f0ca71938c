/// The state of one register: the operation that wins, and the authored ones no other supersedes.
///
/// Both halves are joins of sets of operations (a maximum and an antichain), so applying is
/// total, idempotent, commutative and associative.
public struct Register: Hashable, Sendable {
  /// What is shown.
  public private(set) var winner: Operation
  /// Authored operations that no other supersedes, the weakest first; the winner is among them
  /// when it is authored text.
  public private(set) var siblings: [Operation]

  public init(_ operation: Operation) {
    winner = operation
    siblings = operation.context == nil ? [] : [operation]
  }

  /// A register as it was stored.
  package init(winner: Operation, siblings: [Operation]) {
    self.winner = winner
    self.siblings = siblings.sorted { $1.beats($0) }
  }

  /// Joins one operation in.
  public mutating func apply(_ operation: Operation) { join(CollectionOfOne(operation)) }

  /// Joins operations in, in any order and repetition.
  public mutating func join(_ operations: some Sequence<Operation>) {
    var authored = siblings
    var known = Set(siblings)
    for operation in operations {
      if operation.beats(winner) { winner = operation }
      if operation.context != nil, known.insert(operation).inserted { authored.append(operation) }
    }
    guard authored.count > siblings.count else { return }
    let superseders = Superseders(authored.map { $0.context ?? .empty })
    siblings = authored.filter { !superseders.supersede($0.dot, $0.context ?? .empty) }
      .sorted { $1.beats($0) }
  }

  /// Joins another replica's state of the same register in.
  public mutating func merge(_ other: Register) { join([other.winner] + other.siblings) }

  /// What was written and is not shown: the conflicts of this register, the weakest first.
  ///
  /// A sibling that says what is shown hides nothing, and is none (Protocol 5.6).
  public var conflicts: [Operation] { siblings.filter { $0.value != winner.value } }

  /// Every operation that must stay in the log and travel.
  public var held: [Operation] { siblings.last == winner ? siblings : [winner] + siblings }
}
