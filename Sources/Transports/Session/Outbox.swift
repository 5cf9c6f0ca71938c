import Coding
import LibraryStore

/// What is still to be written to a connection: messages first, then the frames of snapshots, read
/// no sooner than the connection can take them.
///
/// A value of the actor that runs the session, so that what is said and the end of saying it keep
/// their order.
struct Outbox {
  private var messages: [Frame] = []
  private var snapshots: [DeltaSnapshot] = []
  private var isFinished = false
  /// Whether anything was taken since it was last asked.
  private var wasActive = false
  /// Signalled when there is something to take, or nothing will be any more.
  let changed = Condition()

  enum Next {
    case message(Frame)
    /// Its next frame; once it has none, it is let go with ``dropSnapshot()``.
    case snapshot(DeltaSnapshot)
    /// Nothing until the outbox changes.
    case wait
    case end
  }

  mutating func append(_ message: Frame) {
    messages.append(message)
    changed.signal()
  }

  mutating func append(_ snapshot: DeltaSnapshot) {
    snapshots.append(snapshot)
    changed.signal()
  }

  /// Nothing more is added; what was added is still handed out.
  mutating func finish() {
    isFinished = true
    changed.signal()
  }

  /// What was added and not taken is let go.
  mutating func abandon() {
    messages = []
    snapshots = []
    finish()
  }

  mutating func next() -> Next {
    wasActive = true
    if !messages.isEmpty { return .message(messages.removeFirst()) }
    if let snapshot = snapshots.first { return .snapshot(snapshot) }
    return isFinished ? .end : .wait
  }

  mutating func dropSnapshot() { if !snapshots.isEmpty { snapshots.removeFirst() } }

  /// Whether nothing was taken since this was last asked.
  mutating func isQuiet() -> Bool {
    defer { wasActive = false }
    return !wasActive
  }
}
