import GRDB
import Replication

/// The peers that were last heard to know what this replica knows and to hold another result
/// (Protocol 1.10), until they are heard to hold the same.
struct DivergenceTable {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Compares a report with what is here, before it is remembered; returns whether it shows that
  /// the two have diverged.
  ///
  /// One that knows something else shows nothing; so does one that is older than the report which
  /// was kept, for what it shows may have been healed since.
  func note(_ report: PeerReport, now: Int64) throws -> Bool {
    guard report.knowledge == transaction.knowledge, try !isOutdated(report) else { return false }
    let number = try transaction.interner.number(of: report.replica)
    guard report.fingerprint != transaction.fingerprint else {
      try transaction.db.execute(
        sql: "DELETE FROM divergence WHERE replica = ?", arguments: [number])
      return false
    }
    try transaction.db.execute(
      sql: "INSERT OR IGNORE INTO divergence VALUES (?, ?)", arguments: [number, now])
    return true
  }

  private func isOutdated(_ report: PeerReport) throws -> Bool {
    let number = try transaction.interner.number(of: report.replica)
    let clock = try Int64.fetchOne(
      transaction.db, sql: "SELECT clock FROM peer WHERE replica = ?", arguments: [number])
    return clock.map { report.clock.rawValue < UInt64($0) } ?? false
  }

  /// The longest known first.
  func all() throws -> [(replica: ReplicaID, sinceMilliseconds: Int64)] {
    let select = try CachedStatement(
      transaction.db, "SELECT replica, since FROM divergence ORDER BY since, replica")
    return try select.all { row in
      (try transaction.interner.replica(row.integer(0)), row.integer(1))
    }
  }
}
