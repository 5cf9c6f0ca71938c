import Articles
import GRDB
import Replication

/// What a machine keeps texts of, and what became of the others.
public struct TextKeepingStatus: Sendable, Hashable {
  /// Nil where every text is kept.
  public internal(set) var policy: TextPolicy?
  /// Texts and images that are not here by choice.
  public internal(set) var leftOut = 0
  /// Those that are not kept and still here, since no other replica is known to hold them.
  public internal(set) var waiting = 0
  /// Those that are not here and asked for.
  public internal(set) var wanted = 0
  /// How much room those take that are here, in bytes, as they are stored.
  public internal(set) var bytes = 0
  /// How many other replicas, not retired, say that they keep every text; nil where this one does.
  public internal(set) var keepers: Int?
  /// Articles that were asked for one by one and whose texts have no room.
  public internal(set) var crowdedOut = 0
  /// Whether the policy's query cannot be asked any more, so that nothing else comes or goes.
  public internal(set) var isUnreadable = false
  /// Those that went just now.
  public internal(set) var dropped = 0

  package init() {}
}

/// Where a text lies that is not here.
public struct TextWhereabouts: Sendable, Hashable {
  /// Whether this machine chose not to keep it.
  public let isLeftOut: Bool
  /// Replicas that are known to hold it, or, where it is left out, to keep every text.
  public let holders: [ReplicaID]
}

extension ReplicaStore {
  /// What texts this machine keeps.
  package nonisolated func keeping() async throws(StoreError) -> TextKeepingStatus {
    try await view { try TextKeepingStatus($0) }
  }

  /// Keeps from now on the texts of what a policy says, or all where it is nil, and drops what others
  /// are known to keep.
  ///
  /// What was chosen for single articles ends. Throws ``FilterError`` and ``QueryError`` for a query
  /// that cannot be asked, and `refused` where the replica's card cannot be written any more.
  package func keep(
    _ policy: TextPolicy?, now: Int64, dryRun: Bool = false
  ) throws -> TextKeepingStatus {
    if let query = policy?.query { try check(query, now: now) }
    return try changeOwn(now: now, dryRun: dryRun) { transaction in
      let table = KeepingTable(transaction.db)
      try table.clearChoices()
      if let policy {
        try transaction.cease(for: policy, now: now)
      } else if try table.isPartial() {
        try table.clear()
        try transaction.writeCard(.nothing, now: now)
      }
      try transaction.save()
      return try transaction.settleKeeping(now: now)
    }
  }

  /// Has the texts of articles kept, or not, whatever the policy says of them.
  ///
  /// Returns which of them were chosen otherwise before, and what became of all.
  package func chooseTexts(
    of articles: [ArticleID], kept isKept: Bool, now: Int64, dryRun: Bool = false
  ) throws(StoreError) -> (changed: [ArticleID], status: TextKeepingStatus) {
    try changeOwn(now: now, dryRun: dryRun) { transaction in
      let table = KeepingTable(transaction.db)
      if try !table.isPartial() {
        // Where every text is kept, what is missing is asked for anyway.
        guard !isKept, !articles.isEmpty else { return ([], try TextKeepingStatus(transaction.db)) }
        try transaction.cease(for: .all, now: now)
      }
      let changed = try articles.filter { id in
        try transaction.interner.existingNumber(of: id.entity)
          .map { try table.choose($0, kept: isKept) } ?? false
      }
      // Nothing is left out any more: it keeps all again.
      if try table.entry()?.policy == .all, try !table.excludes() {
        try table.clear()
        try transaction.writeCard(.nothing, now: now)
      }
      try transaction.save()
      return (changed, try transaction.settleKeeping(now: now))
    }
  }

  /// Decides anew what is kept, since articles, views and days change, and drops what others are known
  /// to keep by now. Where every text is kept, or nothing can be written, nothing happens.
  @discardableResult
  package func settleKeeping(now: Int64) throws(StoreError) -> TextKeepingStatus? {
    guard !isReadOnly, try read({ try KeepingTable($0).isPartial() }) else { return nil }
    return try changeOwn(now: now) { transaction in
      if let policy = try KeepingTable(transaction.db).entry()?.policy {
        try transaction.cease(for: policy, now: now)
        try transaction.save()
      }
      return try transaction.settleKeeping(now: now)
    }
  }

  /// Throws ``FilterError`` and ``QueryError`` for a policy's query that cannot be asked.
  private func check(_ query: String, now: Int64) throws {
    let today = Int(now / 86_400_000)
    let fault = try read { db -> (any Error)? in
      do {
        try KeepingPass.check(query, in: db, today: today)
        return nil
      } catch let error as QueryError {
        return error
      } catch let error as FilterError {
        return error
      }
    }
    if let fault { throw fault }
  }

  /// Whether a body is wanted that came before, or was here, and was left out.
  package func wantsWhatWasLeftOut() throws(StoreError) -> Bool {
    try read {
      try CachedStatement(
        $0,
        """
        SELECT 1 FROM left_out JOIN body_use USING (hash) WHERE missing AND missing = 1
        """
      ).hasRow()
    }
  }

