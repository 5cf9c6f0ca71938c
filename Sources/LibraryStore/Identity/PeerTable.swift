import Coding
import Foundation
import GRDB
import Replication

/// The table of peers: exporting is not delivery, so what a peer holds is learnt only from a
/// knowledge that came back.
struct PeerTable {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Keeps the report with the later clock, whatever order they arrive in.
  func remember(_ report: PeerReport, now: Int64) throws {
    try transaction.db.execute(
      sql: """
        INSERT INTO peer(replica, clock, heard, knowledge, fingerprint, wanted)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT(replica) DO UPDATE SET clock = excluded.clock, heard = excluded.heard,
          knowledge = excluded.knowledge, fingerprint = excluded.fingerprint,
          wanted = excluded.wanted,
          answered = peer.answered AND peer.wanted = excluded.wanted
        WHERE excluded.clock >= peer.clock
        """,
      arguments: [
        try transaction.interner.number(of: report.replica), Int64(report.clock.rawValue), now,
        Data(report.knowledge.bytes), Data(report.fingerprint.digest.bytes),
        Data(report.wanted.flatMap(\.bytes)),
      ])
  }

  func all() throws -> [(report: PeerReport, heardMilliseconds: Int64)] {
    try CachedStatement(transaction.db, "SELECT \(PeerTable.columns) FROM peer")
      .all { (try report($0), $0.integer(5)) }
  }

  func report(of replica: ReplicaID) throws -> PeerReport? {
    guard let number = transaction.interner.existingNumber(of: replica) else { return nil }
    let select = try CachedStatement(
      transaction.db, "SELECT \(PeerTable.columns) FROM peer WHERE replica = ?")
    return try select.first([.integer(number)]) { try report($0) }
  }

  private static let columns = "replica, clock, knowledge, fingerprint, wanted, heard"

  private func report(_ row: SQLRow) throws -> PeerReport {
    guard let clock = Stamp(rawValue: UInt64(clamping: row.integer(1))),
      let digest = Digest128(bytes: row.bytes(3))
    else { throw StoreError.damaged("a peer's row is malformed") }
    return PeerReport(
      replica: try transaction.interner.replica(row.integer(0)), clock: clock,
      knowledge: try Knowledge(bytes: row.bytes(2)), fingerprint: Fingerprint(digest),
      wanted: ContentHash.list(row.bytes(4)))
  }

  /// Which sequences of `replica` some peer has said it knows.
  func acknowledged(of replica: ReplicaID) throws -> SequenceSet {
    try all().reduce(SequenceSet()) { $0.union($1.report.knowledge[replica]) }
  }
}

extension ContentHash {
  /// Hashes end to end.
  static func list(_ bytes: [UInt8]) -> [ContentHash] {
    stride(from: 0, to: bytes.count - 31, by: 32).compactMap {
      ContentHash(bytes: bytes[$0..<$0 + 32])
    }
  }
}
