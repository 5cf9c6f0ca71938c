import Coding
import Replication

/// Drops from the log what the registers no longer need.
struct LogCompaction {
  private let transaction: StoreTransaction
  private let log: FrameLog

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
    log = FrameLog(transaction)
  }

  /// Adds what the merge superseded to the counts of the frames it lies in, and rewrites those of
  /// which most is superseded by now: each operation that stays is then copied no more often than
  /// another went. Frames of a few operations are not worth it.
  func noteSuperseded() throws {
    for (replica, sequences) in transaction.superseded {
      let sorted = sequences.sorted()
      var next = 0
      for entry in try log.entries(of: replica) {
        var count = 0
        for range in entry.sequences.ranges {
          while next < sorted.count, sorted[next] < range.lowerBound { next += 1 }
          let start = next
          while next < sorted.count, sorted[next] <= range.upperBound { next += 1 }
          count += next - start
        }
        guard count > 0 else { continue }
        try log.noteSuperseded(count, in: entry.id)
        if log.isWorthRewriting(entry.operations, superseded: entry.superseded + count) {
          _ = try rewrite(entry)
        }
      }
    }
    transaction.superseded = [:]
  }

  /// Rewrites every frame in which something is superseded; returns how many operations went.
  func dropSuperseded() throws -> Int {
    var dropped = 0
    for id in transaction.interner.replicas {
      let replica = try transaction.interner.number(of: id)
      for entry in try log.entries(of: replica) where entry.superseded > 0 {
        dropped += try rewrite(entry)
      }
    }
    return dropped
  }

  private func rewrite(_ entry: FrameLog.Entry) throws -> Int {
    let block = try log.block(entry.id)
    let isHeld = try RegisterTable.holds(block, transaction)
    var kept = OperationBlockBuilder(replica: block.replica)
    kept.append(block) { isHeld[$0] }
    try log.delete(entry)
    try log.append(kept)
    return block.count - kept.count
  }
}
