/// Why a repository cannot be imported.
public enum GitProblem: Error, Sendable, Equatable {
  /// There is no git on this machine.
  case noGit
  /// The path is a file's.
  case notAFolder
  case notARepository
  /// Nothing was committed yet.
  case noCommit
  /// Git did not answer in time.
  case silent
  /// What git says of it.
  case failed(reason: String)
}

extension GitProblem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noGit: "there is no git on this machine"
    case .notAFolder: "it is a file, and git: names a folder"
    case .notARepository: "it lies in no git repository"
    case .noCommit: "nothing is committed there yet"
    case .silent: "git does not answer"
    case .failed(let reason): "git says: \(reason)"
    }
  }
}
