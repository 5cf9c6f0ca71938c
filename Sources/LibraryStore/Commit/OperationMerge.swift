import Coding
import Replication

/// What merging a batch of frames changed.
package struct MergeCount: Sendable, Equatable {
  /// Operations the frames held.
  package var received = 0
  /// Those that were not known before.
  package var new = 0

  package init() {}

  package static func + (left: MergeCount, right: MergeCount) -> MergeCount {
    var sum = left
    sum.received += right.received
    sum.new += right.new
    return sum
  }
}

/// Takes frames of operations in: registers, log and knowledge together.
struct OperationMerge {
  private let transaction: StoreTransaction
  private let log: FrameLog

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
    log = FrameLog(transaction)
  }

  /// Applies every operation, known or not: what is known changes nothing unless it had diverged,
  /// and then it heals (Protocol 1.10).
  func merge(_ frames: [(frame: Frame, block: OperationBlock)]) throws -> MergeCount {
    var count = MergeCount()
    var rest = frames[...]
    while !rest.isEmpty {
      var operations = 0
      let batch = rest.prefix {
        operations += $0.block.count
        return operations <= RegisterTable.mergeLimit
      }
      count = count + (try mergeBatch(batch))
      rest = rest.dropFirst(batch.count)
    }
    return count
  }

  private func mergeBatch(
    _ frames: ArraySlice<(frame: Frame, block: OperationBlock)>
  ) throws -> MergeCount {
    let outcomes = try RegisterTable.merge(frames.map(\.block), transaction)
    var count = MergeCount()
    var touched: Set<Int64> = []
    var start = 0
    for (frame, block) in frames {
      defer { start += block.count }
      let known = transaction.knowledge[block.replica]
      let fresh = block.carried.subtracting(known)
      count.received += block.count
      count.new += Int(fresh.count)
      if fresh.count < block.count {
        try append(block) {
          fresh.contains(block.sequence(at: $0)) || outcomes[start + $0] == .won
        }
      } else if log.isWorthRewriting(
        block.count,
        superseded: outcomes[start..<start + block.count].count { $0 == .superseded })
      {
        // What goes now needs no rewriting at the transaction's end.
        try append(block) { outcomes[start + $0] != .superseded }
      } else {
        try log.append(frame, of: block)
      }
      let replica = try transaction.interner.number(of: block.replica)
      transaction.superseded[replica, default: []] += (0..<block.count).lazy
        .filter { outcomes[start + $0] == .superseded }.map { block.sequence(at: $0) }
      transaction.learn(fresh, of: block.replica)
      touched.insert(replica)
    }
    for replica in touched { try log.rollUp(replica) }
    return count
  }

  /// Logs a part of a frame as a frame of its own.
  private func append(_ block: OperationBlock, where isKept: (Int) -> Bool) throws {
    var kept = OperationBlockBuilder(replica: block.replica)
    kept.append(block, where: isKept)
    try log.append(kept)
  }
}
