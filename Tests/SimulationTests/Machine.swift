import Articles
import Files
import Foundation
import GRDB
import Replication
import Synchronization
import TestSupport

@testable import LibraryStore
@testable import Satchel

/// A pretended machine with a library on it, of which nothing but its clock and its evidence outlives
/// a crash.
final class Machine {
  let number: Int
  let folder: FilePath
  /// Where its evidence lies; others may share it.
  let state: FilePath
  let clock: SimulatedClock
  let notices = NoticeList()
  /// What it knew when that was last looked at.
  var knowledge = Knowledge()
  private let random: RandomSource
  private var opened: Library?

  init(_ number: Int, in home: FilePath, state: FilePath, clock: SimulatedClock, seed: UInt64) {
    self.number = number
    folder = home.appending("library-\(number)")
    (self.state, self.clock) = (state, clock)
    let numbers = SimulatedRandom(seed: seed &+ UInt64(number) << 32)
    random = RandomSource { numbers.next() }
  }

  var options: Library.Options {
    var options = Library.Options()
    options.stateDirectory = state
    options.busyTimeoutMilliseconds = 100
    // One connection, so that nothing depends on which is free.
    options.maximumReaders = 0
    options.now = { [clock] in clock.read() }
    options.random = random
    options.onNotice = { [notices] in notices.add($0) }
    return options
  }

  func create() async throws {
    opened = try await Library.create(at: folder, name: "machine-\(number)", options: options)
  }

  func join(_ invitation: String) async throws {
    opened = try await Library.join(
      invitation, at: folder, name: "machine-\(number)", options: options)
  }

  var library: Library {
    get async throws {
      if let opened { return opened }
      let library = try await Library.open(at: folder, options: options)
      opened = library
      return library
    }
  }

  /// Lets the library go; it is opened again when it is next asked for.
  func close() async throws {
    try await opened?.store.close()
    opened = nil
  }

  /// Makes the database what a copy of its files was.
  func replaceDatabase(with copy: FilePath) async throws {
    try await close()
    let manager = FileManager.default
    for ending in DatabaseFiles.endings {
      try? manager.removeItem(atPath: folder.appending(ReplicaStore.fileName + ending).string)
    }
    try DatabaseFiles.copy(from: copy, to: folder)
  }
}

extension ReplicaStore {
  /// Closes the files now, whoever may still hold this.
  fileprivate func close() throws { try queue.close() }

  /// Has the database grow by so many pages and no more, as on a disk that is full; nil to end that.
  func limit(toFreePages count: Int?) throws {
    try queue.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(count.map { pages + $0 } ?? 0xffff_fffe)")
    }
  }
}

/// The files of a database, as a crash or a copying program finds them.
enum DatabaseFiles {
  static let endings = ["", "-wal", "-shm"]

  static func copy(from: FilePath, to: FilePath) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: to.string, withIntermediateDirectories: true)
    // What is shared between processes is gone with them.
    for ending in ["", "-wal"] {
      let name = ReplicaStore.fileName + ending
      guard manager.fileExists(atPath: from.appending(name).string) else { continue }
      try manager.copyItem(
        atPath: from.appending(name).string, toPath: to.appending(name).string)
    }
  }

  static func journalLength(in folder: FilePath) -> Int {
    let path = folder.appending(ReplicaStore.fileName + "-wal").string
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return (size as? NSNumber)?.intValue ?? 0
  }

  static func cutJournal(in folder: FilePath, to length: Int) throws {
    let path = folder.appending(ReplicaStore.fileName + "-wal").string
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: UInt64(length))
    try handle.close()
  }
}

/// A wall clock that goes on by a while each time it is read, and jumps when it is told to.
final class SimulatedClock: Sendable {
  private let milliseconds = Atomic<Int64>(1_780_000_000_000)

  func read() -> Int64 { milliseconds.add(250, ordering: .relaxed).newValue }
  func advance(by time: Int64) { milliseconds.add(time, ordering: .relaxed) }
  func set(_ time: Int64) { milliseconds.store(time, ordering: .relaxed) }
}

/// Random numbers for tasks that draw one after another.
final class SimulatedRandom: Sendable {
  private let generator: Mutex<SeededGenerator>

  init(seed: UInt64) {
    generator = Mutex(SeededGenerator(seed: seed))
  }

  func next() -> UInt64 { generator.withLock { $0.next() } }
}

/// What a machine's owner was told.
final class NoticeList: Sendable {
  private let notices = Mutex<[Notice]>([])

  var all: [Notice] { notices.withLock { $0 } }
  func add(_ notice: Notice) { notices.withLock { $0.append(notice) } }
}