  /// Forgets of the bodies that are wanted that they came before: they are not where it was looked.
  package func forgetWhatWasLeftOut() throws(StoreError) {
    try change { transaction in
      try CachedStatement(
        transaction.db,
        """
        DELETE FROM left_out
        WHERE hash IN (SELECT hash FROM body_use WHERE missing AND missing = 1)
        """
      ).run()
    }
  }

  /// The operations of others that wait for a word: those by which they ceased to keep every text, as
  /// they reported last, and of such replicas those that name bodies, which they drop only then.
  ///
  /// - Parameter told: what they have heard that this replica knows.
  package func awaited(beyond told: Knowledge) throws(StoreError) -> Knowledge {
    try read { db in
      let transaction = try StoreTransaction(db)
      let log = FrameLog(transaction)
      var awaited = Knowledge()
      for report in try PeerQuery(transaction).reportsOfOthers() {
        guard let sequence = report.keeping?.ceased else { continue }
        awaited.insert(Dot(replica: report.replica, sequence: sequence))
        let untold = transaction.knowledge[report.replica].subtracting(told[report.replica])
        guard !untold.isEmpty else { continue }
        for entry in try log.entries(of: transaction.interner.number(of: report.replica))
        where !entry.sequences.intersection(untold).isEmpty {
          let block = try log.block(entry.id)
          guard try !block.bodyNames(within: untold).isEmpty else { continue }
          awaited.insert(untold, of: report.replica)
          break
        }
      }
      return awaited
    }
  }

  /// Where the text of an article lies; nil for one that is here, and for an article without one.
  package nonisolated func whereabouts(
    of article: ArticleID
  ) async throws(StoreError) -> TextWhereabouts? {
    try await view { db in
      let transaction = try StoreTransaction(db)
      let registers = try RegisterTable(transaction)
      let register = RegisterID(article.entity, ArticleField.body)
      guard let naming = try registers.winner(register),
        let hash = naming.value.data.flatMap({ ContentHash(bytes: $0) }),
        try !BodyTable(db).has(hash)
      else { return nil }
      let holders = try PeerQuery(transaction).reportsOfOthers().filter { report in
        report.keeping == .everything && report.knowledge.contains(naming.dot)
          && !report.wanted.contains(hash)
      }
      return TextWhereabouts(
        isLeftOut: try BodyTable(db).isLeftOut(hash), holders: holders.map(\.replica))
    }
  }
}

extension TextKeepingStatus {
  init(_ db: Database) throws {
    let entry = try KeepingTable(db).entry()
    policy = entry?.policy
    waiting = entry?.waiting ?? 0
    wanted = try BodyTable(db).missingCount()
    bytes = Int(try TallyTable(db).tally().chunkBytes)
    guard let entry else { return }
    crowdedOut = entry.crowdedOut
    keepers = try PeerQuery(StoreTransaction(db)).reportsOfOthers()
      .count { $0.keeping?.ceased == nil }
    isUnreadable = try entry.policy.query.map { try KeepingPass.isUnreadable($0, in: db) } ?? false
    leftOut =
      try CachedStatement(
        db, "SELECT count(DISTINCT hash) FROM body_use WHERE missing AND missing = 2"
      ).first { Int($0.integer(0)) } ?? 0
  }
}

extension StoreTransaction {
  /// Notes a policy, and says on the replica's card that not every text is kept.
  ///
  /// The operation by which it ceased to keep all stays the first, but for a database that goes on as
  /// another replica, which says it anew.
  fileprivate func cease(for policy: TextPolicy, now: Int64) throws {
    let table = KeepingTable(db)
    let before = try table.entry()
    let own = try interner.number(of: replica)
    let ceased: (replica: Int64, sequence: UInt64)
    if let before, before.replica == own {
      ceased = (before.replica, before.sequence)
    } else {
      // Whatever the card says, this is written now, by this replica.
      try writeCard(.nothing, now: now)
      ceased = (own, nextSequence)
    }
    try writeCard(.text(policy.words), now: now)
    guard nextSequence > ceased.sequence else {
      throw StoreError.damaged("nothing was written of what is kept")
    }
    try table.write(
      KeepingTable.Entry(
        policy: policy, replica: ceased.replica, sequence: ceased.sequence,
        waiting: before?.waiting ?? 0))
  }

  fileprivate func writeCard(_ value: Value, now: Int64) throws {
    let register = RegisterID(
      EntityID(kind: .replica, key: replica.identifier), ReplicaField.keeps)
    let written = try LocalWrite(self).write([Edit(register, value)], now: now)
    if let leftOut = written.leftOut.first { throw leftOut.reason }
  }

  fileprivate func settleKeeping(now: Int64) throws -> TextKeepingStatus {
    var dropped = 0
    if let pass = try KeepingPass(self, now: now) {
      // What bodies take is a guess until they are gone.
      for _ in 0..<4 {
        guard try pass.decide() else { break }
        let outcome = try pass.drop()
        dropped += outcome.dropped
        guard outcome.dropped > 0, try pass.isFull() else { break }
      }
      if try pass.isCluttered() { _ = try BodyTable(db).dropUnused() }
    }
    var status = try TextKeepingStatus(db)
    status.dropped = dropped
    return status
  }
}
