import Coding
import LibraryStore

/// What is still to be written to a connection: messages first, then the frames of snapshots, read
/// no sooner than the connection can take them.
actor Outbox {
  private var messages: [Frame] = []
  private var snapshots: [DeltaSnapshot] = []
  private var waiter: CheckedContinuation<Void, Never>?
  private var isFinished = false
  /// Whether anything was taken since it was last asked.
  private var wasActive = false

  func append(_ message: Frame) {
    messages.append(message)
    wake()
  }

  func append(_ snapshot: DeltaSnapshot) {
    snapshots.append(snapshot)
    wake()
  }

  /// Nothing more is added; what was added is still handed out.
  func finish() {
    isFinished = true
    wake()
  }

  /// What was added and not taken is let go.
  func abandon() {
    messages = []
    snapshots = []
    finish()
  }

  /// Nil after the last. One task at a time may ask.
  func next() async throws -> Frame? {
    while true {
      wasActive = true
      if !messages.isEmpty { return messages.removeFirst() }
      if let snapshot = snapshots.first {
        if let frame = try await snapshot.nextFrame() { return frame }
        if !snapshots.isEmpty { snapshots.removeFirst() }
        continue
      }
      if isFinished { return nil }
      await withCheckedContinuation { waiter = $0 }
    }
  }

  /// Whether nothing was taken since this was last asked.
  func isQuiet() -> Bool {
    defer { wasActive = false }
    return !wasActive
  }

  private func wake() {
    waiter?.resume()
    waiter = nil
  }
}
