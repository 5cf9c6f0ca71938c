import Articles
import Files
import Foundation
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Real databases that are copied, moved, rolled back and merged between machines: no dot names two
/// operations, and all of them come to hold the same. Where machines were cloned together with their
/// evidence, dots are shared until the twins meet; then too they converge and no note is lost.
struct MachineLaws {
  @Test(arguments: Effort.seeds(6, 24))
  func `copies, journeys and restored backups never share a dot, and converge`(
    seed: UInt64
  ) async throws {
    var world = try await World(seed: seed, machines: 2)
    for _ in 0..<60 { try await world.step() }
    try await world.settle()
    #expect(world.sharedDots == [], "seed \(seed)")
    let twins = await world.notices.filter { if case .twinFound = $0 { true } else { false } }
    #expect(twins == [], "seed \(seed)")
  }

  @Test(arguments: Effort.seeds(6, 24))
  func `cloned machines find their twins, lose no note, and converge`(seed: UInt64) async throws {
    var world = try await World(seed: seed, machines: 1)
    for step in 0..<60 {
      if [15, 30].contains(step) { try await world.cloneMachine() }
      try await world.step()
    }
    try await world.settle()
    let texts = try await world.texts(at: 0)
    #expect(world.written.subtracting(texts) == [], "seed \(seed)")
  }
}

/// Databases in folders, and the machines they lie on.
private struct World {
  private let folder: TemporaryFolder
  private var machines: [URL] = []
  private var databases: [Database] = []
  private var backups: [Data] = []
  private var generator: SeededGenerator
  private var count = 0
  private let restores: Bool
  /// The texts of all notes, each of an article of its own.
  private(set) var written: Set<String> = []
  /// By stores that were opened again since.
  private var told: [Notice] = []
  private var operations: [Dot: Set<Replication.Operation>] = [:]

  private struct Database {
    var machine: Int
    let folder: URL
    var store: ReplicaStore
  }

  init(seed: UInt64, machines count: Int) async throws {
    folder = try TemporaryFolder()
    generator = SeededGenerator(seed: seed)
    restores = count > 1
    for number in 0..<count {
      machines.append(folder.url.appendingPathComponent("machine-\(number)"))
    }
    let library = folder.url.appendingPathComponent("library-0")
    try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
    let options = ReplicaStore.Options(stateDirectory: FilePath(machines[0].path))
    try ReplicaStore.create(
      in: FilePath(library.path), library: Sample.library, replica: Sample.replica(1),
      options: options)
    databases = [
      Database(
        machine: 0, folder: library,
        store: try ReplicaStore(folder: FilePath(library.path), options: options))
    ]
  }

  mutating func step() async throws {
    let index = Int.random(in: databases.indices, using: &generator)
    switch Int.random(in: 0..<20, using: &generator) {
    case 0..<9: try await write(at: index)
    case 9..<10 where databases.count < 5:
      try await copy(index, to: Int.random(in: machines.indices, using: &generator))
    case 10..<12 where restores:
      databases[index].machine = Int.random(in: machines.indices, using: &generator)
      try await reopen(index)
    case 12 where restores: backups.append(try await backup(of: index))
    case 13 where restores: try await restore(at: index)
    default:
      try await exchange(Int.random(in: databases.indices, using: &generator), index)
    }
  }

  /// Another machine with the same evidence, and one of the databases as it is.
  mutating func cloneMachine() async throws {
    let machine = folder.url.appendingPathComponent("machine-\(machines.count)")
    let index = Int.random(in: databases.indices, using: &generator)
    try FileManager.default.copyItem(at: machines[databases[index].machine], to: machine)
    machines.append(machine)
    try await copy(index, to: machines.count - 1)
  }

  private mutating func write(at index: Int) async throws {
    count += 1
    let text = "note \(count)"
    let edit = Sample.article(UInt64(count)).edit(ArticleField.note, try .text(text), .author)
    let again = Sample.article(0).edit(ArticleField.note, try .text(text), .author)
    try await databases[index].store.write([edit, again], now: Sample.now + Int64(count))
    written.insert(text)
    try await remember(index)
  }

  private mutating func remember(_ index: Int) async throws {
    for operation in try await databases[index].store.letter().operations() {
      operations[operation.dot, default: []].insert(operation)
    }
  }

  /// Dots under which more than one operation was seen.
  var sharedDots: [Dot] { operations.filter { $0.value.count > 1 }.keys.sorted() }

  private mutating func copy(_ index: Int, to machine: Int) async throws {
    let copy = folder.url.appendingPathComponent("library-\(databases.count)")
    _ = try await backup(of: index)
    try FileManager.default.copyItem(at: databases[index].folder, to: copy)
    databases.append(Database(machine: machine, folder: copy, store: databases[index].store))
    try await reopen(databases.count - 1)
  }

  private mutating func reopen(_ index: Int) async throws {
    told += await databases[index].store.notices
    let options = ReplicaStore.Options(
      stateDirectory: FilePath(machines[databases[index].machine].path))
    databases[index].store = try ReplicaStore(
      folder: FilePath(databases[index].folder.path), options: options)
  }

  private func backup(of index: Int) async throws -> Data {
    try await databases[index].store.checkpoint()
    return try Data(contentsOf: databases[index].store.file.url)
  }

  /// What was written here since is lost, unless it was sent.
  private mutating func restore(at index: Int) async throws {
    guard let backup = backups.randomElement(using: &generator) else { return }
    try await databases[index].store.checkpoint()
    try await databases[index].store.close()
    let file = databases[index].store.file.url
    for ending in ["-wal", "-shm"] { unlink(file.path + ending) }
    try backup.write(to: file)
    try await reopen(index)
  }

  private func exchange(_ sender: Int, _ receiver: Int) async throws {
    guard sender != receiver else { return }
    let (sender, receiver) = (databases[sender].store, databases[receiver].store)
    let replica = try await receiver.report().replica
    let basis = try await sender.report(of: replica)?.knowledge ?? Knowledge()
    try await receiver.take(try await sender.letter(since: basis))
  }

  /// Everybody writes once more, and all exchange until nothing is new.
  mutating func settle() async throws {
    for index in databases.indices { try await write(at: index) }
    for _ in 0..<4 {
      for sender in databases.indices {
        for receiver in databases.indices { try await exchange(sender, receiver) }
      }
    }
    let first = try await databases[0].store.report()
    for database in databases {
      let report = try await database.store.report()
      #expect(report.knowledge == first.knowledge)
      #expect(report.fingerprint == first.fingerprint)
      #expect(try await database.store.check(deep: true, repair: false).damage == [])
    }
    var replicas: Set<ReplicaID> = []
    for database in databases { replicas.insert(try await database.store.report().replica) }
    #expect(replicas.count == databases.count)
  }

  var notices: [Notice] {
    get async {
      var notices = told
      for database in databases { notices += await database.store.notices }
      return notices
    }
  }

  func texts(at index: Int) async throws -> Set<String> {
    let registers = try await databases[index].store.registers()
    return Set(
      registers.filter { $0.key.entity != Sample.article(0).entity }.values
        .flatMap(\.held).compactMap(\.value.text))
  }
}

extension ReplicaStore {
  fileprivate func close() throws { try queue.close() }
}
