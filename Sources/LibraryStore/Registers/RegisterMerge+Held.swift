import Coding
import GRDB
import Replication

extension RegisterMerge {
  /// For each operation of the batch, by its place, whether it is still its register's winner or a
  /// sibling in it.
  static func held(_ batch: SortedBatch, _ transaction: StoreTransaction) throws -> [Bool] {
    var held = [Bool](repeating: false, count: batch.count)
    var stored = try RegisterScan(transaction.db)
    defer { stored.close() }
    let exact = try RegisterTable(transaction)
    var start = 0
    while start < batch.count {
      let end = batch.end(of: start)
      defer { start = end }
      let id = RegisterID(batch.entity(at: start).id, batch.field(at: start).name)
      let key = batch.key(at: start)
      try stored.find(key)
      guard let (register, value) = try stored.run.register(key) else { continue }
      let siblings =
        register.siblings == 0
        ? []
        : try exact.register(id, packed: register, value: value, entity: key.entity).siblings
      for place in (start..<end).map({ batch.place(at: $0) }) {
        held[place.number] =
          place.block.replica == register.replica && Int64(place.sequence) == register.sequence
          || siblings.contains { $0.dot == place.dot }
      }
    }
    return held
  }
}
