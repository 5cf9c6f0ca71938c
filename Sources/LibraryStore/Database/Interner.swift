import GRDB
import Replication

/// The integers that stand for identifiers in the tables, within one transaction.
///
/// Replicas and fields are few and cached whole; entities are looked up.
struct Interner {
  private let db: Database
  private var replicaNumbers: [ReplicaID: Int64] = [:]
  private var replicaIDs: [Int64: ReplicaID] = [:]
  private var fieldNumbers: [Field: Int64] = [:]
  private var fieldNames: [Int64: Field] = [:]

  init(_ db: Database) throws {
    self.db = db
    try loadReplicas()
    try loadFields()
  }

  private mutating func loadReplicas() throws {
    let statement = try RawStatement(db, "SELECT id, key FROM replica")
    while try statement.step() {
      guard let key = Identifier(bytes: statement.blob(1)) else { continue }
      keep(ReplicaID(key), as: statement.integer(0))
    }
    statement.reset()
  }

  private mutating func loadFields() throws {
    let statement = try RawStatement(db, "SELECT id, name FROM field")
    while try statement.step() {
      keep(try Field(bytes: statement.bytes(1)), as: statement.integer(0))
    }
    statement.reset()
  }

  private mutating func keep(_ replica: ReplicaID, as number: Int64) {
    replicaNumbers[replica] = number
    replicaIDs[number] = replica
  }

  private mutating func keep(_ field: Field, as number: Int64) {
    fieldNumbers[field] = number
    fieldNames[number] = field
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

  /// Throws `damaged` for a number no row explains.
  func replica(_ number: Int64) throws -> ReplicaID {
    guard let replica = replicaIDs[number] else {
      throw StoreError.damaged("a row names replica \(number), which is not in the table")
    }
    return replica
  }

  var replicas: [ReplicaID] { replicaNumbers.keys.sorted() }

  mutating func number(of field: Field) throws -> Int64 {
    if let number = fieldNumbers[field] { return number }
    let insert = try RawStatement(db, "INSERT INTO field(name) VALUES (?)")
    insert.bind(field.bytes, at: 1)
    try insert.run()
    keep(field, as: db.lastInsertedRowID)
    return db.lastInsertedRowID
  }

  /// Nil where the library has no register of that name.
  func existingNumber(of field: Field) -> Int64? { fieldNumbers[field] }

  func field(_ number: Int64) throws -> Field {
    guard let field = fieldNames[number] else {
      throw StoreError.damaged("a row names field \(number), which is not in the table")
    }
    return field
  }

  func existingNumber(of entity: EntityID) throws -> Int64? {
    let select = try RawStatement(db, "SELECT id FROM entity WHERE kind = ? AND key = ?")
    defer { select.reset() }
    select.bind(Int64(entity.kind.number), at: 1)
    select.bind(entity.key.bytes, at: 2)
    return try select.step() ? select.integer(0) : nil
  }

  func number(of entity: EntityID) throws -> Int64 {
    if let number = try existingNumber(of: entity) { return number }
    let insert = try RawStatement(db, "INSERT INTO entity(kind, key) VALUES (?, ?)")
    insert.bind(Int64(entity.kind.number), at: 1)
    insert.bind(entity.key.bytes, at: 2)
    try insert.run()
    return db.lastInsertedRowID
  }

  /// Looked up in key order, so that the index is walked and not jumped about in.
  func numbers(of entities: [EntityID]) throws -> [Int64] {
    var numbers = [Int64](repeating: 0, count: entities.count)
    for index in entities.indices.sorted(by: { entities[$0] < entities[$1] }) {
      numbers[index] = try number(of: entities[index])
    }
    return numbers
  }

  func entity(_ number: Int64) throws -> EntityID {
    let select = try RawStatement(db, "SELECT kind, key FROM entity WHERE id = ?")
    defer { select.reset() }
    select.bind(number, at: 1)
    guard try select.step(), let kind = UInt32(exactly: select.integer(0)),
      let key = Identifier(bytes: select.blob(1))
    else {
      throw StoreError.damaged("a row names entity \(number), which is not in the table")
    }
    return EntityID(kind: EntityKind(number: kind), key: key)
  }
}
