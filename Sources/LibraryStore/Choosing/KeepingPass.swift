import Articles
import GRDB
import Replication

/// Decides which texts are kept here, and drops those that are not and that another replica keeps
/// (Protocol 3.9).
struct KeepingPass {
  private let transaction: StoreTransaction
  private let table: KeepingTable
  private let bodies: BodyTable
  private let entry: KeepingTable.Entry
  /// In days since 1970.
  private let today: Int
  private var db: Database { transaction.db }

  /// Nil where every text is kept.
  ///
  /// - Parameter now: in milliseconds since 1970.
  init?(_ transaction: StoreTransaction, now: Int64) throws {
    table = KeepingTable(transaction.db)
    guard let entry = try table.entry() else { return nil }
    self.entry = entry
    self.transaction = transaction
    bodies = BodyTable(transaction.db)
    today = Int(now / 86_400_000)
  }

  /// Decides which articles' texts are kept, and so which missing bodies are wanted.
  ///
  /// Returns false where the policy cannot be read, since a view that it names went or asks for words:
  /// then nothing changes.
  @discardableResult
  func decide() throws -> Bool {
    try CachedStatement.execute(
      """
      CREATE TEMPORARY TABLE IF NOT EXISTS kept(article INTEGER PRIMARY KEY, chosen INTEGER NOT NULL);
      DELETE FROM temp.kept;
      """, db)
    guard let condition = try condition() else { return false }
    try db.execute(
      sql: "INSERT INTO temp.kept SELECT id, 0 FROM article WHERE \(condition.sql)",
      arguments: StatementArguments(condition.arguments))
    try CachedStatement.execute(
      """
      INSERT OR REPLACE INTO temp.kept SELECT article, 1 FROM keeping_choice WHERE kept = 1;
      DELETE FROM temp.kept WHERE article IN (SELECT article FROM keeping_choice WHERE kept = 0);
      """, db)
    if let maximum = entry.policy.maximumBytes { try cut(to: maximum) }
    try CachedStatement.execute(
      """
      UPDATE body_use SET missing = 2
        WHERE missing = 1 AND entity NOT IN (SELECT article FROM temp.kept);
      UPDATE body_use SET missing = 1
        WHERE missing = 2 AND entity IN (SELECT article FROM temp.kept);
      """, db)
    return true
  }

  /// Nil where it cannot be read.
  private func condition() throws -> SQLCondition? {
    guard let query = entry.policy.query else { return SQLCondition("NOT article.deleted") }
    do {
      return try KeepingPass.condition(query, in: db, today: today)
    } catch is QueryError {
      return nil
    } catch is FilterError {
      return nil
    }
  }

  private static func condition(
    _ query: String, in db: Database, today: Int
  ) throws -> SQLCondition {
    let filter = try ViewQuery(db).expanded(ArticleFilter(query))
    guard !filter.mentions(.missing) else { throw QueryError.asksForTexts }
    var compiler = FilterCompiler(db, today: today)
    let plan = try compiler.plan(ArticleQuery(filter))
    guard !plan.needsIndex else { throw QueryError.asksForTexts }
    return plan.whole
  }

  /// Throws ``FilterError`` and ``QueryError`` for a query that no policy can have.
  static func check(_ query: String, in db: Database, today: Int) throws {
    _ = try condition(query, in: db, today: today)
  }

  /// Whether a policy's query cannot be asked any more.
  static func isUnreadable(_ query: String, in db: Database) throws -> Bool {
    do {
      try check(query, in: db, today: 0)
      return false
    } catch is QueryError {
      return true
    } catch is FilterError {
      return true
    }
  }

  /// Whether all that is here takes more room than there is.
  func isFull() throws -> Bool {
    guard let maximum = entry.policy.maximumBytes else { return false }
    return try TallyTable(db).tally().chunkBytes > Int64(maximum)
  }

  /// Whether bodies that nothing names any more take room that others need.
  func isCluttered() throws -> Bool {
    guard try isFull() else { return false }
    let tally = try TallyTable(db).tally()
    let named = "SELECT hash FROM body_use WHERE missing = 0 UNION SELECT hash FROM bin_use"
    return try tally.chunkBytes - held(named, scale(tally)) > tally.chunkBytes / 20
  }

  /// Leaves of the articles that are kept the newest, whose texts have room; those that were asked for
  /// one by one come first.
  ///
  /// What is here may fill fifteen sixteenths of the room, so that there is some for what comes, and what
  /// is to come fourteen: its size is a guess unless it was here before.
  private func cut(to maximum: Int) throws {
    let tally = try TallyTable(db).tally()
    let guess = tally.bodies > 0 ? tally.chunkBytes / tally.bodies : 4_096
    let scale = try scale(tally)
    let named = try held("SELECT hash FROM body_use WHERE missing = 0", scale)
    let room = Int64(maximum) - max(0, tally.chunkBytes - named)
    var used: Int64 = 0
    var (excluded, crowdedOut): ([Int64], Int) = ([], 0)
    try CachedStatement(
      db,
      """
      SELECT kept.article, total(\(KeepingPass.size)), total(body.hash IS NULL), kept.chosen
      FROM temp.kept JOIN article ON article.id = kept.article
        JOIN body_use ON body_use.entity = kept.article
        LEFT JOIN body ON body.hash = body_use.hash
        LEFT JOIN chunk ON chunk.id = body.chunk
        LEFT JOIN left_out ON left_out.hash = body_use.hash
      GROUP BY kept.article
      ORDER BY kept.chosen DESC, article.day DESC, article.added DESC, article.key
      """
    ).walk([.int64(scale), .int64(guess)]) { row in
      let size = row.integer(1)
      if used + size <= room / 16 * (row.integer(2) > 0 ? 14 : 15) {
        used += size
      } else {
        excluded.append(row.integer(0))
        if row.flag(3) { crowdedOut += 1 }
      }
    }
    let exclude = try CachedStatement(db, "DELETE FROM temp.kept WHERE article = ?")
    for article in excluded { try exclude.run([.integer(article)]) }
    try table.noteCrowdedOut(crowdedOut)
  }

