import Files
import Synchronization

@testable import Transports

/// A storage that counts what is asked of another one, and refuses what it is told to refuse.
final class WatchedStorage: Storage {
  private let storage: any Storage
  private let state = Mutex(Counts())
  private let refusesDeletes = Atomic(false)

  /// How often each thing was asked for.
  struct Counts: Equatable {
    var lists = 0
    /// How many files were asked for together.
    var fetched: [Int] = []
    var opened: [FilePath] = []
    var prepared = 0
    var written = 0
    var deleted = 0
  }

  init(_ storage: any Storage) {
    self.storage = storage
  }

  /// What was asked for since this was last read.
  func counts() -> Counts {
    state.withLock { counts in
      defer { counts = Counts() }
      return counts
    }
  }

  func refuseDeletes(_ isRefusing: Bool) {
    refusesDeletes.store(isRefusing, ordering: .relaxed)
  }

  func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    state.withLock { $0.lists += 1 }
    return try await storage.list(folder, entering: isEntered)
  }

  func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    state.withLock { $0.fetched.append(names.count) }
    return zip(names, try await storage.read(names)).map {
      WatchedFile(file: $1, name: $0, storage: self)
    }
  }

  fileprivate func noteOpened(_ name: FilePath) { state.withLock { $0.opened.append(name) } }

  func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    state.withLock { $0.prepared += 1 }
    try await storage.prepare(folder, for: writer)
  }

  func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    state.withLock { $0.written += 1 }
    return try storage.create(in: folder, for: writer)
  }

  func flush() async throws(FileError) { try await storage.flush() }

  func delete(_ names: [FilePath]) async throws(FileError) {
    guard !refusesDeletes.load(ordering: .relaxed) else {
      throw FileError(storage.path(of: names.first ?? FilePath()), .system(1))
    }
    state.withLock { $0.deleted += names.count }
    try await storage.delete(names)
  }

  func path(of name: FilePath) -> FilePath { storage.path(of: name) }

  var isNear: Bool { storage.isNear }
}

private struct WatchedFile: ReadableFile {
  let file: any ReadableFile
  let name: FilePath
  let storage: WatchedStorage

  func open() throws(FileError) -> any FileReader {
    storage.noteOpened(name)
    return try file.open()
  }
}
