import Replication
import SyncSession

/// What one session did.
package struct SessionResult: Sendable {
  package var received = MergeResult()
  package var sent = Sent()
  /// How it ended; nil while it is under way.
  package var outcome: Session.Outcome?
  /// All bytes that crossed the connection, handshake included.
  package var bytesRead = 0
  package var bytesWritten = 0
  /// Those read since the other side announced what it sends.
  var contentBytesRead = 0

  package struct Sent: Sendable {
    package var operationCount = 0
    package var bodyCount = 0
    /// Stored bytes of the frames, about.
    package var bytes = 0
  }

  package init() {}
}

/// How far a session is, in frames of content both ways.
package struct SessionProgress: Sendable, Equatable {
  package var received = 0
  package var toReceive = 0
  /// Frames the other side has committed.
  package var acknowledged = 0
  package var toSend = 0

  package var done: Int { received + acknowledged }
  package var total: Int { toReceive + toSend }
}
