import Files

/// A folder as a storage: files are written under a temporary name, flushed, put in place and the
/// folder flushed, and are opened with the care that what others may have put there needs.
package struct FolderStorage: Storage {
  private let root: FilePath

  /// - Parameter root: is never made, since it may be that nothing is mounted there.
  package init(_ root: FilePath) {
    self.root = root
  }

  package func path(of name: FilePath) -> FilePath { root.pushing(name) }

  package func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    var files: [StoredFile] = []
    for component in try FolderStorage.names(in: path(of: folder)) {
      let name = folder.appending(component)
      // Asked for once: on a share that is far away each costs a round trip.
      guard let status = status(of: name) else { continue }
      switch status.kind {
      case .file: files.append(StoredFile(name: name, length: status.length))
      case .folder where isEntered(component):
        files += try FolderStorage.names(in: path(of: name)).flatMap { file(name.appending($0)) }
      default: continue
      }
    }
    return files
  }

  package func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    names.map { LocalFile(path(of: $0), .found) }
  }

  package func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    var path = root
    for component in folder.components {
      path.append(component)
      do {
        try Folder.make(path, withParents: false)
      } catch {
        // Taken away since somebody looked, which is told like one that was not there.
        guard root.isFolder else { throw FileError(root, .noFolder) }
        throw error
      }
    }
    OutputFile.clearAbandoned(in: path, by: writer)
  }

  package func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    try NewLocalFile(in: path(of: folder), for: writer, root: root)
  }

  /// Every commit was durable when it returned.
  package func flush() async throws(FileError) {}

  package func delete(_ names: [FilePath]) async throws(FileError) {
    for name in names { try path(of: name).remove() }
  }
}

extension FolderStorage {
  /// None where there is no regular file, or no longer.
  private func file(_ name: FilePath) -> [StoredFile] {
    guard let status = status(of: name), status.kind == .file else { return [] }
    return [StoredFile(name: name, length: status.length)]
  }

  private func status(of name: FilePath) -> FileStatus? {
    try? FileStatus(of: path(of: name), followingLinks: false)
  }

  /// None where there is no folder.
  private static func names(in folder: FilePath) throws(FileError) -> [FilePath.Component] {
    do {
      return try Folder.names(in: folder)
    } catch {
      if error.isMissing { return [] }
      throw error
    }
  }
}