  /// How much room bodies take.
  ///
  /// - Parameters:
  ///   - hashes: a query of their hashes.
  ///   - scale: thousandths of their shares of chunks, whose lengths are of recoded text.
  private func held(_ hashes: String, _ scale: Int64) throws -> Int64 {
    try CachedStatement(
      db,
      """
      SELECT total(\(KeepingPass.size))
      FROM (SELECT DISTINCT hash FROM (\(hashes))) AS used
        JOIN body ON body.hash = used.hash
        LEFT JOIN chunk ON chunk.id = body.chunk
        LEFT JOIN left_out ON 0
      """
    ).first([.int64(scale), .int64(0)]) { $0.integer(0) } ?? 0
  }

  /// By how many thousandths the bodies' shares of their chunks, which are reckoned by the lengths of
  /// texts, are to be multiplied to make what the chunks take.
  private func scale(_ tally: TallyTable.Tally) throws -> Int64 {
    max(1, tally.chunkBytes * 1_000 / max(1, try held("SELECT hash FROM body", 1_000)))
  }

  /// About how much room a body takes: its share of the chunk it lies in, times ?1 thousandths; one that
  /// is not here, what was noted of it, or ?2.
  private static let size = """
    CASE WHEN body.hash IS NULL THEN ifnull(left_out.bytes, ?2)
      WHEN chunk.id IS NULL THEN body.length / 3
      ELSE 1 + length(chunk.bytes) * body.length / max(1, chunk.inflated) * ?1 / 1000 END
    """
}

// Dropping.
extension KeepingPass {
  /// What became of the bodies that are not kept.
  struct Outcome {
    var dropped = 0
    /// How many are here still, since no other replica is known to keep them.
    var waiting = 0
  }

  /// Drops the bodies that ``decide()`` found not to be kept, and that another replica says it holds.
  func drop() throws -> Outcome {
    var outcome = Outcome()
    let keepers = try keepers()
    let registers = try RegisterTable(transaction)
    var isDropped: [ContentHash: Bool] = [:]
    try CachedStatement(db, KeepingPass.candidates).walk { row in
      guard let hash = row.hash(2), isDropped[hash] != true else { return }
      isDropped[hash] = try keepers.contains {
        try isHeld(hash, by: $0, as: row.integer(0), row.integer(1), registers)
      }
    }
    let dropped = isDropped.filter(\.value).keys.sorted()
    outcome.dropped = dropped.count
    outcome.waiting = isDropped.count - dropped.count
    if !dropped.isEmpty { try bodies.drop(dropped) }
    for hash in try unwantedPieces() { try bodies.forgetPieces(of: hash) }
    try table.noteWaiting(outcome.waiting)
    return outcome
  }

  /// Bodies that no article names which is kept, or lies in the bin.
  private static let candidates = """
    SELECT entity, field, hash FROM body_use
    WHERE missing = 0 AND entity NOT IN (SELECT article FROM temp.kept)
      AND hash NOT IN (
        SELECT hash FROM body_use WHERE entity IN (SELECT article FROM temp.kept))
      AND hash NOT IN (SELECT hash FROM bin_use)
    ORDER BY entity, field
    """

  /// Bodies of which some pieces came, and the others are no longer wanted.
  private func unwantedPieces() throws -> [ContentHash] {
    try CachedStatement(db, "SELECT hash FROM partial").all { $0.hash(0) }
      .compactMap(\.self).filter(bodies.isLeftOut)
  }

  private func isHeld(
    _ hash: ContentHash, by keeper: TextKeeper, as entity: Int64, _ field: Int64,
    _ registers: RegisterTable
  ) throws -> Bool {
    let article = try transaction.interner.entity(entity)
    let name = try transaction.interner.field(field)
    guard let naming = try registers.winner(RegisterID(article, name)) else { return false }
    let deleted = try registers.winner(RegisterID(article, ArticleField.deleted))
    return keeper.holds(hash, namedBy: naming.dot, deleted: deleted?.dot)
  }

  private func keepers() throws -> [TextKeeper] {
    let ceased = Dot(
      replica: try transaction.interner.replica(entry.replica), sequence: entry.sequence)
    return try PeerQuery(transaction).reportsOfOthers().compactMap {
      TextKeeper($0, known: transaction.knowledge, ceased: ceased)
    }
  }
}
