/// Some authored operations, arranged by the replicas that their contexts name: which of them
/// supersede a given one is found without looking at all of them.
package struct Superseders {
  private let contexts: [Context]
  /// Which contexts name a replica, those that name the highest sequence first.
  private var byReplica: [ReplicaID: [(sequence: UInt64, number: Int)]] = [:]

  package init(_ contexts: [Context]) {
    self.contexts = contexts
    for (number, context) in contexts.enumerated() {
      for entry in context.entries {
        byReplica[entry.replica, default: []].append((entry.sequence, number))
      }
    }
    for replica in byReplica.keys { byReplica[replica]?.sort { $0.sequence > $1.sequence } }
  }

  /// Whether one of them supersedes the authored operation of this dot and context.
  package func supersede(_ dot: Dot, _ context: Context) -> Bool {
    guard let candidates = byReplica[dot.replica] else { return false }
    return candidates.lazy.prefix { $0.sequence >= dot.sequence }
      .contains { contexts[$0.number].includes(context) }
  }
}

/// Some authored operations, arranged by their dots: which of them a given one supersedes is found
/// without looking at all of them.
package struct Superseded {
  private let contexts: [Context]
  /// By replica, the lowest sequence first.
  private var byReplica: [ReplicaID: [(sequence: UInt64, number: Int)]] = [:]

  package init(_ operations: [(dot: Dot, context: Context)]) {
    contexts = operations.map(\.context)
    for (number, operation) in operations.enumerated() {
      byReplica[operation.dot.replica, default: []].append((operation.dot.sequence, number))
    }
    for replica in byReplica.keys { byReplica[replica]?.sort { $0.sequence < $1.sequence } }
  }

  /// Takes out those that an operation of this context supersedes; returns their numbers.
  package mutating func take(supersededBy context: Context) -> [Int] {
    var taken: [Int] = []
    for entry in context.entries {
      guard let candidates = byReplica[entry.replica] else { continue }
      let covered = candidates.prefix { $0.sequence <= entry.sequence }
      let gone = covered.filter { context.includes(contexts[$0.number]) }
      guard !gone.isEmpty else { continue }
      taken += gone.map(\.number)
      let numbers = Set(gone.map(\.number))
      byReplica[entry.replica] = candidates.filter { !numbers.contains($0.number) }
    }
    return taken
  }
}
