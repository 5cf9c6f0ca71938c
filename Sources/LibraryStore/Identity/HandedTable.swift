import Coding
import Foundation
import GRDB
import Replication

extension ReplicaStore {
  /// What this replica knew when it last wrote a bundle for `receiver`; nil if it never did.
  public func knowledgeHanded(to receiver: ReplicaID) throws(StoreError) -> Knowledge? {
    try read { db in
      try Data.fetchOne(
        db,
        sql: """
          SELECT knowledge FROM handed JOIN replica ON replica.id = handed.replica WHERE key = ?
          """, arguments: [Data(receiver.identifier.bytes)]
      ).map { try Knowledge(bytes: Array($0)) }
    }
  }

  /// Remembers that a bundle for `receiver` told it that this replica knows `knowledge`.
  public func noteHanded(_ knowledge: Knowledge, to receiver: ReplicaID) throws(StoreError) {
    try change { transaction in
      try transaction.db.execute(
        sql: "INSERT OR REPLACE INTO handed(replica, knowledge) VALUES (?, ?)",
        arguments: [try transaction.interner.number(of: receiver), Data(knowledge.bytes)])
    }
  }
}
