import Files
import Foundation
import GRDB
import Replication
import TestSupport

@testable import LibraryStore

/// A replica in a folder of its own, with the evidence of its identity beside.
struct TestStore: Sendable {
  let folder: TemporaryFolder
  var store: ReplicaStore

  var library: URL { folder.url.appendingPathComponent("library") }
  var evidence: URL { folder.url.appendingPathComponent("state") }

  init(_ number: UInt64) throws {
    folder = try TemporaryFolder()
    let library = folder.url.appendingPathComponent("library")
    try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath(folder.url.appendingPathComponent("state").path))
    try ReplicaStore.create(
      in: FilePath(library.path), library: Sample.library, replica: Sample.replica(number),
      options: options)
    store = try ReplicaStore(folder: FilePath(library.path), options: options)
  }

  /// A copy of another's database together with its evidence, as of a machine that was cloned: what
  /// the guard cannot see.
  init(twinOf test: TestStore) async throws {
    try await test.close()
    folder = try TemporaryFolder()
    let library = folder.url.appendingPathComponent("library")
    try FileManager.default.copyItem(at: test.library, to: library)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath(folder.url.appendingPathComponent("state").path))
    try FileManager.default.copyItem(at: test.evidence, to: options.guardian.directory.url)
    store = try ReplicaStore(folder: FilePath(library.path), options: options)
  }

  var options: ReplicaStore.Options {
    ReplicaStore.Options(stateDirectory: FilePath(evidence.path))
  }

  /// Writes everything into the one database file, so that it can be copied.
  func close() async throws {
    try await store.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
  }

  /// The database file as it is now.
  func backup() async throws -> Data {
    try await close()
    return try Data(contentsOf: store.file.url)
  }

  /// Puts a backup back into the very same file.
  func restoreInPlace(_ backup: Data) async throws {
    try await close()
    try await store.queue.close()
    let handle = try FileHandle(forWritingTo: store.file.url)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: backup)
    try handle.close()
  }

  /// Another connection to the same database.
  func connect(
    busyTimeoutMilliseconds: Int = 5_000,
    changing: (inout ReplicaStore.Options) -> Void = { _ in }
  ) throws -> ReplicaStore {
    var options = ReplicaStore.Options(stateDirectory: FilePath(evidence.path))
    options.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    changing(&options)
    return try ReplicaStore(folder: FilePath(library.path), options: options)
  }
}

extension ReplicaStore {
  /// Every register as it is stored.
  func registers() throws -> [RegisterID: Register] {
    try read { db in
      let transaction = try StoreTransaction(db)
      let table = try RegisterTable(transaction)
      var registers: [RegisterID: Register] = [:]
      try RegisterRunTable(db).walk { run in
        try run.walk { entity, register, _ in
          let id = RegisterID(
            try transaction.interner.entity(entity), try transaction.interner.field(register.field))
          registers[id] = try table.register(id, entity: entity, field: register.field)
        }
      }
      return registers
    }
  }

  /// All conflicts, read a few at a time.
  func conflicts(pageLength: Int = 2) async throws -> [Conflict] {
    let places = try await conflictPlaces()
    var conflicts: [Conflict] = []
    for start in stride(from: 0, to: places.count, by: pageLength) {
      let page = start..<min(start + pageLength, places.count)
      conflicts += try await self.conflicts(at: page, of: places, after: conflicts.last)
    }
    return conflicts
  }

  /// All that a log lists, read a few at a time.
  func log(
    of entity: EntityID? = nil, replica: ReplicaID? = nil, since: Int64 = 0, limit: Int? = nil,
    pageLength: Int = 3
  ) async throws -> [LogEntry] {
    let places = try await logPlaces(of: entity, replica: replica, since: since, limit: limit)
    var entries: [LogEntry] = []
    for start in stride(from: 0, to: places.indices.count, by: pageLength) {
      let page = start..<min(start + pageLength, places.indices.count)
      entries += try await logEntries(at: page, of: places)
    }
    return entries
  }

  /// A number the database holds.
  func count(_ sql: String) throws -> Int {
    try read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }

  /// Changes the tables past all rules.
  func tamper(_ sql: String) throws { try queue.write { try $0.execute(sql: sql) } }

  var frameCount: Int { get throws { try count("SELECT count(*) FROM frame") } }
}

extension Register {
  /// The same as a store keeps it: without the context of a winner that a weaker operation
  /// supersedes, which no honest replica writes and no rule asks for.
  func asStored() throws -> Register {
    guard !siblings.contains(winner) else { return self }
    let plain = try Operation(
      dot: winner.dot, stamp: winner.stamp, register: winner.register, value: winner.value)
    return Register(winner: plain, siblings: siblings)
  }
}
