import Files
import Foundation

/// Where other processes of the same user learn how to reach a library's page (Protocol 11.10).
///
/// The page holds a lock on its file for as long as its process lives, whatever ends that: a file
/// without one is nobody's.
struct ControlFile {
  private let path: FilePath
  private let content: Content
  /// What holds the lock.
  private let file: OutputFile

  /// What the file says.
  struct Content: Codable, Sendable, Equatable {
    let address: String
    let port: Int
    let key: String
    let pid: Int32
    /// The library's folder, as its path's text: names of files are cut short.
    let library: String
  }

  /// Makes the file in the state folder; nil where another page of the library has one.
  init?(_ content: Content, for library: FilePath, in stateDirectory: FilePath) throws {
    path = try ControlFile.path(of: library, in: stateDirectory)
    guard ControlFile.read(path) == nil else { return nil }
    if !stateDirectory.exists { try Folder.make(stateDirectory, .owner) }
    self.content = content
    file = try OutputFile(path, .owner)
    try file.write(Array(try JSONEncoder().encode(content)))
    try file.commit(.replacing)
  }

  /// Takes the file away, unless another page's lies there now.
  func remove() {
    guard let present = try? InputFile.contents(of: path, .found, limit: 1 << 16),
      let content = try? JSONDecoder().decode(Content.self, from: Data(present)),
      content == self.content
    else { return }
    // One that stays is without a lock, and so nobody's.
    try? path.remove()
  }

  /// What the page of a library says that runs now; nil where none does.
  static func content(for library: FilePath, in stateDirectory: FilePath) -> Content? {
    guard let path = try? path(of: library, in: stateDirectory), let content = read(path),
      (try? library.real().text) == content.library
    else { return nil }
    return content
  }

  private static func path(
    of library: FilePath, in stateDirectory: FilePath
  ) throws(FileError) -> FilePath {
    stateDirectory.appending("web-\(FNV1a.hash(try library.real().bytes)).json")
  }

  /// What stands in a file that somebody holds; one of another user's, or that others may read, is
  /// not ours.
  private static func read(_ path: FilePath) -> Content? {
    guard let file = try? InputFile(path, .found),
      let status = try? FileStatus(of: path, followingLinks: false), status.mode & 0o077 == 0,
      let handle = try? file.duplicatedHandle()
    else { return nil }
    defer { InputFile.close(handle) }
    guard flock(handle, LOCK_SH | LOCK_NB) != 0 else { return nil }
    guard let bytes = try? file.readAll(limit: 1 << 16) else { return nil }
    return try? JSONDecoder().decode(Content.self, from: Data(bytes))
  }
}
