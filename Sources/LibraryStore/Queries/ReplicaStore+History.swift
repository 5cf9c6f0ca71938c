import Articles
import GRDB
import Replication

/// Something an author wrote that is not shown, or an article deleted here and annotated there.
public struct Conflict: Sendable, Equatable {
  public let register: RegisterID
  public let kept: Operation
  public let lost: Operation
  /// The whole register when it was listed: restoring covers that, and nothing that came later.
  package let shown: Shown

  /// The same on every replica of equal registers, whatever else these know.
  public static func == (left: Conflict, right: Conflict) -> Bool {
    (left.register, left.kept, left.lost) == (right.register, right.kept, right.lost)
  }
}

/// One operation of the log, as people read it.
public struct LogEntry: Sendable, Equatable {
  public let operation: Operation
  public let standing: Standing

  /// What an operation is to its register.
  public enum Standing: Sendable {
    /// What it shows.
    case winner
    /// Text that an author wrote and nobody has answered: a conflict (Protocol 5.6).
    case conflict
    /// What nobody needs any more.
    case superseded
  }
}

extension ReplicaStore {
  /// The same list on every replica of equal knowledge, in the same order.
  public func conflicts() throws(StoreError) -> [Conflict] {
    try read { try ConflictQuery(StoreTransaction($0)).all() }
  }

  /// How many there are.
  public func conflictCount() throws(StoreError) -> Int {
    try read { try ConflictQuery(StoreTransaction($0)).count() }
  }

  /// What an author is shown of a register, to be handed back with what they write.
  public func shown(_ register: RegisterID) throws(StoreError) -> Shown {
    try read { try RegisterTable(StoreTransaction($0)).shown(register) }
  }

  /// The operations still in the log and the authored text that was replaced here, by stamp, newest
  /// last.
  ///
  /// - Parameters:
  ///   - entity: only of this one; nil for all.
  ///   - replica: only written by this one; nil for all.
  ///   - since: only stamped at or after these milliseconds since 1970.
  public func log(
    of entity: EntityID? = nil, replica: ReplicaID? = nil, since: Int64 = 0
  ) throws(StoreError) -> [LogEntry] {
    try read { db in
      let transaction = try StoreTransaction(db)
      let log = FrameLog(transaction)
      let table = try RegisterTable(transaction)
      let floor = Stamp(wallMilliseconds: since)
      var entries: [LogEntry] = []
      for writer in transaction.interner.replicas where replica == nil || writer == replica {
        for frame in try log.entries(of: transaction.interner.number(of: writer)) {
          for operation in try log.block(frame.id).operations()
          where operation.stamp >= floor
            && (entity == nil || operation.register.entity == entity)
          {
            entries.append(try entry(operation, transaction, table))
          }
        }
      }
      let listed = Set(entries.map(\.operation.dot))
      entries += try ReplacedTable(transaction)
        .operations(of: entity, by: replica, since: floor)
        .filter { !listed.contains($0.dot) }.map { LogEntry(operation: $0, standing: .superseded) }
      return entries.sorted { $1.operation.beats($0.operation) }
    }
  }

  private func entry(
    _ operation: Operation, _ transaction: StoreTransaction, _ table: RegisterTable
  ) throws -> LogEntry {
    let winner = try table.winner(operation.register)
    if winner?.dot == operation.dot, winner?.value == operation.value {
      return LogEntry(operation: operation, standing: .winner)
    }
    let isConflict =
      try operation.context != nil
      && table.register(operation.register)?.conflicts.contains { $0.dot == operation.dot } == true
    return LogEntry(operation: operation, standing: isConflict ? .conflict : .superseded)
  }
}

/// Finds the conflicts.
struct ConflictQuery {
  private let transaction: StoreTransaction
  private let table: RegisterTable

  init(_ transaction: StoreTransaction) throws {
    self.transaction = transaction
    table = try RegisterTable(transaction)
  }

  /// By register, and of one register the weakest first (Protocol 5.6).
  func all() throws -> [Conflict] {
    (try siblings() + annotatedTombstones()).sorted {
      $0.register == $1.register ? $1.lost.beats($0.lost) : $0.register < $1.register
    }
  }

  /// Whether a field of the entity has one.
  func isInConflict(_ entity: Int64) throws -> Bool {
    let select = try CachedStatement(
      transaction.db, "SELECT DISTINCT field FROM sibling WHERE entity = ?")
    let fields = try select.all([.integer(entity)]) { $0.integer(0) }
    return try fields.contains { field in
      let id = try register(entity: entity, field: field)
      return try table.sight(id)?.conflictCount ?? 0 > 0
    }
  }

  /// As many as ``all()`` lists, without holding what they say.
  func count() throws -> Int {
    var count = try annotatedTombstones().count
    try walk { count += try table.sight($0)?.conflictCount ?? 0 }
    return count
  }

  private func siblings() throws -> [Conflict] {
    var conflicts: [Conflict] = []
    try walk { id in
      guard let register = try table.register(id) else { return }
      let lost = register.conflicts
      guard !lost.isEmpty else { return }
      let shown = register.shown(knowing: transaction.knowledge)
      conflicts += lost.map {
        Conflict(register: id, kept: register.winner, lost: $0, shown: shown)
      }
    }
    return conflicts
  }

  /// Calls `body` with each register in which there is authored text.
  ///
  /// One sibling is a conflict too where a plain write, such as an import's, wins over it.
  private func walk(_ body: (RegisterID) throws -> Void) throws {
    try CachedStatement(transaction.db, "SELECT DISTINCT entity, field FROM sibling")
      .walk { try body(register(entity: $0.integer(0), field: $0.integer(1))) }
  }

  /// An article deleted here and annotated there: a note stamped above the tombstone.
  private func annotatedTombstones() throws -> [Conflict] {
    guard let deleted = try transaction.interner.existingNumber(of: ArticleField.deleted),
      let note = try transaction.interner.existingNumber(of: ArticleField.note)
    else { return [] }
    var registers = try RegisterScan(transaction.db)
    defer { registers.close() }
    let select = try CachedStatement(
      transaction.db, "SELECT id FROM article INDEXED BY article_deleted WHERE deleted ORDER BY id")
    var conflicts: [Conflict] = []
    try select.walk { row in
      let article = row.integer(0)
      var (noted, removed): (Int64, Int64) = (0, 0)
      try registers.walk(of: article) { register, _ in
        if register.field == note { noted = register.stamp }
        if register.field == deleted { removed = register.stamp }
      }
      // A note that was taken away, or that is no text, annotates nothing.
      guard noted > removed,
        let lost = try table.register(register(entity: article, field: note))?.winner,
        lost.value.text?.isEmpty == false,
        let tomb = try table.register(register(entity: article, field: deleted))?.winner
      else { return }
      let shown = try table.shown(tomb.register)
      conflicts.append(Conflict(register: tomb.register, kept: tomb, lost: lost, shown: shown))
    }
    return conflicts
  }

  private func register(entity: Int64, field: Int64) throws -> RegisterID {
    RegisterID(try transaction.interner.entity(entity), try transaction.interner.field(field))
  }
}
