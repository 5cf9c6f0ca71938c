/// Joins contexts, in time that grows with what is joined and with nothing else.
package struct ContextJoin {
  private var highest: [ReplicaID: UInt64] = [:]

  package init() {}

  /// Keeps the higher sequence of each replica.
  package mutating func add(_ context: Context) {
    for entry in context.entries { add(entry.replica, entry.sequence) }
  }

  /// Past the limit no more replicas are taken: the context is refused whatever else it would name.
  package mutating func add(_ replica: ReplicaID, _ sequence: UInt64) {
    guard sequence > 0 else { return }
    if let present = highest[replica] {
      if present < sequence { highest[replica] = sequence }
    } else if highest.count <= Limits.replicas {
      highest[replica] = sequence
    }
  }

  package var context: Context {
    Context(highest.lazy.map { Context.Entry(replica: $0.key, sequence: $0.value) })
  }
}
