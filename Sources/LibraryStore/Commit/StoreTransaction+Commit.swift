import GRDB
import Replication

// What a transaction begins and ends with.
extension StoreTransaction {
  /// Loads what the database holds. Throws `damaged`.
  convenience init(_ db: Database, evidence: HeldEvidence? = nil) throws {
    let interner = try Interner(db)
    let state = try State(db, interner)
    self.init(
      db, state, interner, try IdentityTable.load(db, interner, current: state.replica),
      try KnowledgeTable.load(db, interner), evidence: evidence)
  }

  /// Writes back whatever changed: the log first, since the rest says what is in it; then what is
  /// known, what is shown of it, and at last who wrote it.
  func save() throws {
    try LogCompaction(self).noteSuperseded()
    try KnowledgeTable.save(self, from: saved.knowledge)
    if let now, hasReplaced { try ReplacedTable(self).prune(now: now) }
    if changedArticles.count > 0 {
      var projection = try ArticleProjection(self)
      try projection.update()
    }
    if changedHighlights.count > 0 {
      var projection = try HighlightProjection(self)
      try projection.update()
    }
    if nextSequence != identities.nextSequence { raise(sequence: nextSequence - 1) }
    try IdentityTable.save(self, from: saved.identities)
    let update = try CachedStatement(
      db, "UPDATE state SET replica = ?, clock = ?, fingerprint = ?, highest_stamp = ?")
    try update.run([
      .integer(interner.number(of: replica)), .integer(clock.last.rawValue),
      .blob(fingerprint.digest.bytes), .integer(highestStamp),
    ])
    noteSaved()
  }
}

extension StoreTransaction.State {
  fileprivate init(_ db: Database, _ interner: Interner) throws {
    let select = try CachedStatement(
      db,
      "SELECT library, replica, clock, fingerprint, highest_stamp, revision FROM state")
    let state = try select.first { row -> StoreTransaction.State? in
      guard let digest = Digest128(bytes: row.blob(3)),
        let clock = Stamp(rawValue: UInt64(clamping: row.integer(2)))
      else { return nil }
      return StoreTransaction.State(
        library: row.bytes(0), replica: try interner.replica(row.integer(1)), clock: clock,
        fingerprint: Fingerprint(digest), highestStamp: UInt64(clamping: row.integer(4)),
        revision: row.integer(5))
    }
    guard let state = state.flatMap(\.self) else {
      throw StoreError.damaged("the state row is missing or malformed")
    }
    self = state
  }
}
