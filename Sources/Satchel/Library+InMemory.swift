import Files
import Foundation
import LibraryStore

extension Library {
  /// Makes a library that is gone with the last copy of this value: for previews and tests.
  ///
  /// It lies in a private folder of a file system in memory, where the system has one, else among
  /// the temporary files; so it does all that another library does. A process that is killed leaves
  /// the folder behind.
  ///
  /// - Parameters:
  ///   - name: the replica's name, for people.
  ///   - invitation: of a library of which it becomes a replica; nil makes a new library.
  ///   - options: its ``Options/stateDirectory`` counts for nothing: the library has its own.
  public static func inMemory(
    name: String = "memory", joining invitation: String? = nil, options: Options = Options()
  ) async throws(LibraryError) -> Library {
    let scratch = try ScratchFolder()
    var options = options
    options.stateDirectory = scratch.path.appending("state")
    let folder = scratch.path.appending("library")
    var library =
      if let invitation {
        try await join(invitation, at: folder, name: name, options: options)
      } else {
        try await create(at: folder, name: name, options: options)
      }
    library.scratch = scratch
    return library
  }
}

/// A private folder that goes with the last who holds it.
final class ScratchFolder: Sendable {
  let path: FilePath

  init() throws(LibraryError) {
    var generator = SystemRandomNumberGenerator()
    path = ScratchFolder.parent.appending("satchel-\(generator.next())")
    guard path.withPlatformString({ mkdir($0, 0o700) }) == 0 else {
      throw .folderUnwritable(path: path.shown, reason: FileError(path, .system(errno)).reason)
    }
  }

  deinit {
    // Nobody is left to be told of what stays.
    try? FileManager.default.removeItem(atPath: path.string)
  }

  private static var parent: FilePath {
    let memory: FilePath = "/dev/shm"
    guard memory.isFolder, memory.withPlatformString({ access($0, W_OK) }) == 0 else {
      return FilePath(FileManager.default.temporaryDirectory.path)
    }
    return memory
  }
}
