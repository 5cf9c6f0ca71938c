import Replication
import SyncSession

/// What one session did.
public struct SessionResult: Sendable {
  public var received = MergeResult()
  public var sent = Sent()
  /// How it ended; nil while it is under way.
  public var outcome: Session.Outcome?
  /// All bytes that crossed the connection, handshake included.
  public var bytesRead = 0
  public var bytesWritten = 0
  /// Those read since the other side announced what it sends.
  var contentBytesRead = 0

  public struct Sent: Sendable {
    public var operationCount = 0
    public var bodyCount = 0
    /// Stored bytes of the frames, about.
    public var bytes = 0
  }

  public init() {}
}

/// How far a session is, in frames of content both ways.
public struct SessionProgress: Sendable, Equatable {
  public var received = 0
  public var toReceive = 0
  /// Frames the other side has committed.
  public var acknowledged = 0
  public var toSend = 0

  public var done: Int { received + acknowledged }
  public var total: Int { toReceive + toSend }
}
