import Replication

/// The merge rules said once more, from all operations at once and without contexts: what an
/// author had before them is remembered here, not read from what they wrote.
package enum Oracle {
  /// - Parameter resolved: per authored operation, those whose texts are gone where it arrives.
  package static func registers(
    of operations: some Sequence<Operation>, resolved: [Operation: Set<Operation>]
  ) -> [RegisterID: Register] {
    Dictionary(grouping: operations, by: \.register).compactMapValues { operations in
      let authored = operations.filter { $0.context != nil }
      let gone = authored.reduce(into: Set<Operation>()) { $0.formUnion(resolved[$1] ?? []) }
      return operations.max(by: isWeaker).map {
        Register(winner: $0, siblings: authored.filter { !gone.contains($0) })
      }
    }
  }

  /// Rule 1 of Protocol 1.5, as far as honest replicas go.
  private static func isWeaker(_ left: Operation, _ right: Operation) -> Bool {
    let keys = [left, right].map {
      [$0.stamp.rawValue, $0.dot.replica.identifier.high, $0.dot.replica.identifier.low]
    }
    return keys[0].lexicographicallyPrecedes(keys[1])
  }
}
