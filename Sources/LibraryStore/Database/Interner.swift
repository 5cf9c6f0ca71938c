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
    let statement = try RawStatement(db, "SELECT id, key FROM replica")
    while try statement.step() {
      guard let key = statement.identifier(1) else { continue }
      keep(ReplicaID(key), as: statement.integer(0))
    }
    statement.reset()
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
    let insert = try RawStatement(db, "INSERT INTO replica(key) VALUES (?)")
    insert.bind(replica.identifier.bytes, at: 1)
    try insert.run()
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
    let select = try RawStatement(db, "SELECT id FROM entity WHERE kind = ? AND key = ?")
    defer { select.reset() }
    select.bind(entity, at: 1)
    return try select.step() ? select.integer(0) : nil
  }

  func number(of entity: EntityID) throws -> Int64 {
    if let number = try existingNumber(of: entity) { return number }
    return try add(entity, with: entityInsertion())
  }

  private func entityInsertion() throws -> RawStatement {
    try RawStatement(db, "INSERT INTO entity(kind, key) VALUES (?, ?)")
  }

  private func add(_ entity: EntityID, with insert: RawStatement) throws -> Int64 {
    insert.bind(entity, at: 1)
    try insert.run()
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
    let select = try RawStatement(db, "SELECT kind, key FROM entity WHERE id = ?")
    defer { select.reset() }
    select.bind(number, at: 1)
    guard try select.step(), let kind = UInt32(exactly: select.integer(0)),
      let key = select.identifier(1)
    else {
      throw StoreError.damaged("a row names entity \(number), which is not in the table")
    }
    return EntityID(kind: EntityKind(number: kind), key: key)
  }
}

/// Looks entities up in ascending order, walking their index beside them (as ``RegisterScan`` does
/// with registers).
private struct EntityScan {
  private let select: RawStatement
  /// The row the statement stands on, if it stands on one.
  private var current: EntityID?
  private var isAtEnd = false

  init(_ db: Database) throws {
    select = try RawStatement(
      db, "SELECT kind, key, id FROM entity WHERE (kind, key) >= (?, ?) ORDER BY kind, key")
  }

  private static let patience = 8

  mutating func number(of entity: EntityID) throws -> Int64? {
    guard !isAtEnd else { return nil }
    for _ in 0..<EntityScan.patience {
      guard let current else { break }
      guard current < entity else { return current == entity ? select.integer(2) : nil }
      try step()
    }
    guard !isAtEnd else { return nil }
    select.reset()
    select.bind(entity, at: 1)
    try step()
    return current == entity ? select.integer(2) : nil
  }

  private mutating func step() throws {
    isAtEnd = try !select.step()
    current = nil
    guard !isAtEnd else { return }
    guard let kind = UInt32(exactly: select.integer(0)), let key = select.identifier(1)
    else { throw StoreError.damaged("an entity's row is malformed") }
    current = EntityID(kind: EntityKind(number: kind), key: key)
  }

  /// To be called before the table changes.
  mutating func close() {
    select.reset()
    current = nil
  }
}

extension RawStatement {
  /// Binds the kind and the key.
  func bind(_ entity: EntityID, at index: Int32) {
    bind(Int64(entity.kind.number), at: index)
    bind(entity.key, at: index + 1)
  }
}
