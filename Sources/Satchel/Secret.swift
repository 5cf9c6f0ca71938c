import Foundation
import LibraryStore
import Sealing

/// The library's secret on disk: a file beside the database that only its owner may read.
enum Secret {
  static let fileName = "secret"

  /// Reads `folder`'s secret. Throws `secretUnreadable` or `sealing`.
  static func load(in folder: URL) throws(LibraryError) -> LibrarySecret {
    let file = folder.appendingPathComponent(fileName)
    let text: String
    do {
      text = try String(contentsOf: file, encoding: .utf8)
    } catch {
      guard SystemReason.code(of: error) != ENOENT else { throw .secretMissing(path: file.path) }
      throw .secretUnreadable(path: file.path, reason: SystemReason.text(of: error))
    }
    do {
      return try Invitation(text: text).secret
    } catch {
      throw .sealing(error)
    }
  }

  /// The same, with the key that is derived from it.
  static func loadWithKey(
    in folder: URL
  ) async throws(LibraryError) -> (secret: LibrarySecret, key: LibraryKey) {
    let secret = try load(in: folder)
    return (secret, secret.libraryKey)
  }

  /// Writes it for the first time, with mode 0600 from the start.
  ///
  /// A secret that lies there already, without its database, may be all that is left of a library:
  /// it is kept. Throws `secretInTheWay` when it is another.
  static func save(_ secret: LibrarySecret, in folder: URL) throws(LibraryError) {
    let file = folder.appendingPathComponent(fileName)
    if FileManager.default.fileExists(atPath: file.path) {
      guard try load(in: folder) == secret else { throw .secretInTheWay(path: file.path) }
      return
    }
    let text: String
    do {
      text = try Invitation(secret: secret).text + "\n"
    } catch {
      throw .sealing(error)
    }
    let handle = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard handle >= 0 else {
      throw .folderUnwritable(path: file.path, reason: String(cString: strerror(errno)))
    }
    defer { close(handle) }
    let bytes = Array(text.utf8)
    guard write(handle, bytes, bytes.count) == bytes.count, fsync(handle) == 0 else {
      throw .folderUnwritable(path: file.path, reason: String(cString: strerror(errno)))
    }
  }
}
