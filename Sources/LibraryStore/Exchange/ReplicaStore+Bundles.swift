import Coding
import Foundation
import GRDB
import Replication

// Which bundles need not be read, written or kept (Protocol 3.13 to 3.15).
extension ReplicaStore {
  /// Whether a bundle has nothing for this replica: it was merged whole or written here, all it
  /// carries is known, and no body is wanted.
  ///
  /// - Parameter header: the SHA-256 of its header's payload.
  package func isKnownBundle(
    _ header: ContentHash, carrying carried: Knowledge
  ) throws(StoreError) -> Bool {
    try read { db in
      let select = try CachedStatement(db, "SELECT 1 FROM known_bundle WHERE header = ?")
      guard try select.hasRow([.hash(header)]), try BodyTable(db).missingCount() == 0
      else { return false }
      return try StoreTransaction(db).knowledge.dominates(carried)
    }
  }

  /// Remembers bundles that were merged whole or written, of all the ``Limits/knownBundles`` last.
  package func noteKnownBundles(
    _ headers: [ContentHash], now: Int64
  ) throws(StoreError) {
    try change { try $0.noteKnownBundles(headers, now: now) }
  }

  /// What a bundle that was read or written whole has for others.
  package struct BundleContent: Sendable {
    package let known: Knowledge
    package let hasBodies: Bool

    package init(known: Knowledge, hasBodies: Bool) {
      self.known = known
      self.hasBodies = hasBodies
    }
  }

  /// For each bundle, whether no replica that is known here and not retired needs it any more.
  package func areUnneeded(_ bundles: [BundleContent]) throws(StoreError) -> [Bool] {
    try read { db in
      let transaction = try StoreTransaction(db)
      let reports = Dictionary(
        try PeerTable(transaction).all().map { ($0.report.replica, $0.report) },
        uniquingKeysWith: { first, _ in first })
      let others = try PeerQuery(transaction).all()
        .filter { !$0.isRetired && !$0.isOwn }.map { reports[$0.replica] }
      // Its first bundle may be for a machine that has yet to join.
      guard !others.isEmpty else { return bundles.map { _ in false } }
      let knowledge = [transaction.knowledge] + others.map { $0?.knowledge ?? Knowledge() }
      let bodies = BodyTable(db)
      // What one wants and this replica lacks is in no bundle that was read whole.
      let isWanting = try Set(others.flatMap { $0?.wanted ?? [] })
        .contains { try bodies.has($0) }
      return bundles.map { bundle in
        !(bundle.hasBodies && isWanting) && knowledge.allSatisfy { $0.dominates(bundle.known) }
      }
    }
  }

  /// Whether the last bundle for a replica said all that one would say now.
  package func hasTold(_ receiver: ReplicaID) throws(StoreError) -> Bool {
    let digest = try report().digest
    return try read { db in
      try Data.fetchOne(
        db, sql: "SELECT digest FROM told WHERE receiver = ?",
        arguments: [Data(receiver.identifier.bytes)]
      ).map { Array($0) } == digest
    }
  }

  /// Remembers a bundle that was written, and what it said to whom, unless nothing can be written
  /// here: this spares work later, and the bundle is whole without it.
  package func noteWritten(
    _ headers: [ContentHash], told receiver: ReplicaID?, _ report: PeerReport?, now: Int64
  ) throws(StoreError) {
    do {
      try noteKnownBundles(headers, now: now)
      if let receiver, let report { try noteTold(receiver, report) }
    } catch {
      guard case .cannotWrite = error else { throw error }
    }
  }

  /// Remembers what a bundle for a replica said.
  package func noteTold(_ receiver: ReplicaID, _ report: PeerReport) throws(StoreError) {
    try change { transaction in
      try transaction.db.execute(
        sql: "INSERT OR REPLACE INTO told VALUES (?, ?)",
        arguments: [Data(receiver.identifier.bytes), Data(report.digest)])
    }
  }
}

extension StoreTransaction {
  func noteKnownBundles(_ headers: [ContentHash], now: Int64) throws {
    let insert = try CachedStatement(db, "INSERT OR REPLACE INTO known_bundle VALUES (?, ?)")
    for header in headers { try insert.run([.hash(header), .integer(now)]) }
    try db.execute(
      sql: """
        DELETE FROM known_bundle WHERE (SELECT count(*) FROM known_bundle) > ?1
        AND header NOT IN (SELECT header FROM known_bundle ORDER BY noted DESC, header LIMIT ?1)
        """,
      arguments: [Limits.knownBundles])
  }
}
