import Files
import Foundation
import Sealing

/// The library's secret on disk: a file beside the database that only its owner may read.
enum Secret {
  static let fileName = "secret"

  /// Reads `folder`'s secret. Throws `secretUnreadable` or `sealing`.
  static func load(in folder: FilePath) throws(LibraryError) -> LibrarySecret {
    let (new, file) = (path(newName, in: folder), path(fileName, in: folder))
    // What was cut off between the database's name and the secret's.
    return try read(!file.exists && new.exists ? new : file)
  }

  /// The same, with the key that is derived from it.
  static func loadWithKey(
    in folder: FilePath
  ) async throws(LibraryError) -> (secret: LibrarySecret, key: LibraryKey) {
    let secret = try load(in: folder)
    return (secret, secret.libraryKey)
  }

  /// Writes it for the first time, under another name.
  ///
  /// A secret that lies there already, without its database, may be all that is left of a library:
  /// it is kept. Throws `secretInTheWay` when it is another.
  static func prepare(_ secret: LibrarySecret, in folder: FilePath) throws(LibraryError) {
    clear(in: folder)
    let file = path(fileName, in: folder)
    if file.exists {
      guard try read(file) == secret else { throw .secretInTheWay(path: file.shown) }
      return
    }
    let text: String
    do {
      text = try Invitation(secret: secret).text + "\n"
    } catch {
      throw .sealing(error)
    }
    do {
      try OutputFile.write(Array(text.utf8), to: path(newName, in: folder), .owner, .new)
    } catch {
      throw .folderUnwritable(path: folder.shown, reason: error.reason)
    }
  }

  /// Takes away what a try left that was given up or killed: the database was not there yet.
  static func clear(in folder: FilePath) {
    try? path(newName, in: folder).remove()
    // A folder that cannot be listed cannot be written either, which is told then.
    for name in (try? Folder.names(in: folder)) ?? [] where OutputFile.isTemporary(name) {
      try? folder.appending(name).remove()
    }
  }

  /// Gives a secret its name whose making was cut off when the database had its own. Returns the
  /// secret's path if others than its owner can read it.
  static func settle(in folder: FilePath) -> String? {
    let (new, file) = (path(newName, in: folder), path(fileName, in: folder))
    if !file.exists, new.exists {
      // On a medium that cannot be written it is read under this name for good.
      let isRenamed = new.withPlatformString { from in
        file.withPlatformString { rename(from, $0) == 0 }
      }
      if isRenamed { try? Folder.flush(file.folder) }
    }
    return isExposed(file) ? file.shown : nil
  }

  /// Whether the modes of a file, and of all folders above it, let others in.
  private static func isExposed(_ file: FilePath) -> Bool {
    guard let mode = try? FileStatus(of: file, followingLinks: true).mode, mode & 0o077 != 0
    else { return false }
    var folder = file.absolute.folder
    while let mode = try? FileStatus(of: folder, followingLinks: true).mode, mode & 0o011 != 0 {
      guard folder.folder != folder else { return true }
      folder = folder.folder
    }
    return false
  }

  private static let newName = "secret.new"

  private static func path(_ name: String, in folder: FilePath) -> FilePath {
    folder.appending(name)
  }

  private static func read(_ file: FilePath) throws(LibraryError) -> LibrarySecret {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.contents(of: file, .named, limit: maximumLength)
    } catch {
      guard !error.isMissing else { throw .secretMissing(path: file.shown) }
      throw .secretUnreadable(path: file.shown, reason: error.reason)
    }
    do {
      return try Invitation(text: String(decoding: bytes, as: UTF8.self)).secret
    } catch {
      throw .sealing(error)
    }
  }

  /// Far more than an invitation has.
  private static let maximumLength = 1 << 16
}
