/// What the author of a write was shown of a register.
///
/// It stays what it is while others merge, such as for as long as an editor is open. A write over
/// it covers what was shown then, and nothing that came later (Protocol 1.6).
public struct Shown: Hashable, Sendable {
  public let register: RegisterID
  /// Nil where the register was never written.
  public let value: Value?
  /// Other values that stood beside it as conflicts.
  public let conflicts: [Value]
  /// The context of a write that answers this. One that names too many replicas makes no operation.
  package let context: Context

  package init(_ register: RegisterID, value: Value?, conflicts: [Value], context: Context) {
    self.register = register
    self.value = value
    self.conflicts = conflicts
    self.context = context
  }

  /// The text, where it is one.
  public var text: String? { value?.text }

  /// Whether a person wrote what is shown, so that its history is kept.
  public var isAuthored: Bool { context != .empty }

  /// A register nobody has written yet.
  public init(unwritten register: RegisterID) {
    self.init(register, value: nil, conflicts: [], context: .empty)
  }
}

extension Register {
  /// This register as a replica shows it that knows so much.
  public func shown(knowing knowledge: Knowledge) -> Shown {
    var join = ContextJoin()
    for sibling in siblings { join.add(sibling, knowing: knowledge) }
    return Shown(
      winner.register, value: winner.value, conflicts: conflicts.map(\.value),
      context: join.context)
  }
}

extension ContextJoin {
  /// Covers an authored operation that was shown, and all that its writer was shown.
  package mutating func add(_ sibling: Operation, knowing knowledge: Knowledge) {
    add(sibling.dot, context: sibling.context ?? .empty, knowing: knowledge)
  }

  /// Covers of the operation's replica nothing past the first gap in what is known: a text whose
  /// dot lies there may never have been shown to anyone here.
  package mutating func add(_ dot: Dot, context: Context, knowing knowledge: Knowledge) {
    add(context)
    add(dot.replica, min(dot.sequence, knowledge[dot.replica].unbrokenEnd))
  }
}
