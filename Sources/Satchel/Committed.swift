import Replication

/// What work had committed by the time it ended early.
public enum Committed: Sendable, Equatable {
  case imported(added: Int, changed: Int)
  case merged(operations: Int, bodies: Int)
  /// Files that were finished.
  case written(paths: [String])

  var isNothing: Bool {
    switch self {
    case .imported(let added, let changed): added == 0 && changed == 0
    case .merged(let operations, let bodies): operations == 0 && bodies == 0
    case .written(let paths): paths.isEmpty
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
    case .written(let paths): "Whole, and to be kept or deleted: \(paths.joined(separator: ", "))."
    }
  }
}

extension LibraryError {
  /// The error of work that commits bit by bit.
  init(_ error: any Error, path: String = "", after committed: Committed) {
    let error = LibraryError(error, path: path)
    self = committed.isNothing ? error : .endedEarly(error, committed)
  }
}
