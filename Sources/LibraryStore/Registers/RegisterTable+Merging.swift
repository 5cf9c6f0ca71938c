import Coding
import Replication

// How the rest of the store reaches what is packed: through this table, and ``RegisterScan`` for
// whoever reads many registers in order.
extension RegisterTable {
  /// So many operations at most are merged at once.
  static let mergeLimit = SortedBatch.limit

  /// Joins the operations of blocks in; returns what that did with each, block by block.
  static func merge(
    _ blocks: [OperationBlock], _ transaction: StoreTransaction
  ) throws -> [MergeOutcome] {
    try RegisterMerge.apply(SortedBatch(blocks, transaction), transaction)
  }

  /// For each operation of a block, whether a register holds it.
  static func holds(
    _ block: OperationBlock, _ transaction: StoreTransaction
  ) throws -> [Bool] {
    try RegisterMerge.held(SortedBatch([block], transaction), transaction)
  }

  /// Joins one operation in that is authored text, or on a register with such.
  func join(_ operation: Operation, entity: Int64, field: Int64) throws {
    _ = try SiblingMerge(transaction)
      .join([operation], into: RegisterKey(entity: entity, field: field))
  }

  /// How many registers bear a greater stamp. Looks at every one.
  func count(stampedAbove stamp: Stamp) throws -> Int {
    var count = 0
    try runs.walk { run in
      try run.walk { _, register, _ in if register.stamp > stamp.rawValue { count += 1 } }
    }
    return count
  }
}
