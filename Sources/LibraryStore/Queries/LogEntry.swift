import Replication

/// One operation of the log, as people read it.
public struct LogEntry: Sendable, Hashable, Identifiable {
  public var id: Dot { operation.dot }
  public let operation: Operation
  public let standing: Standing

  /// What an operation is to its register.
  public enum Standing: Sendable {
    /// What it shows.
    case winner
    /// Text that an author wrote and nobody has answered: a conflict (Protocol 5.6).
    case conflict
    /// What nobody needs any more.
    case superseded
  }
}
