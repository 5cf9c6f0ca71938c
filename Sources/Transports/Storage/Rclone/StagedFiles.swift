import Files
import Synchronization

/// Files that are finished here and not sent yet, and the names that are taken there.
///
/// A lock and no actor: whoever finishes a file does not wait.
final class StagedFiles: Sendable {
  struct File: Sendable {
    let name: FilePath
    let writer: String
    /// Where it lies here.
    let copy: FilePath
    let folder: PrivateFolder
  }

  private let state = Mutex(State())

  private struct State {
    /// In the order in which they were finished.
    var files: [File] = []
    /// What was finished here. It stays taken though a listing may show it late.
    var written: Set<FilePath> = []
    var listed: Set<FilePath> = []
  }

  var next: File? { state.withLock { $0.files.first } }

  /// Takes a name. False where it is taken already.
  func take(_ name: FilePath) -> Bool {
    state.withLock { !$0.listed.contains(name) && $0.written.insert(name).inserted }
  }

  func add(_ file: File) { state.withLock { $0.files.append(file) } }

  /// Forgets a file that was sent; its name stays taken.
  func remove(_ file: File) {
    state.withLock { state in state.files.removeAll { $0.copy == file.copy } }
    try? file.copy.remove()
  }

  /// Forgets what a writer has not sent in a folder.
  func drop(in folder: FilePath, of writer: String) {
    state.withLock { state in
      for file in state.files where file.writer == writer && file.name.starts(with: folder) {
        state.written.remove(file.name)
        try? file.copy.remove()
      }
      state.files.removeAll { $0.writer == writer && $0.name.starts(with: folder) }
    }
  }

  /// Notes what was listed there, all of it and nothing else.
  func noteListed(_ names: [FilePath], in folder: FilePath) {
    state.withLock { state in
      state.listed = state.listed.filter { !$0.starts(with: folder) }.union(names)
    }
  }

  /// Lets a name be taken again.
  func release(_ name: FilePath) {
    state.withLock { state in
      state.written.remove(name)
      state.listed.remove(name)
    }
  }
}

/// A file that is being written here and that is sent when the storage is flushed.
final class StagedNewFile: NewFile {
  private let output: OutputFile
  private let copy: FilePath
  private let folder: PrivateFolder
  private let writer: String
  private let storage: RcloneStorage

  init(for writer: String, in folder: PrivateFolder, of storage: RcloneStorage) throws(FileError) {
    copy = folder.path.appending("\(UInt64.random(in: 0 ... .max))")
    do {
      output = try OutputFile(copy, .owner)
    } catch {
      throw error.asTemporary
    }
    self.folder = folder
    self.writer = writer
    self.storage = storage
  }

  var length: Int { output.length }

  func write(_ bytes: [UInt8]) throws(FileError) {
    do {
      try output.write(bytes)
    } catch {
      throw error.asTemporary
    }
  }

  func commit(as name: FilePath) throws(FileError) {
    guard storage.staged.take(name) else { throw FileError(storage.path(of: name), .taken) }
    do throws(FileError) {
      try output.commit()
    } catch {
      storage.staged.release(name)
      throw error.asTemporary
    }
    storage.staged.add(
      StagedFiles.File(name: name, writer: writer, copy: copy, folder: folder))
  }
}
