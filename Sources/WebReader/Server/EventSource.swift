import Satchel

/// What pages are told of while they are looked at (Protocol 11.6).
struct EventSource: Sendable {
  let library: Library
  /// Lines of synchronizations that run.
  let lines: @Sendable () -> AsyncStream<String>
  let heartbeat: Duration
  let activity: Activity
}
