import Articles
import GRDB
import Replication

/// What undoing an action did.
package struct Undone: Sendable {
  package let action: LoggedAction
  package fileprivate(set) var written = Written()
  /// What it left as it is, since something was written there after the action, or since the text that
  /// was there is not here.
  package fileprivate(set) var left: Set<EntityID> = []
}

/// Writes anew what the registers of an action showed before it (Protocol 5.7).
struct UndoRun {
  private let transaction: StoreTransaction
  private let table: ActionTable
  private let registers: RegisterTable
  private let dots: Knowledge
  private let now: Int64
  private var undone: Undone

  init(_ transaction: StoreTransaction, _ action: LoggedAction, now: Int64) throws {
    self.transaction = transaction
    self.now = now
    table = ActionTable(transaction)
    registers = try RegisterTable(transaction)
    dots = try table.dots(of: action.number)
    undone = Undone(action: action)
  }

  mutating func run() throws -> Undone {
    try restoreRegisters()
    for range in try table.made(by: undone.action.number) { try takeBack(range) }
    return undone
  }

  /// How many registers are held in memory at a time.
  private static let partCount = 4_096

  private mutating func restoreRegisters() throws {
    var last = RegisterKey.zero
    while true {
      let part = try table.registers(
        of: undone.action.number, after: last, atMost: UndoRun.partCount)
      guard let end = part.last?.register else { return }
      last = end
      try write(part.compactMap { try edit($0.register, former: $0.former) })
    }
  }

  /// Nil where a later write is shown.
  private mutating func edit(_ key: RegisterKey, former: Value?) throws -> Edit? {
    let register = RegisterID(
      try transaction.interner.entity(key.entity), try transaction.interner.field(key.field))
    guard let current = try registers.current(register) else { return nil }
    guard dots.contains(current.winner.dot) else {
      undone.left.insert(register.entity)
      return nil
    }
    // Whoever names a text that is not here may name one that is nowhere.
    if ArticleField.namesBody(register.field),
      let hash = former?.data.flatMap({ ContentHash(bytes: $0) }),
      try !BodyTable(transaction.db).has(hash)
    {
      undone.left.insert(register.entity)
      return nil
    }
    return Edit(register, former ?? .nothing, current.isAuthored ? .author : .set)
  }

  private mutating func takeBack(_ range: ClosedRange<Int64>) throws {
    var edits: [Edit] = []
    var scan = try RegisterScan(transaction.db)
    for number in range {
      let entity = try transaction.interner.entity(number)
      var isOurs = true
      try scan.walk(of: number) { register, _ in
        let dot = Dot(
          replica: try transaction.interner.replica(register.replica),
          sequence: UInt64(clamping: register.sequence))
        if !dots.contains(dot) || register.siblings > 1 { isOurs = false }
      }
      guard isOurs else {
        undone.left.insert(entity)
        continue
      }
      edits += UndoRun.deletion(of: entity)
      guard edits.count >= UndoRun.partCount else { continue }
      scan.close()
      try write(edits)
      edits = []
    }
    scan.close()
    try write(edits)
  }

  private static func deletion(of entity: EntityID) -> [Edit] {
    let deleted = Edit(RegisterID(entity, ArticleField.deleted), .flag(true))
    guard [.article, .highlight].contains(entity.kind) else { return [deleted] }
    return [deleted, Edit(RegisterID(entity, ArticleField.withdrawn), .flag(true))]
  }

  private mutating func write(_ edits: [Edit]) throws {
    guard !edits.isEmpty else { return }
    let written = try LocalWrite(transaction).write(edits, now: now)
    undone.written.changed.formUnion(written.changed)
    undone.written.leftOut += written.leftOut
  }
}
