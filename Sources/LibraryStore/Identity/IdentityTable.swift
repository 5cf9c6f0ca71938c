import GRDB
import Replication

/// The table of the ids this database has written as (Protocol 6.6).
enum IdentityTable {
  static func load(
    _ db: Database, _ interner: Interner, current: ReplicaID
  ) throws -> OwnIdentities {
    let select = try CachedStatement(
      db, "SELECT replica, issued, file, token, shown FROM identity")
    var entries: [ReplicaID: OwnIdentities.Entry] = [:]
    try select.walk { row in
      guard let token = row.identifier(3) else {
        throw StoreError.damaged("a row of the table identity is malformed")
      }
      let issued = Issued(
        sequence: UInt64(clamping: row.integer(1)), file: UInt64(clamping: row.integer(2)),
        token: token)
      entries[try interner.replica(row.integer(0))] = OwnIdentities.Entry(
        issued: issued, shown: UInt64(clamping: row.integer(4)))
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
        try CachedStatement(transaction.db, "DELETE FROM identity WHERE replica = ?")
          .run([.integer(number)])
      }
    }
  }

  static func write(
    _ entry: OwnIdentities.Entry, of replica: Int64, _ db: Database
  ) throws {
    try CachedStatement(db, "INSERT OR REPLACE INTO identity VALUES (?, ?, ?, ?, ?)")
      .run([
        .integer(replica), .integer(Int64(clamping: entry.issued.sequence)),
        .integer(Int64(clamping: entry.issued.file)), .identifier(entry.issued.token),
        .integer(Int64(clamping: entry.shown)),
      ])
  }
}
