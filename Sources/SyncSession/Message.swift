import Coding
import Replication

/// What is said in a session after the hellos. Each message is one frame.
package enum Message: Sendable, Equatable {
  /// All of what a side knows and lacks.
  case report(PeerReport)
  /// So many frames follow.
  case delta(Announcement)
  /// A frame of operations or bodies, as it lies in the sender's log or chunks.
  case content(Frame)
  /// So many frames of the delta under way are committed.
  case received(frames: Int)
  /// Bodies that are asked for, ascending.
  case want([WantedBody])
  /// The sender has all it will take; the report is of this moment.
  case done(PeerReport)
  /// The hellos agreed; nothing follows.
  case agreed
  /// Nothing: the sender is still there.
  case pulse
  /// The sender gives up.
  case refusal(Refusal)
}

/// What a side is about to send.
package struct Announcement: Sendable, Equatable {
  /// The sender and what may be concluded once all of it has arrived; nil where it is a selection,
  /// from which nothing may be.
  package let claim: Claim?
  package let operationCount: Int
  package let bodyCount: Int
  package let frameCount: Int
  /// About how many bytes the frames have.
  package let byteCount: Int

  package struct Claim: Sendable, Equatable {
    package let sender: PeerReport
    package let statement: DeltaStatement

    package init(sender: PeerReport, statement: DeltaStatement) {
      self.sender = sender
      self.statement = statement
    }
  }

  package init(
    claim: Claim?, operationCount: Int, bodyCount: Int, frameCount: Int, byteCount: Int
  ) {
    self.claim = claim
    self.operationCount = operationCount
    self.bodyCount = bodyCount
    self.frameCount = frameCount
    self.byteCount = byteCount
  }

  /// Nothing is going to be sent.
  static let nothing = Announcement(
    claim: nil, operationCount: 0, bodyCount: 0, frameCount: 0, byteCount: 0)
}
