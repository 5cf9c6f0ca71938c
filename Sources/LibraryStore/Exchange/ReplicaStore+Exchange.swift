import Coding
import Files
import Foundation
import GRDB
import Replication

extension ReplicaStore {
  /// The operations the log holds: what this replica can hand on, superseded ones not yet dropped
  /// among them.
  package func heldKnowledge() throws(StoreError) -> Knowledge {
    try read { db in
      let transaction = try StoreTransaction(db)
      let log = FrameLog(transaction)
      var held = Knowledge()
      for replica in transaction.interner.replicas {
        for entry in try log.entries(of: transaction.interner.number(of: replica)) {
          held.insert(entry.sequences, of: replica)
        }
      }
      return held
    }
  }

  /// Bodies that other replicas asked for in reports that were not answered yet, as far as they
  /// are here.
  package func unansweredBodies() throws(StoreError) -> [ContentHash] {
    try read { db in
      let rows = try CachedStatement(db, "SELECT wanted FROM peer WHERE NOT answered")
        .all { $0.bytes(0) }
      let wanted = Set(rows.flatMap { ContentHash.list($0) })
      let bodies = BodyTable(db)
      return try wanted.filter { try bodies.has($0) }.sorted()
    }
  }

  /// Remembers that the reports known so far were answered, so that each is answered once.
  package func noteAnswered() throws(StoreError) {
    try change { try $0.db.execute(sql: "UPDATE peer SET answered = 1") }
  }

  /// The SHA-256 of the header's payload of a file of an exchange folder that was read or written
  /// whole, by its path and length; nil for one that was not.
  package func headerOfExchangeFile(
    _ path: FilePath, length: Int
  ) throws(StoreError) -> ContentHash? {
    try read { db in
      try Data.fetchOne(
        db, sql: "SELECT header FROM exchange_file WHERE path = ? AND length = ?",
        arguments: [path.text, length]
      ).flatMap { ContentHash(bytes: $0) }
    }
  }

  package func noteExchangeFile(
    _ path: FilePath, length: Int, header: ContentHash
  ) throws(StoreError) {
    try change { transaction in
      try transaction.db.execute(
        sql: "INSERT OR REPLACE INTO exchange_file(path, length, header) VALUES (?, ?, ?)",
        arguments: [path.text, length, Data(header.bytes)])
    }
  }

  /// Gives out the next number of this replica's exchange files, and all up to `floor` (Protocol
  /// 7.1). Returns it.
  package func takeFileNumbers(atLeast floor: Int, now: Int64) throws(StoreError) -> Int {
    try changeOwn(now: now) { transaction in
      let last = transaction.identities.entries[transaction.replica]?.issued.file ?? 0
      let next = max(last + 1, UInt64(max(0, floor)))
      transaction.raise(file: next)
      return Int(clamping: next)
    }
  }

  /// Remembers since when own files are replaced by a roll-up.
  package func noteReplacedExchangeFiles(_ paths: [FilePath], now: Int64) throws(StoreError) {
    try change { transaction in
      for path in paths {
        try transaction.db.execute(
          sql: """
            INSERT INTO exchange_file(path, length, header, replaced) VALUES (?, 0, x'', ?)
            ON CONFLICT(path) DO UPDATE SET replaced = excluded.replaced
            """, arguments: [path.text, now])
      }
    }
  }

  /// Own files that were replaced, with the time of it in milliseconds since 1970.
  package func replacedExchangeFiles() throws(StoreError) -> [FilePath: Int64] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT path, replaced FROM exchange_file WHERE replaced IS NOT NULL")
      return Dictionary(
        rows.map { (FilePath(text: $0["path"]), $0["replaced"]) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// The remotes by name.
  package func remotes() throws(StoreError) -> [(name: String, target: String)] {
    try read { db in
      try CachedStatement(db, "SELECT name, target FROM remote ORDER BY name")
        .all { ($0.text(0), $0.text(1)) }
    }
  }

  /// Adds a remote or points it elsewhere; a nil target removes it. Returns whether it was there.
  package func setRemote(_ name: String, to target: String?) throws(StoreError) -> Bool {
    try change { transaction in
      let wasThere =
        try Bool.fetchOne(
          transaction.db, sql: "SELECT 1 FROM remote WHERE name = ?", arguments: [name]) ?? false
      if let target {
        try transaction.db.execute(
          sql: "INSERT OR REPLACE INTO remote(name, target) VALUES (?, ?)",
          arguments: [name, target])
      } else {
        try transaction.db.execute(sql: "DELETE FROM remote WHERE name = ?", arguments: [name])
      }
      return wasThere
    }
  }
}
