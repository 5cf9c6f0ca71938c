import Satchel

/// What pages are told of while they are looked at (Protocol 11.6).
struct EventSource: Sendable {
  let library: Library
  /// Synchronizations that run.
  let syncing: SyncDesk
  let heartbeat: Duration
  let activity: Activity
}
