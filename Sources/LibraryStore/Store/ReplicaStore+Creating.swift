import Files
import Foundation
import GRDB
import Replication

extension ReplicaStore {
  /// Makes an empty replica of `library` in `folder`. Throws `libraryExists`, `cannotWrite`.
  package static func create(
    in folder: FilePath, library: [UInt8], replica: ReplicaID, options: Options
  ) throws(StoreError) {
    let draft = try Draft(in: folder, library: library, replica: replica, options: options)
    do {
      try draft.commit()
    } catch {
      Draft.clear(in: folder)
      throw error
    }
  }

  /// A replica that is whole and durable, under another name: until it is committed there is no
  /// library, and the next try clears it away.
  package struct Draft: Sendable {
    private let folder: FilePath
    private let library: [UInt8]
    private let replica: ReplicaID
    private let issued: Issued
    private let options: Options

    /// Makes an empty replica of `library`; of a `name`, where it is given one at wall time `now`.
    ///
    /// Throws `libraryExists`, `cannotWrite`.
    package init(
      in folder: FilePath, library: [UInt8], replica: ReplicaID,
      name: (text: String, now: Int64)? = nil, options: Options
    ) throws(StoreError) {
      self.folder = folder
      self.library = library
      self.replica = replica
      self.options = options
      try Draft.checkVacancy(folder)
      // Of a try that was killed.
      Draft.clear(in: folder)
      do {
        issued = try Draft.build(in: folder, library, replica, name, options)
      } catch {
        Draft.clear(in: folder)
        throw error
      }
    }

    /// Makes a replica of a backup: all that is in it, under an id that nobody has been.
    ///
    /// Throws `libraryExists`, `cannotWrite`, `damaged`, `unusableBackup`.
    package init(
      in folder: FilePath, restoring backup: FilePath, library: [UInt8], replica: ReplicaID,
      name: (text: String, now: Int64)? = nil, options: Options
    ) throws(StoreError) {
      self.folder = folder
      self.library = library
      self.replica = replica
      self.options = options
      try Draft.checkVacancy(folder)
      Draft.clear(in: folder)
      do {
        issued = try StoreError.wrapping(
          busyTimeoutMilliseconds: options.busyTimeoutMilliseconds
        ) {
          let file = Draft.file(in: folder)
          try Draft.copy(backup, to: file)
          _ = try BackupDatabase.content(of: file, library: library)
          return try BackupDatabase.adopt(file, as: replica, name: name, options: options)
        }
      } catch {
        Draft.clear(in: folder)
        throw error
      }
    }

    private static func copy(_ backup: FilePath, to file: FilePath) throws {
      let input = try InputFile(backup, .named)
      let output = try OutputFile(file, .owner)
      while true {
        let piece = try input.read(upTo: 1 << 20)
        if piece.isEmpty { break }
        try output.write(piece)
      }
      try output.commit()
    }

    private static func build(
      in folder: FilePath, _ library: [UInt8], _ replica: ReplicaID,
      _ name: (text: String, now: Int64)?,
      _ options: Options
    ) throws(StoreError) -> Issued {
      try StoreError.wrapping(busyTimeoutMilliseconds: options.busyTimeoutMilliseconds) {
        file(in: folder).makePrivate()
        let queue = try ReplicaStore.connect(file(in: folder), options: options)
        // Properties of the file, so that opening it later needs no lock.
        try queue.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
        }
        try Schema.migrator.migrate(queue)
        let issued = try queue.write { db in
          let number = try Draft.writeState(db, library: library, replica: replica)
          return try Draft.begin(
            as: replica, number: number, name: name, using: options.random, in: db)
        }
        try queue.closeWhole()
        return issued
      }
    }

    /// Puts the replica in its place, which makes it one: all before this can be taken back.
    package func commit() throws(StoreError) {
      try Draft.checkVacancy(folder)
      let wait = options.busyTimeoutMilliseconds
      try StoreError.wrapping(busyTimeoutMilliseconds: wait) {
        try options.guardian.note(issued, of: replica, library, waitMilliseconds: wait)
        Draft.clearBeside(in: folder)
        do {
          try Draft.file(in: folder).takeName(folder.appending(ReplicaStore.fileName))
        } catch {
          try options.guardian.note(nil, of: replica, library, waitMilliseconds: wait)
          throw error
        }
      }
    }

    /// Takes away what a try left that was given up or killed.
    package static func clear(in folder: FilePath) {
      try? file(in: folder).remove()
      clearBeside(in: folder)
    }

    /// Takes away what SQLite kept beside the database, and could not take away itself.
    private static func clearBeside(in folder: FilePath) {
      for ending in ["-wal", "-shm", "-journal"] {
        try? file(in: folder).adding(ending).remove()
      }
    }

    private static func file(in folder: FilePath) -> FilePath {
      folder.appending("\(ReplicaStore.fileName).new")
    }

    private static func checkVacancy(_ folder: FilePath) throws(StoreError) {
      guard !folder.appending(ReplicaStore.fileName).exists else {
        throw .libraryExists(path: folder.shown)
      }
    }

    private static func writeState(
      _ db: Database, library: [UInt8], replica: ReplicaID
    ) throws -> Int64 {
      try db.execute(
        sql: "INSERT INTO replica(key) VALUES (?)", arguments: [Data(replica.identifier.bytes)])
      let number = db.lastInsertedRowID
      try db.execute(
        sql: "INSERT INTO state VALUES (1, ?, ?, 0, ?, 0, 0)",
        arguments: [Data(library), number, Data(Fingerprint.empty.digest.bytes)])
      return number
    }

    /// Has a database write as a replica that is new; returns what the replica has issued.
    static func begin(
      as replica: ReplicaID, number: Int64, name: (text: String, now: Int64)?,
      using random: RandomSource, in db: Database
    ) throws -> Issued {
      var random = random
      try db.execute(sql: "UPDATE state SET replica = ?", arguments: [number])
      try IdentityTable.write(
        OwnIdentities.Entry(issued: .nothing(using: &random)), of: number, db)
      let transaction = try StoreTransaction(db)
      transaction.random = random
      if let name {
        try LocalWrite(transaction).name(transaction.replica, name.text, now: name.now)
        try transaction.save()
      }
      guard let issued = transaction.identities.entries[transaction.replica]?.issued else {
        throw StoreError.damaged("a new replica has no identity")
      }
      return issued
    }
  }
}

extension FilePath {
  /// Gives a file that was flushed another name in its folder, durably or not at all.
  fileprivate func takeName(_ name: FilePath) throws(FileError) {
    guard rename(to: name) else { throw FileError(name, .system(errno)) }
    do {
      try Folder.flush(folder)
    } catch {
      // Nobody has seen it: a disk that renames nothing any more may still remove.
      if !name.rename(to: self) { try? name.remove() }
      throw error
    }
  }

  private func rename(to name: FilePath) -> Bool {
    withPlatformString { from in name.withPlatformString { Foundation.rename(from, $0) == 0 } }
  }
}
