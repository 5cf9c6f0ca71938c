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
  public mutating func apply(_ operation: Operation) {
    if operation.beats(winner) { winner = operation }
    guard operation.context != nil else { return }
    guard !siblings.contains(where: { $0 == operation || $0.supersedes(operation) }) else { return }
    siblings.removeAll { operation.supersedes($0) }
    siblings.append(operation)
    siblings.sort { $1.beats($0) }
  }

  /// Joins another replica's state of the same register in.
  public mutating func merge(_ other: Register) {
    apply(other.winner)
    for sibling in other.siblings { apply(sibling) }
  }

  /// What was written and is not shown: the conflicts of this register, the weakest first.
  ///
  /// A sibling that says what is shown hides nothing, and is none (Protocol 5.6).
  public var conflicts: [Operation] { siblings.filter { $0.value != winner.value } }

  /// Every operation that must stay in the log and travel.
  public var held: [Operation] {
    siblings.contains(winner) ? siblings : [winner] + siblings
  }

  /// The context of a write whose author sees this register: covers all siblings.
  ///
  /// It does not cover a winner that is no authored text. That winner's writer may have left
  /// authored text unresolved before it, which covering a later dot of that replica would cover
  /// too, unseen (Protocol 1.6).
  public var contextForNextWrite: Context {
    siblings.reduce(.empty) { $0.joined(with: $1.context ?? .empty, and: $1.dot) }
  }
}
