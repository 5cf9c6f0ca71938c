import GRDB

/// The table of runs.
struct RegisterRunTable {
  private let db: Database
  private let select: CachedStatement
  private let selectEnd: CachedStatement
  private let replace: CachedStatement

  init(_ db: Database) throws {
    self.db = db
    select = try CachedStatement(
      db,
      """
      SELECT entity, field, registers FROM register_run WHERE (entity, field) <= (?, ?)
      ORDER BY entity DESC, field DESC LIMIT 1
      """)
    selectEnd = try CachedStatement(
      db, "SELECT min(field) FROM register_run WHERE entity = ? AND field > ?")
    replace = try CachedStatement(
      db, "INSERT OR REPLACE INTO register_run(entity, field, registers) VALUES (?, ?, ?)")
  }

  /// The run in which a register lies or belongs.
  func run(of key: RegisterKey) throws -> RegisterRun {
    try select.first([.integer(key.entity), .integer(key.field)]) { RegisterRun($0) }
      ?? RegisterRun()
  }

  /// Calls `body` with each run there is, ascending.
  func walk(_ body: (RegisterRun) throws -> Void) throws {
    try CachedStatement(
      db, "SELECT entity, field, registers FROM register_run ORDER BY entity, field"
    ).walk { try body(RegisterRun($0)) }
  }

  /// Puts registers of an entity where they belong, over what was there.
  func set(_ registers: [UnpackedRegister], of entity: Int64) throws {
    var rest = registers.sorted { $0.field < $1.field }[...]
    while let first = rest.first {
      let end = try nextRun(entity: entity, behind: first.field)
      let part = rest.prefix { $0.field < end }
      let run = try run(of: RegisterKey(entity: entity, field: first.field))
      try write(run.setting(part, of: entity))
      rest = rest.dropFirst(part.count)
    }
  }

  /// The least field of the entity's next run.
  private func nextRun(entity: Int64, behind field: Int64) throws -> Int64 {
    let next = try selectEnd.first([.integer(entity), .integer(field)]) {
      $0.isNull(0) ? nil : $0.integer(0)
    }
    return next.flatMap(\.self) ?? .max
  }

  /// Takes runs away with all that is in them.
  func remove(_ keys: [RegisterKey]) throws {
    let delete = try CachedStatement(db, "DELETE FROM register_run WHERE entity = ? AND field = ?")
    for key in keys { try delete.run([.integer(key.entity), .integer(key.field)]) }
    // Where there are runs, one of them is the first, to which whatever is before the next belongs.
    try db.execute(
      sql: "INSERT OR IGNORE INTO register_run(entity, field, registers) VALUES (?, ?, x'')",
      arguments: [RegisterKey.zero.entity, RegisterKey.zero.field])
  }

  /// Writes runs that were made over those whose place they take.
  func write(_ builder: RegisterRunBuilder) throws {
    try builder.bytes.withUnsafeBytes { bytes in
      for row in builder.rows {
        try replace.run([
          .integer(row.lowest.entity), .integer(row.lowest.field),
          .bytes(UnsafeRawBufferPointer(rebasing: bytes[row.bytes])),
        ])
      }
    }
  }
}

extension RegisterRun {
  /// The columns of a row: entity, field, registers.
  init(_ row: SQLRow) {
    self.init(
      lowest: RegisterKey(entity: row.integer(0), field: row.integer(1)), bytes: row.bytes(2))
  }
}
