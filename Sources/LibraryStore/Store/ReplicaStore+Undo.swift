import Articles
import GRDB
import Replication

extension ReplicaStore {
  /// The actions that can be undone, the newest first.
  package nonisolated func actions() async throws(StoreError) -> [LoggedAction] {
    try await view { try ActionTable.all($0) }
  }

  /// Undoes the newest action, in one transaction that is an action itself; nil where there is none, or
  /// another one than was meant.
  ///
  /// - Parameters:
  ///   - label: what this is undone with.
  ///   - state: of the action that is meant; nil means whichever is the newest.
  ///   - dryRun: whether all of it is taken back.
  package func undo(
    as label: ActionLabel, ifNewestIs state: String? = nil, now: Int64, dryRun: Bool = false
  ) throws(StoreError) -> Undone? {
    try changeOwn(now: now, dryRun: dryRun) { transaction in
      guard let action = try ActionTable.all(transaction.db).first,
        state == nil || action.state == state
      else { return nil }
      transaction.action = label
      // It may have been an import, whose pages are then to be read again.
      try SourceTable(transaction).forgetMarks()
      var run = try UndoRun(transaction, action, now: now)
      return try run.run()
    }
  }
}
