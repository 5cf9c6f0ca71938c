import Replication

/// Notes what one transaction writes for an action, so that the action can be undone.
struct ActionRecord {
  private let transaction: StoreTransaction
  private let table: ActionTable
  private let action: Int64
  /// The entity that is being written, and whether the action makes it.
  private var entity: (id: EntityID, isMade: Bool)?
  private var made: [Int64] = []
  private var bytes = 0

  /// Nil where what is written is not to be undone.
  init?(_ transaction: StoreTransaction, now: Int64) throws {
    guard let label = transaction.action else { return nil }
    self.transaction = transaction
    table = ActionTable(transaction)
    action = try table.begin(label, now: now)
  }

  /// To be called before an entity's registers are written.
  mutating func begin(_ id: EntityID) throws {
    guard let number = try transaction.interner.existingNumber(of: id) else {
      entity = (id, isMade: true)
      return
    }
    entity = (id, isMade: try table.isMade(number, by: action))
  }

  /// Notes what a register of the entity shows before it is written; nil where it never was.
  mutating func note(_ former: Value?, of register: RegisterID, field: Int64) throws {
    let number = try transaction.interner.number(of: register.entity)
    guard entity?.isMade == false else {
      if made.last != number { made.append(number) }
      return
    }
    try table.note(former, of: RegisterKey(entity: number, field: field), by: action)
    bytes += (former?.bytes.count ?? 0) + 32
  }

  /// To be called when all is written.
  func end(_ operations: [Operation]) throws {
    guard let first = operations.first, let last = operations.last else {
      return try table.forgetEmpty(action)
    }
    try table.note(made: made.sorted(), by: action)
    try table.end(first.dot.sequence...last.dot.sequence, bytes: bytes, by: action)
  }
}
