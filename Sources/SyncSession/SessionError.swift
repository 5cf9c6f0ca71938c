import Coding
import Replication

/// Why a session ends before its time. What was committed by then stays.
public enum SessionError: Error, Equatable {
  /// A message does not read.
  case malformed(CodingError)
  /// A message came that the table of states does not allow there (Protocol 8.4).
  case outOfTurn(String)
  /// There is no version that both programs speak.
  case noCommonVersion(ours: SessionVersions, theirs: SessionVersions)
  /// The other side gave up and said why.
  case refused(Refusal)
}

/// What a side says before it gives up.
public struct Refusal: Sendable, Equatable {
  public let reason: Reason
  /// For people; at most `Limits.refusalBytes`.
  public let text: String

  /// Numbers are fixed; a reader takes one it does not know for `failed`.
  public enum Reason: UInt8, Sendable {
    case failed = 0
    /// A message broke the protocol.
    case malformed = 1
    /// Its database is in use by another program.
    case busy = 2
    /// Its medium is full or cannot be written.
    case cannotWrite = 3
    /// It speaks no version that the other does.
    case version = 4
  }

  package init(_ reason: Reason, _ text: String) {
    self.reason = reason
    self.text = text
  }
}
