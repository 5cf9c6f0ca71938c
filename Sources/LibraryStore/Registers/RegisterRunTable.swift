import GRDB

/// The table of runs: finds the one a register lies in, and writes runs, split where they are long.
struct RegisterRunTable {
  private let db: Database
  private let select: RawStatement
  private let selectEntity: RawStatement
  private let replace: RawStatement

  init(_ db: Database) throws {
    self.db = db
    select = try RawStatement(
      db,
      """
      SELECT field, registers FROM register_run
      WHERE entity = ? AND field <= ? ORDER BY field DESC LIMIT 1
      """)
    selectEntity = try RawStatement(
      db, "SELECT registers FROM register_run WHERE entity = ? ORDER BY field")
    replace = try RawStatement(
      db, "INSERT OR REPLACE INTO register_run(entity, field, registers) VALUES (?, ?, ?)")
  }

  /// The run in which a register lies or belongs; an empty one where the entity has none.
  func run(entity: Int64, field: Int64) throws -> RegisterRun {
    select.bind(entity, at: 1)
    select.bind(field, at: 2)
    defer { select.reset() }
    guard try select.step() else { return RegisterRun() }
    return RegisterRun(leastField: select.integer(0), bytes: select.bytes(1))
  }

  /// Calls `body` with each register of an entity and its value, ascending by field.
  func walk(
    of entity: Int64, _ body: (PackedRegister, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    selectEntity.bind(entity, at: 1)
    defer { selectEntity.reset() }
    while try selectEntity.step() { try RegisterRun.walk(in: selectEntity.blob(0), body) }
  }

  /// Calls `body` with each run there is and its entity, ascending.
  func walk(_ body: (_ entity: Int64, RegisterRun) throws -> Void) throws {
    let selectAll = try RawStatement(
      db, "SELECT entity, field, registers FROM register_run ORDER BY entity, field")
    defer { selectAll.reset() }
    while try selectAll.step() {
      try body(
        selectAll.integer(0),
        RegisterRun(leastField: selectAll.integer(1), bytes: selectAll.bytes(2)))
    }
  }

  func write(_ run: RegisterRun, of entity: Int64) throws {
    try run.bytes.withUnsafeBytes { try write($0, entity: entity, leastField: run.leastField) }
  }

  /// The bytes are a run's; it takes the place of the one with its least field.
  @inline(__always)
  func write(_ run: UnsafeRawBufferPointer, entity: Int64, leastField: Int64) throws {
    guard run.count > RegisterRun.greatestCount else {
      return try writeRow(run, entity: entity, leastField: leastField)
    }
    // Half full, so that the next few registers do not split them again.
    var (start, field) = (0, leastField)
    try RegisterRun.walk(in: run) { register, _ in
      let span = register.span
      guard span.lowerBound > start, span.upperBound - start > RegisterRun.greatestCount / 2
      else { return }
      try writeRow(
        UnsafeRawBufferPointer(rebasing: run[start..<span.lowerBound]), entity: entity,
        leastField: field)
      (start, field) = (span.lowerBound, register.field)
    }
    try writeRow(
      UnsafeRawBufferPointer(rebasing: run[start...]), entity: entity, leastField: field)
  }

  @inline(__always)
  private func writeRow(
    _ run: UnsafeRawBufferPointer, entity: Int64, leastField: Int64
  ) throws {
    replace.bind(entity, at: 1)
    replace.bind(leastField, at: 2)
    replace.bind(run, at: 3)
    try replace.run()
  }
}
