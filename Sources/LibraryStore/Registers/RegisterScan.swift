import GRDB

/// Looks registers' runs up in ascending order, walking the table beside them: where many of a
/// library's registers are asked for, going on to the next row costs a fraction of finding it.
struct RegisterScan {
  private let cursor: StatementCursor
  private var state = State.closed
  /// The run found last.
  private(set) var run = RegisterRun()
  /// This register and all after it lie in later runs.
  private(set) var end = RegisterKey.zero

  private enum State {
    case closed
    /// The cursor stands on the row after ``run``'s, or past the last.
    case row, ended
  }

  init(_ db: Database) throws {
    cursor = try StatementCursor(
      db,
      """
      SELECT entity, field, registers FROM register_run
      WHERE (entity, field) >= (
        SELECT entity, field FROM register_run WHERE (entity, field) <= (?, ?)
        ORDER BY entity DESC, field DESC LIMIT 1)
      ORDER BY entity, field
      """)
  }

  /// Rows to walk over before looking for the wanted one instead.
  private static let stepLimit = 8

  /// Moves on to the run in which a register lies or belongs.
  ///
  /// Asks for registers ascending.
  mutating func find(_ key: RegisterKey) throws {
    for _ in 0..<RegisterScan.stepLimit {
      guard case .row = state, end <= key else { break }
      try take()
    }
    guard end <= key else { return }
    cursor.open([.integer(key.entity), .integer(key.field)])
    if try cursor.next() {
      try take()
    } else {
      // Nothing is stored.
      (run, end, state) = (RegisterRun(), .end, .ended)
    }
  }

  /// Calls `body` with each register of an entity and its value, ascending by field.
  ///
  /// Asks for entities ascending.
  mutating func walk(
    of entity: Int64, _ body: (PackedRegister, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var key = RegisterKey(entity: entity, field: 0)
    repeat {
      try find(key)
      try run.bytes.withUnsafeBytes { bytes in
        try RegisterRun.walk(bytes) { if $0.entity == entity { try $0.walk(bytes, body) } }
      }
      key = end
    } while key.entity == entity
  }

  /// Makes the row the cursor stands on the run, and goes on.
  private mutating func take() throws {
    run = RegisterRun(cursor.row)
    if try cursor.next() {
      let row = cursor.row
      (state, end) = (.row, RegisterKey(entity: row.integer(0), field: row.integer(1)))
    } else {
      (state, end) = (.ended, .end)
    }
  }

  /// To be called before the table changes.
  mutating func close() {
    cursor.close()
    (state, end) = (.closed, .zero)
  }
}
