import Files
import Foundation
import TestSupport

/// The files that lie below a folder.
struct DiskImage: Sendable {
  var files: [String: [UInt8]] = [:]
  var folders: Set<String> = []

  /// Writes it into a folder that is there.
  func write(into folder: FilePath) throws {
    for path in folders.sorted() { try Folder.make(folder.appending(path)) }
    for (path, bytes) in files {
      // As what is private was made: who may read a file is not recorded.
      guard
        FileManager.default.createFile(
          atPath: "\(folder)/\(path)", contents: Data(bytes),
          attributes: [.posixPermissions: 0o600])
      else {
        throw FileError(folder.appending(path), .noFolder)
      }
    }
  }

  /// What lies in a folder.
  init(of folder: FilePath) throws {
    let root = URL(fileURLWithPath: folder.string)
    for case let path as String in FileManager.default.enumerator(atPath: folder.string) ?? .init()
    {
      let url = root.appendingPathComponent(path)
      if folder.appending(path).isFolder {
        folders.insert(path)
      } else {
        files[path] = [UInt8](try Data(contentsOf: url))
      }
    }
  }

  /// A number for all of it: no two have the same.
  var digest: Int {
    var hasher = Hasher()
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      hasher.combine(path)
      hasher.combine(bytes.count)
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    hasher.combine(folders)
    return hasher.finalize()
  }

  init(files: [String: [UInt8]] = [:], folders: Set<String> = []) {
    self.files = files
    self.folders = folders
  }
}

extension TemporaryFolder {
  /// One in memory where the system has that, since what is written is thrown away.
  static func inMemory() throws -> TemporaryFolder {
    let memory = URL(fileURLWithPath: "/dev/shm").resolvingSymlinksInPath()
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    return try isThere ? TemporaryFolder(in: memory) : TemporaryFolder()
  }

  var path: FilePath { FilePath(url.path) }
}
