import GRDB
import Replication

/// The table of the ids this database has written as (Protocol 6.6).
enum IdentityTable {
  static func load(
    _ db: Database, _ interner: Interner, current: ReplicaID
  ) throws -> OwnIdentities {
    let select = try RawStatement(db, "SELECT replica, issued, file, token, shown FROM identity")
    defer { select.reset() }
    var entries: [ReplicaID: OwnIdentities.Entry] = [:]
    while try select.step() {
      guard let token = select.identifier(3) else {
        throw StoreError.damaged("a row of the table identity is malformed")
      }
      let issued = Issued(
        sequence: UInt64(clamping: select.integer(1)), file: UInt64(clamping: select.integer(2)),
        token: token)
      entries[try interner.replica(select.integer(0))] = OwnIdentities.Entry(
        issued: issued, shown: UInt64(clamping: select.integer(4)))
    }
    return OwnIdentities(current: current, entries: entries)
  }

  /// Writes the rows that differ from `before`.
  static func save(_ transaction: StoreTransaction, from before: OwnIdentities) throws {
    let after = transaction.identities
    for replica in Set(before.entries.keys).union(after.entries.keys)
    where before.entries[replica] != after.entries[replica] {
      let number = try transaction.interner.number(of: replica)
      if let entry = after.entries[replica] {
        try write(entry, of: number, transaction.db)
      } else {
        let delete = try RawStatement(transaction.db, "DELETE FROM identity WHERE replica = ?")
        delete.bind(number, at: 1)
        try delete.run()
      }
    }
  }

  static func write(
    _ entry: OwnIdentities.Entry, of replica: Int64, _ db: Database
  ) throws {
    let insert = try RawStatement(db, "INSERT OR REPLACE INTO identity VALUES (?, ?, ?, ?, ?)")
    insert.bind(replica, at: 1)
    insert.bind(Int64(clamping: entry.issued.sequence), at: 2)
    insert.bind(Int64(clamping: entry.issued.file), at: 3)
    insert.bind(entry.issued.token, at: 4)
    insert.bind(Int64(clamping: entry.shown), at: 5)
    try insert.run()
  }
}
