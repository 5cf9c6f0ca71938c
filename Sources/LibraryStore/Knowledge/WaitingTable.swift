import Coding
import GRDB
import Replication

/// The table of statements whose basis or carried operations have not all arrived.
///
/// With each stands one operation that it lacks. Until that one is known, the statement need not be
/// read: where a thousand replicas meet, hundreds wait at once and each names all of them.
struct WaitingTable {
  private let transaction: StoreTransaction
  private var db: Database { transaction.db }

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  /// Forgetting one leaves honest gaps, which the next exchange closes.
  static let limit = 256

  /// Adds what statements allow until none allows more, and keeps those that must wait, of all the
  /// ``limit`` latest.
  func conclude(_ statement: DeltaStatement?) throws {
    if let statement, !transaction.conclude(statement), let lacked = lacked(by: statement) {
      try insert(statement, lacking: lacked)
    }
    // One may be what another waited for.
    while try concludeReady() {}
  }

  /// Goes once through those that may be ready. Returns whether one was.
  private func concludeReady() throws -> Bool {
    var hasLearnt = false
    for id in try readyIDs() {
      guard let statement = try statement(id) else { continue }
      let isSatisfied = transaction.conclude(statement)
      hasLearnt = hasLearnt || isSatisfied
      if !isSatisfied, let lacked = lacked(by: statement) {
        try keep(id, lacking: lacked)
      } else {
        try CachedStatement(db, "DELETE FROM waiting WHERE id = ?").run([.integer(id)])
      }
    }
    return hasLearnt
  }

  /// An operation that a statement waits for; nil where waiting would teach nothing. Files of many
  /// replicas are read in the order of their ids, so the last is likely the last to come.
  private func lacked(by statement: DeltaStatement) -> Dot? {
    guard !transaction.knowledge.dominates(statement.known) else { return nil }
    let missing = statement.missing(from: transaction.knowledge)
    guard let replica = missing.sets.keys.max(),
      let sequence = missing[replica].ranges.last?.upperBound
    else { return nil }
    return Dot(replica: replica, sequence: sequence)
  }
}

// The rows.
extension WaitingTable {
  /// Those that have waited longest first.
  private func readyIDs() throws -> [Int64] {
    let select = try CachedStatement(db, "SELECT id, replica, sequence FROM waiting ORDER BY id")
    var ready: [Int64] = []
    try select.walk { row in
      guard let replica = row.identifier(1) else {
        throw StoreError.damaged("a row of the table waiting is malformed")
      }
      let sequences = transaction.knowledge[ReplicaID(replica)]
      if sequences.contains(UInt64(clamping: row.integer(2))) { ready.append(row.integer(0)) }
    }
    return ready
  }

  private func statement(_ id: Int64) throws -> DeltaStatement? {
    try CachedStatement(db, "SELECT statement FROM waiting WHERE id = ?").first([.integer(id)]) {
      try ByteReader.read($0.bytes(0)) { (reader: inout ByteReader) throws(CodingError) in
        try DeltaStatement(from: &reader)
      }
    }
  }

  private func insert(_ statement: DeltaStatement, lacking dot: Dot) throws {
    var writer = ByteWriter()
    statement.write(to: &writer)
    let values: [SQLValue] = [
      .identifier(dot.replica.identifier), .integer(dot.sequence), .blob(writer.bytes),
    ]
    // The same statement lacks the same operation, unless something came in between.
    let isThere = try CachedStatement(
      db, "SELECT 1 FROM waiting WHERE replica = ? AND sequence = ? AND statement = ?"
    ).hasRow(values)
    guard !isThere else { return }
    try CachedStatement(
      db, "INSERT INTO waiting(replica, sequence, statement) VALUES (?, ?, ?)"
    ).run(values)
    try CachedStatement(
      db,
      """
      DELETE FROM waiting
      WHERE id <= (SELECT id FROM waiting ORDER BY id DESC LIMIT 1 OFFSET ?)
      """
    ).run([.integer(WaitingTable.limit)])
  }

  private func keep(_ id: Int64, lacking dot: Dot) throws {
    try CachedStatement(db, "UPDATE waiting SET replica = ?, sequence = ? WHERE id = ?")
      .run([.identifier(dot.replica.identifier), .integer(dot.sequence), .integer(id)])
  }
}
