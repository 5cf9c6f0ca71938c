import Files
import Foundation

/// A folder of our own among the temporary files, which goes with the last that holds it.
final class PrivateFolder: Sendable {
  let path: FilePath

  /// Throws where none can be made.
  init() throws(FileError) {
    let parent = FilePath(FileManager.default.temporaryDirectory.path)
    path = parent.appending("satchel-store-\(UInt64.random(in: 0 ... .max))")
    try Folder.make(path, .owner, withParents: false)
  }

  deinit {
    // Nobody is left to be told of what stays.
    try? FileManager.default.removeItem(atPath: path.string)
  }
}
