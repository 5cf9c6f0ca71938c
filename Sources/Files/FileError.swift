import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file cannot be read or written.
public struct FileError: Error, Sendable, Equatable {
  public let path: FilePath
  public let problem: Problem

  public enum Problem: Sendable, Equatable {
    /// The system refused: its `errno`.
    case system(Int32)
    /// Something else than a file lies there.
    case notAFile(FileKind)
    /// A link to something that is not there.
    case danglingLink
    /// The folder that should hold it is not there.
    case noFolder
    /// Another folder lies there than before, or none.
    case anotherFolder
    /// There is something already where something new was to be.
    case taken
    /// More bytes than this lie there.
    case tooLarge(limit: Int)
    /// A distant store could not do it, or the program that reaches it: half a sentence.
    case store(StoreFailure, String)
  }

  /// What kind of failure a distant store had.
  public enum StoreFailure: Sendable {
    /// Nobody answers there, or not now.
    case unreachable
    /// It is full, or does not let us.
    case refused
    /// Anything else.
    case other
  }

  package init(_ path: FilePath, _ problem: Problem) {
    self.path = path
    self.problem = problem
  }
}

extension FileError {
  /// The system's `errno`, where it refused.
  public var code: Int32? {
    guard case .system(let code) = problem else { return nil }
    return code
  }

  /// Whether nothing lies there.
  public var isMissing: Bool {
    problem == .system(ENOENT) || problem == .system(ENOTDIR) || problem == .danglingLink
      || problem == .noFolder || problem == .anotherFolder
  }

  /// Half a sentence: what stands in the way.
  public var reason: String {
    switch problem {
    case .system(let code):
      strerror(code).map { String(cString: $0) } ?? "error \(code)"
    case .notAFile(let kind): "it is a \(kind), not a file"
    case .noFolder: "there is no such folder"
    case .anotherFolder: "another folder lies there now: it was unmounted, moved or replaced"
    case .taken: "there is a file already"
    case .danglingLink: "it is a link to something that is not there"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .store(_, let reason): reason
    }
  }

  /// The system's last error.
  static func system(_ path: FilePath) -> FileError { FileError(path, .system(errno)) }
}

extension FileError: CustomStringConvertible {
  public var description: String { "\(path.shown): \(reason)" }
}
