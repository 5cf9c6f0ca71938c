import Files

/// A folder as a storage: files are written under a temporary name, flushed, put in place and the
/// folder flushed, and are opened with the care that what others may have put there needs.
///
/// The folder is held open for as long as the storage is: what is written lies in the very folder that
/// was listed, though another may come to lie at its path.
package struct FolderStorage: Storage {
  private let root: FilePath
  private let opened: Result<HeldFolder, FileError>

  /// - Parameter root: is never made, since it may be that nothing is mounted there.
  package init(_ root: FilePath) {
    self.root = root
    do throws(FileError) {
      opened = .success(try HeldFolder(root))
    } catch {
      opened = .failure(error.isMissing ? FileError(root, .noFolder) : error)
    }
  }

  package var isNear: Bool { true }

  package func path(of name: FilePath) -> FilePath { root.pushing(name) }

  package func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    guard let held = try heldIfThere() else { return [] }
    var files: [StoredFile] = []
    for component in try FolderStorage.names(in: folder, below: held) {
      let name = folder.appending(component)
      // Asked for once: on a share that is far away each costs a round trip.
      guard let status = FolderStorage.status(of: name, below: held) else { continue }
      switch status.kind {
      case .file: files.append(StoredFile(name: name, length: status.length))
      case .folder where isEntered(component):
        files += try FolderStorage.names(in: name, below: held)
          .flatMap { FolderStorage.file(name.appending($0), below: held) }
      default: continue
      }
    }
    return files
  }

  package func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    let held = try opened.get()
    return names.map { LocalFile($0, .found, below: held) }
  }

  package func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    let held = try opened.get()
    try held.checkPlace()
    var path = FilePath()
    for component in folder.components {
      path.append(component)
      try Folder.make(path, below: held)
    }
    OutputFile.clearAbandoned(in: path, by: writer, below: held)
  }

  package func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    try NewLocalFile(in: folder, for: writer, below: opened.get())
  }

  /// Every commit was durable when it returned. Throws where it lies in a folder that is not to be
  /// found any more.
  package func flush() async throws(FileError) { try opened.get().checkPlace() }

  package func delete(_ names: [FilePath]) async throws(FileError) {
    let held = try opened.get()
    for name in names { try held.remove(name) }
  }
}

extension FolderStorage {
  /// Nil where no folder was.
  private func heldIfThere() throws(FileError) -> HeldFolder? {
    do {
      return try opened.get()
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  /// None where there is no regular file, or no longer.
  private static func file(_ name: FilePath, below held: HeldFolder) -> [StoredFile] {
    guard let status = status(of: name, below: held), status.kind == .file else { return [] }
    return [StoredFile(name: name, length: status.length)]
  }

  private static func status(of name: FilePath, below held: HeldFolder) -> FileStatus? {
    try? FileStatus(of: name, followingLinks: false, in: held)
  }

  /// None where there is no folder.
  private static func names(
    in folder: FilePath, below held: HeldFolder
  ) throws(FileError) -> [FilePath.Component] {
    do {
      return try Folder.names(in: folder, below: held)
    } catch {
      if error.isMissing { return [] }
      throw error
    }
  }
}
