import Files
import Foundation
import GRDB
import Replication

/// The file of the search index, `search.sqlite` beside the database (Protocol 6.9).
///
/// Nothing in it is the library's own: whatever is wrong with it, it is dropped and built anew. It
/// holds words and where they stand, not texts. A document in it never changes; an article that
/// does gets another one, and the old one is dead until the index is built anew.
actor SearchIndex {
  private let queue: DatabaseQueue
  /// The key of the library the index speaks of.
  private let library: [UInt8]
  private let textVersion: Int

  static let fileName = "search.sqlite"
  /// What SQLite calls `INCREMENTAL`.
  private static let incrementalVacuum = 2

  /// How far the index has followed the library.
  struct Place: Sendable, Equatable {
    /// All changes of the library up to this revision are in.
    let revision: Int64
    /// The random number of the last of them: in another database, or one that was restored, other
    /// changes have the same revisions.
    let mark: Int64
  }

  /// How far updates of the index have come, the one under way included.
  struct Standing: Sendable, Equatable {
    fileprivate let place: Place
    /// How many were ever added.
    fileprivate let documents: Int64
  }

  /// What an update begins with.
  struct Beginning: Sendable {
    let place: Place
    /// Another one after the index was dropped.
    fileprivate let generation: Int64
    /// The update's own.
    fileprivate let snapshot: Int64
  }

  /// Another process dropped the index, or updates it from a newer state of the library.
  struct Overtaken: Error {}

  init(
    _ file: FilePath, library: [UInt8], textVersion: Int, busyTimeoutMilliseconds: Int
  ) throws {
    self.library = library
    self.textVersion = textVersion
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(busyTimeoutMilliseconds) / 1_000)
    file.makePrivate()
    queue = try DatabaseQueue.open(file, configuration) { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = NORMAL;
          PRAGMA secure_delete = OFF;
          PRAGMA cache_size = -2048;
          PRAGMA wal_autocheckpoint = 4096;
          """)
    }
    guard !queue.inDatabase({ $0.isReadOnly }) else { return }
    do {
      // Properties of the file; the first can only be given to a new one.
      try queue.writeWithoutTransaction { db in
        // Each query opens the index, and giving it again what it has would write and sync a page.
        if try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") != SearchIndex.incrementalVacuum {
          try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        }
        try db.execute(sql: "PRAGMA journal_mode = WAL")
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // Another process that opened a new file in the same moment gives it them.
    }
  }

  /// Removes the files of an index that cannot be opened, or is not wanted any more.
  static func remove(_ file: FilePath) {
    for ending in ["-wal", "-shm", ""] { try? file.adding(ending).remove() }
  }
}

// Updating.
extension SearchIndex {
  /// How far the index is; nil when it must be built anew.
  func place() throws -> Place? {
    try queue.read { db in
      try state(db).flatMap { $0.isWorn ? nil : $0.place }
    }
  }

  /// The revision of the newest update that has begun.
  func newest() throws -> Int64 { try queue.read { try state($0)?.newest ?? 0 } }

  /// How far it is; nil where it must be built anew. Another value later means that somebody gets on.
  func standing() throws -> Standing? {
    try queue.read { db in
      try state(db).map { Standing(place: $0.place, documents: $0.documents) }
    }
  }

  /// Announces an update to the library's revision `snapshot`; drops an index that is not this
  /// library's, of which too much is dead, or which is of a `future` that the library has not seen.
  func begin(snapshot: Int64, future: Bool) throws -> Beginning {
    try change { db in
      if try future || state(db)?.isWorn ?? true {
        try SearchSchema.create(in: db, library, textVersion: textVersion)
      }
      guard let state = try state(db), state.newest <= snapshot else { throw Overtaken() }
      try db.execute(sql: "UPDATE state SET newest = ?", arguments: [snapshot])
      return Beginning(place: state.place, generation: state.generation, snapshot: snapshot)
    }
  }

  /// Adds documents, in one transaction.
  func write(_ batch: SearchBatch, of beginning: Beginning) throws {
    try change { db in
      let state = try checked(db, beginning)
      var writer = try SearchWriter(db, documents: state.documents)
      for article in batch.removed { try writer.remove(article) }
      for document in batch.documents { try writer.write(document) }
      try db.execute(
        sql: "UPDATE state SET documents = ?, dead = dead + ?",
        arguments: [writer.documents, writer.dead])
    }
  }

  /// Ends an update: all up to its revision is in, of which the last change has this mark.
  func finish(_ beginning: Beginning, mark: Int64) throws {
    try change { db in
      _ = try checked(db, beginning)
      try db.execute(sql: "UPDATE state SET revision = newest, mark = ?", arguments: [mark])
    }
  }

  /// Joins the parts that a large update leaves, a bounded piece at a time. Returns whether there is
  /// more to do.
  func join(isFirst: Bool) throws -> Bool {
    try change { db in
      let before = db.totalChangesCount
      // A negative number takes all parts into the joining; later calls go on with it.
      try db.execute(
        sql: "INSERT INTO words(words, rank) VALUES ('merge', ?)",
        arguments: [isFirst ? -SearchIndex.pagesAtOnce : SearchIndex.pagesAtOnce])
      return db.totalChangesCount - before > 1
    }
  }

  /// Gives the space back that joining freed, a bounded piece at a time. Returns whether there is more
  /// to do.
  func shrink() throws -> Bool {
    try change { db in
      // Every page it gives back is a row.
      _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(SearchIndex.pagesAtOnce))")
      return try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0 > 0
    }
  }

  /// Moves what was written from the journal into the file, unless another process is reading.
  func checkpoint() throws {
    do {
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      return
    }
  }

  private static let pagesAtOnce = 1_000
}

extension SearchIndex {
  private struct State {
    let place: Place
    let newest: Int64
    let generation: Int64
    /// How many were ever added.
    let documents: Int64
    let dead: Int64

    /// Whether so much is dead that building anew pays.
    var isWorn: Bool { dead > 256 && 3 * dead > documents }
  }

  /// Changes in one transaction; waits for another process that writes as long as that gets on.
  private func change<Result>(_ body: (Database) throws -> Result) throws -> Result {
    while true {
      let before = try documents()
      do {
        return try changeAtOnce(body)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        guard try documents() != before else { throw error }
      }
    }
  }

  private func changeAtOnce<Result>(_ body: (Database) throws -> Result) throws -> Result {
    var result: Result?
    try queue.inTransaction(.immediate) { db in
      result = try body(db)
      return .commit
    }
    guard let result else { throw StoreError.damaged("a transaction ended without a result") }
    return result
  }

  /// How many documents were ever added.
  private func documents() throws -> Int64 { try queue.read { try state($0)?.documents ?? 0 } }

  /// The state, if the index is this library's and of this version.
  private func state(_ db: Database) throws -> State? {
    guard try SearchSchema.isPresent(in: db, textVersion: textVersion),
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM state WHERE library = ?", arguments: [Data(library)])
    else { return nil }
    return State(
      place: Place(revision: row["revision"], mark: row["mark"]), newest: row["newest"],
      generation: row["generation"], documents: row["documents"], dead: row["dead"])
  }

  private func checked(_ db: Database, _ beginning: Beginning) throws -> State {
    guard let state = try state(db), state.generation == beginning.generation,
      state.newest == beginning.snapshot
    else { throw Overtaken() }
    return state
  }
}
