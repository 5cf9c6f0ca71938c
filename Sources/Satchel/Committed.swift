import Replication
import Transports

/// What work had committed by the time it ended early.
public enum Committed: Sendable, Equatable {
  case imported(added: Int, changed: Int)
  case merged(operations: Int, bodies: Int)
  case fetched(pictures: Int)
  /// Into a folder.
  case exported(articles: Int)

  init(_ result: MergeResult) {
    self = .merged(operations: result.operations.new, bodies: result.bodyCount)
  }

  var isNothing: Bool {
    switch self {
    case .imported(let added, let changed): added == 0 && changed == 0
    case .merged(let operations, let bodies): operations == 0 && bodies == 0
    case .fetched(let pictures): pictures == 0
    case .exported(let articles): articles == 0
    }
  }
}

extension Committed: CustomStringConvertible {
  /// One sentence for people.
  public var description: String {
    switch self {
    case .imported(let added, let changed):
      "\(Wording.count(added, "article")) added and \(Wording.number(changed)) changed stay."
    case .merged(let operations, let bodies):
      "\(Wording.count(operations, "operation")) and \(Wording.count(bodies, "body")) that were "
        + "merged stay."
    case .fetched(1): "1 picture that came stays."
    case .fetched(let pictures): "\(Wording.number(pictures)) pictures that came stay."
    case .exported(let articles):
      "\(Wording.count(articles, "article")) that were written stay."
    }
  }
}

extension LibraryError {
  /// The error of work that commits bit by bit.
  init(_ error: any Error, after committed: Committed) {
    let error = LibraryError(error)
    self = committed.isNothing ? error : .endedEarly(error, committed)
  }
}
