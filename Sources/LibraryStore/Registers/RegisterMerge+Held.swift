import GRDB
import Replication

extension RegisterMerge {
  /// For each operation of the batch, by its place, whether it is still its register's winner or a
  /// sibling in it.
  static func held(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [Bool] {
    var held = [Bool](repeating: false, count: batch.count)
    var stored = try RegisterScan(transaction.db)
    defer { stored.close() }
    let table = try SiblingTable(transaction)
    var start = 0
    while start < batch.count {
      let end = batch.end(of: start)
      defer { start = end }
      let key = batch.key(at: start)
      try stored.find(key)
      guard let (register, _) = try stored.run.register(key) else { continue }
      // By their dots alone: a twin's may stay with one of them, which costs nothing.
      var siblings: Set<NumberedDot> = []
      if register.siblings > 0 {
        try table.walk(key) {
          siblings.insert(NumberedDot(replica: $0.replica, sequence: $0.sequence))
        }
      }
      siblings.insert(NumberedDot(replica: register.replica, sequence: register.sequence))
      for place in (start..<end).map({ batch.place(at: $0) }) {
        held[place.number] = siblings.contains(
          NumberedDot(replica: place.block.replica, sequence: Int64(place.sequence)))
      }
    }
    return held
  }
}

/// A dot whose replica is interned.
private struct NumberedDot: Hashable {
  let replica: Int64
  let sequence: Int64
}
