import Articles
import Files
import Foundation
import LibraryStore
import Replication
import Sealing

extension Library {
  /// Makes a new library with its first replica, called `name` (at most 64 bytes). It is there whole
  /// or not at all, whenever this ends or is killed.
  ///
  /// Throws `store(.libraryExists)` where there is one.
  public static func create(
    at folder: FilePath, name: String, options: Options = Options()
  ) async throws(LibraryError) -> Library {
    var random = options.random
    return try await make(
      LibrarySecret(using: &random), at: folder, name: name, options: options)
  }

  /// Makes a new, empty replica of the library an invitation speaks of, in the same way.
  public static func join(
    _ invitation: String, at folder: FilePath, name: String, options: Options = Options()
  ) async throws(LibraryError) -> Library {
    let secret: LibrarySecret
    do {
      secret = try Invitation(text: invitation).secret
    } catch {
      throw .sealing(error)
    }
    return try await make(secret, at: folder, name: name, options: options)
  }

  /// Throws what ``create(at:name:options:)``, or with an invitation
  /// ``join(_:at:name:options:)``, would find wrong, and makes nothing.
  public static func planCreation(
    joining invitation: String? = nil, at folder: FilePath, name: String
  ) throws(LibraryError) {
    if let invitation {
      do {
        _ = try Invitation(text: invitation)
      } catch {
        throw .sealing(error)
      }
    }
    try check(replicaName: name)
    guard !folder.exists || folder.isFolder else {
      throw .invalid("\(folder.shown) is no folder")
    }
    guard !folder.appending(ReplicaStore.fileName).exists else {
      throw .store(.libraryExists(path: folder.shown))
    }
  }

  /// Makes a replica of the library whose backup lies in a file, with all that is in that, in the same
  /// way. It is a new replica, whatever became of the one that wrote the backup.
  ///
  /// - Parameters:
  ///   - backup: the file.
  ///   - invitation: to the backup's library; nil where the backup has the secret.
  ///   - folder: where the replica is made.
  ///   - name: what people call it.
  ///   - options: how it is opened.
  public static func restore(
    backup: FilePath, invitation: String? = nil, at folder: FilePath, name: String,
    options: Options = Options()
  ) async throws(LibraryError) -> Library {
    let secret = try secret(ofBackup: backup, invitation)
    return try await make(secret, from: backup, at: folder, name: name, options: options)
  }

  /// Throws what ``restore(backup:invitation:at:name:options:)`` would find wrong, and makes nothing;
  /// returns what is in the backup.
  public static func planRestoring(
    backup: FilePath, invitation: String? = nil, at folder: FilePath, name: String
  ) throws(LibraryError) -> BackupContent {
    _ = try secret(ofBackup: backup, invitation)
    try planCreation(joining: invitation, at: folder, name: name)
    do {
      return try ReplicaStore.content(ofBackup: backup)
    } catch {
      throw .store(error)
    }
  }

  private static func secret(
    ofBackup backup: FilePath, _ invitation: String?
  ) throws(LibraryError) -> LibrarySecret {
    do {
      _ = try InputFile(backup, .named)
    } catch {
      throw .fileNotRead(error)
    }
    do {
      let label = try ReplicaStore.label(ofBackup: backup)
      guard let text = invitation ?? label.invitation else {
        throw LibraryError.backupWithoutSecret(path: backup.shown)
      }
      let secret = try Invitation(text: text).secret
      guard secret.libraryKey.bytes == label.library else {
        throw LibraryError.backupOfAnotherLibrary(path: backup.shown)
      }
      return secret
    } catch {
      throw LibraryError(error)
    }
  }

  private static func make(
    _ secret: LibrarySecret, from backup: FilePath? = nil, at folder: FilePath, name: String,
    options: Options
  ) async throws(LibraryError) -> Library {
    try check(replicaName: name)
    guard !folder.exists || folder.isFolder else {
      throw .invalid("\(folder.shown) is no folder")
    }
    let home = try NewFolder(folder)
    do {
      try withExtendedLifetime(home) {
        try build(secret, from: backup, at: folder, name: name, options: options)
      }
    } catch {
      home.takeBack()
      throw LibraryError(error)
    }
    return try await open(at: folder, options: options)
  }

  /// Both files are made under other names; the database's is then the one that makes a library of
  /// the folder, and the secret takes its own after it, or when the library is next opened.
  private static func build(
    _ secret: LibrarySecret, from backup: FilePath?, at folder: FilePath, name: String,
    options: Options
  ) throws {
    var random = options.random
    let (key, replica) = (secret.libraryKey.bytes, ReplicaID(.random(using: &random)))
    let name = (name, options.now())
    let database =
      if let backup {
        try ReplicaStore.Draft(
          in: folder, restoring: backup, library: key, replica: replica, name: name,
          options: options.store)
      } else {
        try ReplicaStore.Draft(
          in: folder, library: key, replica: replica, name: name, options: options.store)
      }
    do {
      try Secret.prepare(secret, in: folder)
      try database.commit()
    } catch {
      // There is no library yet: what lies here is this try's. A database that could not be taken
      // back is one, and needs its secret.
      ReplicaStore.Draft.clear(in: folder)
      if !folder.appending(ReplicaStore.fileName).exists { Secret.clear(in: folder) }
      throw error
    }
  }
}

/// A folder that is made where there is none, and locked against others who make a library in it.
private final class NewFolder {
  private let handle: Int32
  /// Those that were made, the inmost first.
  private let made: [FilePath]

  init(_ folder: FilePath) throws(LibraryError) {
    var made: [FilePath] = []
    var missing = folder
    while !missing.exists {
      made.append(missing)
      guard missing.folder != missing else { break }
      missing = missing.folder
    }
    self.made = made
    do {
      try Folder.make(folder)
    } catch {
      NewFolder.remove(made)
      throw .folderUnwritable(path: folder.shown, reason: error.reason)
    }
    handle = folder.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    // Some file systems lock no folders: there only a careful user keeps two tries apart.
    if handle >= 0, flock(handle, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw .store(.busy(waitedMilliseconds: 0))
    }
  }

  deinit { if handle >= 0 { close(handle) } }

  /// Removes what was made, as far as nothing lies in it.
  func takeBack() { NewFolder.remove(made) }

  private static func remove(_ folders: [FilePath]) {
    for folder in folders { _ = folder.withPlatformString { rmdir($0) } }
  }
}
