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

  /// Keeps the report with the later clock, whatever order they arrive in; of those of one clock the
  /// one that knows more.
  ///
  /// - Parameter hasDiverged: whether it holds another result, so that what it knows tells nothing.
  func remember(_ report: PeerReport, hasDiverged: Bool = false, now: Int64) throws {
    let number = try transaction.interner.number(of: report.replica)
    if !hasDiverged, let last = try self.report(of: report.replica), last.clock == report.clock,
      last.knowledge != report.knowledge, last.knowledge.dominates(report.knowledge)
    {
      return
    }
    let report = hasDiverged ? report.knowingNothing : report
    let keeping = report.keeping
    let isNewer = try CachedStatement(
      transaction.db,
      """
      INSERT INTO peer(
        replica, clock, heard, knowledge, fingerprint, wanted, wants_all, ceased)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce(?7, 1), coalesce(?8, 0))
      ON CONFLICT(replica) DO UPDATE SET clock = excluded.clock, heard = excluded.heard,
        knowledge = excluded.knowledge, fingerprint = excluded.fingerprint,
        wanted = excluded.wanted, wants_all = coalesce(?7, wants_all),
        ceased = coalesce(?8, ceased)
      WHERE excluded.clock >= peer.clock
      """
    ).runChanging([
      .int64(number), .integer(report.clock.rawValue), .int64(now),
      .blob(report.knowledge.bytes), .blob(report.fingerprint.digest.bytes),
      .blob(report.wanted.flatMap(\.bytes)), keeping.map { .flag($0.wantsAll) } ?? .null,
      keeping.map { .integer($0.ceased ?? 0) } ?? .null,
    ])
    if isNewer { try forgetAnswers(to: number, but: report.wanted) }
  }

  /// A want ends with the first report that lacks it: whoever wants the body again asks anew.
  private func forgetAnswers(to peer: Int64, but wanted: [ContentHash]) throws {
    let wanted = Set(wanted)
    let answered = try CachedStatement(
      transaction.db, "SELECT DISTINCT hash FROM exchange_answer WHERE peer = ?"
    ).all([.int64(peer)]) { $0.hash(0) }
    let forget = try CachedStatement(
      transaction.db, "DELETE FROM exchange_answer WHERE peer = ? AND hash = ?")
    for case let hash? in answered where !wanted.contains(hash) {
      try forget.run([.int64(peer), .hash(hash)])
    }
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

  private static let columns =
    "replica, clock, knowledge, fingerprint, wanted, heard, wants_all, ceased"

  private func report(_ row: SQLRow) throws -> PeerReport {
    guard let clock = Stamp(rawValue: UInt64(clamping: row.integer(1))),
      let digest = Digest128(bytes: row.bytes(3))
    else { throw StoreError.damaged("a peer's row is malformed") }
    return PeerReport(
      replica: try transaction.interner.replica(row.integer(0)), clock: clock,
      knowledge: try Knowledge(bytes: row.bytes(2)), fingerprint: Fingerprint(digest),
      wanted: ContentHash.list(row.bytes(4)),
      keeping: TextKeeping(
        wantsAll: row.flag(6), ceased: row.integer(7) > 0 ? UInt64(row.integer(7)) : nil))
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
