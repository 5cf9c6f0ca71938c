import Files
import Foundation
import Synchronization
import Transports

/// A storage that keeps its files in memory, and that shows what is committed no sooner than it is
/// flushed, as a distant one does.
package final class MemoryStorage: Storage {
  private let number: UInt64
  private let state = Mutex(State())

  private struct State {
    var files: [FilePath: [UInt8]] = [:]
    /// What is not flushed yet.
    var committed: [(name: FilePath, bytes: [UInt8], writer: String)] = []
  }

  /// - Parameter number: tells its paths from those of others.
  package init(number: UInt64 = .random(in: 0...UInt64.max)) {
    self.number = number
  }

  package func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    // All of it, in an order that tells nothing.
    state.withLock { state in
      state.files.filter {
        let name = $0.key.string
        return (folder.isEmpty || name.hasPrefix("\(folder.string)/"))
          && name.utf8.count { $0 == UInt8(ascii: "/") } <= 2
      }.map { StoredFile(name: $0.key, length: $0.value.count) }
    }
  }

  package func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    state.withLock { state in
      names.map { MemoryFile(path: path(of: $0), bytes: state.files[$0]) }
    }
  }

  package func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    state.withLock { state in
      state.committed.removeAll { $0.writer == writer && $0.name.starts(with: folder) }
    }
  }

  package func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    NewMemoryFile(self, writer)
  }

  package func flush() async throws(FileError) {
    let taken: FilePath? = state.withLock { state in
      while let (name, bytes, _) = state.committed.first {
        // One that is refused is not tried again.
        state.committed.removeFirst()
        guard state.files[name] == nil else { return name }
        state.files[name] = bytes
      }
      return nil
    }
    if let taken { throw FileError(path(of: taken), .taken) }
  }

  package func delete(_ names: [FilePath]) async throws(FileError) {
    state.withLock { state in for name in names { state.files[name] = nil } }
  }

  package var isNear: Bool { true }

  package func path(of name: FilePath) -> FilePath { FilePath("memory:\(number)").pushing(name) }

  fileprivate func commit(_ bytes: [UInt8], as name: FilePath, by writer: String) {
    state.withLock { $0.committed.append((name, bytes, writer)) }
  }
}

private struct MemoryFile: ReadableFile {
  let path: FilePath
  let bytes: [UInt8]?

  func open() throws(FileError) -> any FileReader {
    guard let bytes else { throw FileError(path, .system(ENOENT)) }
    return MemoryReader(bytes)
  }
}

private final class MemoryReader: FileReader {
  let length: Int
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    length = bytes.count
    rest = bytes[...]
  }

  func read(upTo count: Int) throws(FileError) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}

private final class NewMemoryFile: NewFile {
  private let storage: MemoryStorage
  private let writer: String
  private var bytes: [UInt8] = []

  init(_ storage: MemoryStorage, _ writer: String) {
    self.storage = storage
    self.writer = writer
  }

  var length: Int { bytes.count }

  func write(_ bytes: [UInt8]) throws(FileError) { self.bytes += bytes }

  func commit(as name: FilePath) throws(FileError) { storage.commit(bytes, as: name, by: writer) }
}
