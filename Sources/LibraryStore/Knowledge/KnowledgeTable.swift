import GRDB
import Replication

/// The table of known ranges.
enum KnowledgeTable {
  static func load(_ db: Database, _ interner: Interner) throws -> Knowledge {
    var ranges: [Int64: [ClosedRange<UInt64>]] = [:]
    let select = try CachedStatement(
      db, "SELECT replica, first, last FROM knowledge ORDER BY replica, first")
    try select.walk { row in
      let (first, last) = (row.integer(1), row.integer(2))
      guard first >= 1, first <= last else {
        throw StoreError.damaged("the knowledge table holds the range \(first) to \(last)")
      }
      ranges[row.integer(0), default: []].append(UInt64(first)...UInt64(last))
    }
    var sets: [ReplicaID: SequenceSet] = [:]
    for (number, ranges) in ranges { sets[try interner.replica(number)] = SequenceSet(ranges) }
    return Knowledge(sets)
  }

  /// Rewrites the rows of the replicas of which more or less is known than before.
  static func save(_ transaction: StoreTransaction, from before: Knowledge) throws {
    let after = transaction.knowledge
    for replica in Set(before.sets.keys).union(after.sets.keys)
    where before[replica] != after[replica] {
      let number = try transaction.interner.number(of: replica)
      try CachedStatement(transaction.db, "DELETE FROM knowledge WHERE replica = ?")
        .run([.integer(number)])
      let insert = try CachedStatement(transaction.db, "INSERT INTO knowledge VALUES (?, ?, ?)")
      for range in after[replica].ranges {
        try insert.run([
          .integer(number), .integer(range.lowerBound), .integer(range.upperBound),
        ])
      }
    }
  }
}
