import GRDB

/// Looks registers' runs up in ascending order, walking the table beside them: where many of a
/// library's registers are asked for, going on to the next row costs a fraction of finding it.
struct RegisterScan {
  private let select: RawStatement
  private var next = Next.closed
  /// The entity of ``run``.
  private var entity: Int64?
  /// The run found last.
  private(set) var run = RegisterRun()
  /// A register of this field or a greater one lies in a later run.
  private(set) var endField = Int64.max

  /// The row the statement stands on, which is the one after ``run``'s.
  private enum Next {
    case closed
    case row(entity: Int64, field: Int64)
    /// Nothing is stored from here on: the first merge into an empty library looks nothing up.
    case ended
  }

  init(_ transaction: StoreTransaction) throws {
    select = try RawStatement(
      transaction.db,
      """
      SELECT entity, field, registers FROM register_run
      WHERE (entity, field) >= (?, 0) ORDER BY entity, field
      """)
  }

  /// Rows to walk over before looking for the wanted one instead.
  private static let patience = 8

  /// Moves on to the run in which a register lies or belongs; false where its entity has none.
  ///
  /// Asks for registers ascending.
  mutating func find(entity: Int64, field: Int64) throws -> Bool {
    if self.entity == entity, field < endField { return true }
    if self.entity != entity { try seek(entity) }
    while case .row(entity, let leastField) = next, leastField <= field {
      try take(entity: entity, leastField: leastField)
    }
    return self.entity == entity
  }

  /// Moves on to the first row of an entity, or past where it would be.
  private mutating func seek(_ entity: Int64) throws {
    for _ in 0..<RegisterScan.patience {
      guard case .row(let current, _) = next, current < entity else { break }
      try step()
    }
    switch next {
    case .ended: return
    case .row(let current, _) where current >= entity: return
    case .row, .closed:
      select.reset()
      select.bind(entity, at: 1)
      try step()
    }
  }

  /// Makes the row the statement stands on the run, and goes on.
  private mutating func take(entity: Int64, leastField: Int64) throws {
    self.entity = entity
    run = RegisterRun(leastField: leastField, bytes: select.bytes(2))
    try step()
    endField = if case .row(entity, let field) = next { field } else { .max }
  }

  private mutating func step() throws {
    next = try select.step() ? .row(entity: select.integer(0), field: select.integer(1)) : .ended
  }

  /// To be called before the table changes.
  mutating func close() {
    select.reset()
    if case .row = next { next = .closed }
    entity = nil
  }
}
