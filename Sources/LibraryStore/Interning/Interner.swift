import GRDB
import Replication

/// The integers that stand for identifiers in the tables, within one transaction.
///
/// Replicas are few and cached whole; entities and fields are looked up.
struct Interner {
  private let db: Database
  private var replicaNumbers: [ReplicaID: Int64] = [:]
  private var replicaIDs: [Int64: ReplicaID] = [:]
  private let fields: FieldNames

  init(_ db: Database) throws {
    self.db = db
    fields = FieldNames(db)
    try loadReplicas()
  }

  private mutating func loadReplicas() throws {
    try CachedStatement(db, "SELECT id, key FROM replica").walk { row in
      guard let key = row.identifier(1) else { return }
      keep(ReplicaID(key), as: row.integer(0))
    }
  }

  private mutating func keep(_ replica: ReplicaID, as number: Int64) {
    replicaNumbers[replica] = number
    replicaIDs[number] = replica
  }
}

extension Interner {
  /// Throws `tooManyReplicas` rather than add one past the limit.
  mutating func number(of replica: ReplicaID) throws -> Int64 {
    if let number = replicaNumbers[replica] { return number }
    guard replicaNumbers.count < Limits.replicas else {
      throw StoreError.tooManyReplicas(limit: Limits.replicas)
    }
    try CachedStatement(db, "INSERT INTO replica(key) VALUES (?)")
      .run([.identifier(replica.identifier)])
    keep(replica, as: db.lastInsertedRowID)
    return db.lastInsertedRowID
  }

  /// Nil where the library has no trace of the replica.
  func existingNumber(of replica: ReplicaID) -> Int64? { replicaNumbers[replica] }

  /// Throws `damaged` for a number no row explains.
  func replica(_ number: Int64) throws -> ReplicaID {
    guard let replica = replicaIDs[number] else {
      throw StoreError.damaged("a row names replica \(number), which is not in the table")
    }
    return replica
  }

  var replicas: [ReplicaID] { replicaNumbers.keys.sorted() }

  func number(of field: Field) throws -> Int64 { try fields.number(of: field) }

  /// Nil where the library has no register of that name.
  func existingNumber(of field: Field) throws -> Int64? { try fields.existingNumber(of: field) }

  func field(_ number: Int64) throws -> Field { try fields.field(number) }

  func existingNumber(of entity: EntityID) throws -> Int64? {
    try CachedStatement(db, "SELECT id FROM entity WHERE kind = ? AND key = ?")
      .first([.integer(entity.kind.number), .identifier(entity.key)]) { $0.integer(0) }
  }

  func number(of entity: EntityID) throws -> Int64 {
    if let number = try existingNumber(of: entity) { return number }
    return try add(entity, with: entityInsertion())
  }

  private func entityInsertion() throws -> CachedStatement {
    try CachedStatement(db, "INSERT INTO entity(kind, key) VALUES (?, ?)")
  }

  private func add(_ entity: EntityID, with insert: CachedStatement) throws -> Int64 {
    try insert.run([.integer(entity.kind.number), .identifier(entity.key)])
    return db.lastInsertedRowID
  }

  /// The numbers of distinct entities, many at once: in key order, each with the entity's index.
  ///
  /// Looked up in that order, so that the index is walked and not jumped about in; a stretch is
  /// read before the new ones in it are added, which would lose the place.
  func numbers(of entities: [EntityID]) throws -> [(number: Int64, index: Int)] {
    var numbers: [(number: Int64, index: Int)] = []
    numbers.reserveCapacity(entities.count)
    var stored = try EntityScan(db)
    defer { stored.close() }
    let insert = try entityInsertion()
    var rest = zip(entities, 0...).sorted { $0.0 < $1.0 }[...]
    while !rest.isEmpty {
      let stretch = rest.prefix(2_048)
      // SQLite's own ids begin with 1.
      for (entity, index) in stretch { numbers.append((try stored.number(of: entity) ?? 0, index)) }
      stored.close()
      for place in numbers.indices.suffix(stretch.count) where numbers[place].number == 0 {
        numbers[place].number = try add(entities[numbers[place].index], with: insert)
      }
      rest = rest.dropFirst(stretch.count)
    }
    return numbers
  }

  func entity(_ number: Int64) throws -> EntityID {
    let entity = try CachedStatement(db, "SELECT kind, key FROM entity WHERE id = ?")
      .first([.integer(number)]) { EntityID($0) }
    guard let entity = entity ?? nil else {
      throw StoreError.damaged("a row names entity \(number), which is not in the table")
    }
    return entity
  }
}

/// Looks entities up in ascending order, walking their index beside them (as ``RegisterScan`` does
/// with registers).
private struct EntityScan {
  private let cursor: StatementCursor
  /// The row the statement stands on, if it stands on one.
  private var current: EntityID?
  private var isAtEnd = false

  init(_ db: Database) throws {
    cursor = try StatementCursor(
      db, "SELECT kind, key, id FROM entity WHERE (kind, key) >= (?, ?) ORDER BY kind, key")
  }

  /// Rows to walk over before looking for the wanted one instead.
  private static let stepLimit = 8

  mutating func number(of entity: EntityID) throws -> Int64? {
    guard !isAtEnd else { return nil }
    for _ in 0..<EntityScan.stepLimit {
      guard let current else { break }
      guard current < entity else { return current == entity ? cursor.row.integer(2) : nil }
      try step()
    }
    guard !isAtEnd else { return nil }
    cursor.open([.integer(entity.kind.number), .identifier(entity.key)])
    try step()
    return current == entity ? cursor.row.integer(2) : nil
  }

  private mutating func step() throws {
    isAtEnd = try !cursor.next()
    current = nil
    guard !isAtEnd else { return }
    guard let entity = EntityID(cursor.row) else {
      throw StoreError.damaged("an entity's row is malformed")
    }
    current = entity
  }

  /// To be called before the table changes.
  mutating func close() {
    cursor.close()
    current = nil
  }
}

extension EntityID {
  /// Of a row's kind and key; nil where they are none.
  fileprivate init?(_ row: SQLRow) {
    guard let kind = UInt32(exactly: row.integer(0)), let key = row.identifier(1) else {
      return nil
    }
    self.init(kind: EntityKind(number: kind), key: key)
  }
}
