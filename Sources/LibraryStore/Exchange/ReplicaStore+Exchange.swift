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

  /// What is remembered of files of exchanges, by their names. No name comes twice; a dictionary
  /// would take more memory, where there are very many.
  package func exchangeRecords() throws(StoreError) -> [(key: String, value: ExchangeRecord)] {
    try read { try ExchangeTable($0).records() }
  }

  /// Remembers these, in one transaction, and forgets others.
  ///
  /// - Parameter reader: as whom they were read; where this replica has taken another id since, they are
  ///   not remembered. Who finds a twin no longer knows all that it read before.
  package func note(
    _ records: [String: ExchangeRecord], readAs reader: ReplicaID? = nil,
    forgetting forgotten: [String] = []
  ) throws(StoreError) {
    guard !records.isEmpty || !forgotten.isEmpty else { return }
    try change { transaction in
      guard reader ?? transaction.replica == transaction.replica else { return }
      let table = ExchangeTable(transaction.db)
      for (name, record) in records { try table.note(name, record, bodies: nil) }
      for name in forgotten { try table.forget(name) }
    }
  }

  /// Remembers files of this replica's own, with the bodies they carry.
  package func noteWritten(
    _ files: [(name: String, record: ExchangeRecord, bodies: [ContentHash])]
  ) throws(StoreError) {
    try change { transaction in
      let table = ExchangeTable(transaction.db)
      for file in files { try table.note(file.name, file.record, bodies: file.bodies) }
    }
  }

  /// The bodies that own files carry and a register here still names; nil where one of them is not
  /// here any more.
  package func bodies(ofExchangeFiles names: [String]) throws(StoreError) -> [ContentHash]? {
    try read { db in
      try ExchangeTable(db).namedBodies(of: names)?.sorted()
    }
  }

  /// Names of damaged files, as replicas name them, and since when that is known here.
  package func exchangeDamage() throws(StoreError) -> [[UInt8]: Int64] {
    try read { try ExchangeTable($0).damage() }
  }

  package func noteExchangeDamage(_ names: [[UInt8]], now: Int64) throws(StoreError) {
    guard !names.isEmpty else { return }
    try change { transaction in
      let table = ExchangeTable(transaction.db)
      for name in names { try table.noteDamage(name, since: now) }
    }
  }

  package func forgetExchangeDamage(_ names: [[UInt8]]) throws(StoreError) {
    guard !names.isEmpty else { return }
    try change { transaction in
      let table = ExchangeTable(transaction.db)
      for name in names { try table.forgetDamage(name) }
    }
  }

  /// Bodies here that other replicas want, and that were not put into this place since they did.
  package func unansweredBodies(at place: String) throws(StoreError) -> [ContentHash] {
    try read { Set(try ExchangeTable($0).unanswered(at: place).map(\.hash)).sorted() }
  }

  /// Remembers that these bodies were put into this place, for all who want them now.
  package func noteAnswered(_ bodies: [ContentHash], at place: String) throws(StoreError) {
    guard !bodies.isEmpty else { return }
    try change { transaction in
      let table = ExchangeTable(transaction.db)
      let answered = Set(bodies)
      try table.noteAnswered(
        table.unanswered(at: place).filter { answered.contains($0.hash) }, at: place)
    }
  }

  /// Whether this replica has exchanged with the place before.
  package func knowsPlace(_ place: String) throws(StoreError) -> Bool {
    try read { try ExchangeTable($0).knows(place: place) }
  }

  package func notePlace(_ place: String) throws(StoreError) {
    guard try !knowsPlace(place) else { return }
    try change { try ExchangeTable($0.db).note(place: place) }
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
