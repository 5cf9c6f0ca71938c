import GRDB

/// Looks registers up in ascending order, walking the table beside them: where many of a library's
/// registers are asked for, going on to the next row costs a fraction of finding it.
struct RegisterScan {
  private let select: RawStatement
  private var state = State.closed

  private enum State {
    case closed
    /// On a row that was not passed yet.
    case at(entity: Int64, field: Int64)
    /// Nothing is stored from here on: the first merge into an empty library looks nothing up.
    case ended
  }

  init(_ transaction: StoreTransaction) throws {
    select = try RawStatement(
      transaction.db,
      """
      SELECT entity, field, stamp, replica, sequence, siblings, value FROM register
      WHERE (entity, field) >= (?, ?) ORDER BY entity, field
      """)
  }

  /// Rows to walk over before looking for the wanted one instead.
  private static let patience = 8

  /// Whether there is such a register; then its row can be read until the next call.
  ///
  /// Asks for each register once, ascending.
  mutating func find(entity: Int64, field: Int64) throws -> Bool {
    if case .ended = state { return false }
    for _ in 0..<RegisterScan.patience {
      guard case .at(let storedEntity, let storedField) = state else { break }
      if storedEntity == entity && storedField == field { return true }
      if (storedEntity, storedField) > (entity, field) { return false }
      try step()
    }
    if case .ended = state { return false }
    select.reset()
    select.bind(entity, at: 1)
    select.bind(field, at: 2)
    try step()
    guard case .at(entity, field) = state else { return false }
    return true
  }

  private mutating func step() throws {
    state =
      try select.step() ? .at(entity: select.integer(0), field: select.integer(1)) : .ended
  }

  /// To be called before the table changes.
  mutating func close() {
    select.reset()
    if case .at = state { state = .closed }
  }

  var stamp: Int64 { select.integer(2) }
  var replica: Int64 { select.integer(3) }
  var sequence: Int64 { select.integer(4) }
  var hasSiblings: Bool { select.integer(5) != 0 }
  var value: UnsafeRawBufferPointer { select.blob(6) }
}
