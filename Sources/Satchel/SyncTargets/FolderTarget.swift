import Files
import Foundation
import Transports

/// A folder that replicas share: on a stick or a file server, or copied by another program.
struct FolderTarget: StorageTarget {
  /// Absolute: a target must not depend on where it was named.
  let path: FilePath

  init(_ path: FilePath) {
    self.path = path
  }

  /// Any text is a path.
  init?(reading text: String) {
    self.init(FilePath(text: text).absolute)
  }

  var text: String { path.text }
  var description: String { path.shown }

  var storage: any Storage { FolderStorage(path) }
  var isRemovable: Bool { path.isOnRemovableMedium }

  /// Throws `noFolder`, or what the system says of something else that lies there.
  func open() throws(FileError) -> any Storage {
    guard path.isFolder else {
      throw FileError(path, path.exists ? .system(ENOTDIR) : .noFolder)
    }
    return storage
  }
}
