import Satchel

/// Synchronizations that pages began: one at a time for each remote.
actor SyncDesk {
}
