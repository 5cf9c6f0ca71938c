import Files

/// Where pages are imported from.
public enum ImportSource: Sendable, Hashable {
  /// A file or folder.
  case path(FilePath)
  /// A folder of a git repository, as its commit has it that is checked out.
  case git(FilePath)

  /// Reads `git:FOLDER`, and takes everything else for a path: `./git:FOLDER` is one.
  ///
  /// - Parameter text: as it is typed; bytes that are no UTF-8 as `FilePath` has them in text.
  public init(text: String) {
    let prefix = "git:"
    guard text.hasPrefix(prefix) else {
      self = .path(FilePath(text: text))
      return
    }
    let folder = String(text.dropFirst(prefix.count))
    self = .git(FilePath(text: folder.isEmpty ? "." : folder))
  }

  var path: FilePath {
    switch self {
    case .path(let path), .git(let path): path
    }
  }

  /// As people are shown it and may type it.
  public var shown: String {
    switch self {
    case .path(let path): path.shown
    case .git(let path): "git:\(path.shown)"
    }
  }
}
