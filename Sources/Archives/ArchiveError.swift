import Files

/// Why an archive, or a file in it, is not read.
package enum ArchiveError: Error, Equatable, Sendable {
  case file(FileError)
  /// It is no zip archive, or not a whole one; `reason` is the library's.
  case notAnArchive(reason: String)
  case tooManyFiles(limit: Int)
  /// Its files come to more bytes than are read of an archive.
  case tooLarge(limit: Int)
  /// A file is said to inflate to so many times its size that it is no honest one.
  case inflated(name: String, limit: Int)
  case encrypted(name: String)
  /// What is stored is not what it is said to be.
  case damaged(name: String, reason: String)
}

extension ArchiveError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .file(let error): error.reason
    case .notAnArchive(let reason): "it is no whole zip archive: \(reason)"
    case .tooManyFiles(let limit): "it holds more than \(limit) files"
    case .tooLarge(let limit): "its files are more than \(limit) bytes together"
    case .inflated(let name, let limit):
      "\(name) in it would become more than \(limit) times as long as it is"
    case .encrypted(let name): "\(name) in it is encrypted"
    case .damaged(let name, let reason): "\(name) in it is damaged: \(reason)"
    }
  }
}
