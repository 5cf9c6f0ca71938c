import GRDB

/// The table of runs.
struct RegisterRunTable {
  private let db: Database
  private let select: RawStatement
  private let selectEnd: RawStatement
  private let replace: RawStatement

  init(_ db: Database) throws {
    self.db = db
    select = try RawStatement(
      db,
      """
      SELECT entity, field, registers FROM register_run WHERE (entity, field) <= (?, ?)
      ORDER BY entity DESC, field DESC LIMIT 1
      """)
    selectEnd = try RawStatement(
      db, "SELECT min(field) FROM register_run WHERE entity = ? AND field > ?")
    replace = try RawStatement(
      db, "INSERT OR REPLACE INTO register_run(entity, field, registers) VALUES (?, ?, ?)")
  }

  /// The run in which a register lies or belongs.
  func run(of key: RegisterKey) throws -> RegisterRun {
    select.bind(key.entity, at: 1)
    select.bind(key.field, at: 2)
    defer { select.reset() }
    guard try select.step() else { return RegisterRun() }
    return RegisterRun(
      least: RegisterKey(entity: select.integer(0), field: select.integer(1)),
      bytes: select.bytes(2))
  }

  /// Calls `body` with each run there is, ascending.
  func walk(_ body: (RegisterRun) throws -> Void) throws {
    let selectAll = try RawStatement(
      db, "SELECT entity, field, registers FROM register_run ORDER BY entity, field")
    defer { selectAll.reset() }
    while try selectAll.step() {
      try body(
        RegisterRun(
          least: RegisterKey(entity: selectAll.integer(0), field: selectAll.integer(1)),
          bytes: selectAll.bytes(2)))
    }
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
    selectEnd.bind(entity, at: 1)
    selectEnd.bind(field, at: 2)
    defer { selectEnd.reset() }
    return try selectEnd.step() && !selectEnd.isNull(0) ? selectEnd.integer(0) : .max
  }

  /// Takes runs away with all that is in them.
  func remove(_ keys: [RegisterKey]) throws {
    let delete = try RawStatement(db, "DELETE FROM register_run WHERE entity = ? AND field = ?")
    for key in keys {
      delete.bind(key.entity, at: 1)
      delete.bind(key.field, at: 2)
      try delete.run()
    }
    // Where there are runs, one of them is the first, to which whatever is before the next belongs.
    try db.execute(
      sql: "INSERT OR IGNORE INTO register_run(entity, field, registers) VALUES (?, ?, x'')",
      arguments: [RegisterKey.least.entity, RegisterKey.least.field])
  }

  /// Writes runs that were made over those whose place they take.
  func write(_ builder: RegisterRunBuilder) throws {
    try builder.bytes.withUnsafeBytes { bytes in
      for row in builder.rows {
        replace.bind(row.least.entity, at: 1)
        replace.bind(row.least.field, at: 2)
        replace.bind(UnsafeRawBufferPointer(rebasing: bytes[row.bytes]), at: 3)
        try replace.run()
      }
    }
  }
}
