import Files
import Foundation

/// A folder of our own among the temporary files, which goes with the last that holds it. One that a
/// killed process left goes when another process makes its first.
final class PrivateFolder: Sendable {
  let path: FilePath
  /// Holds a lock for as long as this process lives: the system lets go of it, whatever ends us.
  private let lock: Int32

  private static let prefix = "satchel-store-"

  /// Throws where none can be made.
  convenience init() throws(FileError) {
    // Once: very many files of others may lie there.
    _ = PrivateFolder.cleared
    do {
      try self.init(in: PrivateFolder.parent)
    } catch {
      throw error.asTemporary
    }
  }

  private static let parent = FilePath(FileManager.default.temporaryDirectory.path)
  private static let cleared: Void = clear(in: parent)

  init(in parent: FilePath) throws(FileError) {
    path = parent.appending("\(PrivateFolder.prefix)\(UInt64.random(in: 0 ... .max))")
    try Folder.make(path, .owner, withParents: false)
    // It gets its name once it is locked: nobody may find it between the two.
    let (unlocked, final) = (path.appending("lock.new"), path.appending("lock"))
    lock = open(unlocked.string, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0,
      rename(unlocked.string, final.string) == 0
    else { throw FileError(final, .system(errno)) }
  }

  deinit {
    // Nobody is left to be told of what stays.
    try? FileManager.default.removeItem(atPath: path.string)
    close(lock)
  }

  /// Takes away what nobody holds any more, of those that this user may take away.
  static func clear(in parent: FilePath) {
    let names = try? FileManager.default.contentsOfDirectory(atPath: parent.string)
    for name in names ?? [] where name.hasPrefix(prefix) {
      let folder = parent.appending(name)
      let lock = open(folder.appending("lock").string, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      defer { close(lock) }
      guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { continue }
      try? FileManager.default.removeItem(atPath: folder.string)
    }
  }
}

extension FileError {
  /// The same of a file of our own among the temporary ones, which nobody knows by its path.
  var asTemporary: FileError {
    let folder = FilePath(FileManager.default.temporaryDirectory.path)
    return FileError(
      path,
      .store(
        .refused,
        "cannot write in the temporary folder \(folder.shown) (\(reason)); the variable TMPDIR names "
          + "another one"))
  }
}
