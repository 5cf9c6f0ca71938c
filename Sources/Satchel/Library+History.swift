import Articles
import LibraryStore
import Replication

extension Library {
  /// What an author wrote that is not shown, and articles deleted here and annotated there.
  public func conflicts() async throws(LibraryError) -> [Conflict] {
    try await LibraryError.wrapping { try await store.conflicts() }
  }

  /// The operations still in the log, newest last; `since` is milliseconds since 1970.
  public func log(
    of article: ArticleID? = nil, replica: ReplicaID? = nil, since: Int64 = 0
  ) async throws(LibraryError) -> [LogEntry] {
    try await LibraryError.wrapping {
      try await store.log(of: article?.entity, replica: replica, since: since)
    }
  }

  /// Shows the lost side of a conflict again: a write that covers both, so that resolving once
  /// resolves everywhere. A deleted article that was annotated comes back.
  public func restore(_ conflict: Conflict) async throws(LibraryError) {
    let isTombstone = conflict.register.field == ArticleField.deleted
    let edit =
      isTombstone
      ? Edit(conflict.register, .flag(false))
      : Edit(conflict.register, conflict.lost.value, .author)
    _ = try await LibraryError.wrapping {
      try await store.write([edit], now: now(), rehearsing: isRehearsing)
    }
  }

  /// Writes a value that the log still holds into its register again.
  public func restore(_ entry: LogEntry) async throws(LibraryError) {
    let operation = entry.operation
    let manner: Edit.Manner = operation.context == nil ? .set : .author
    _ = try await LibraryError.wrapping {
      try await store.write(
        [Edit(operation.register, operation.value, manner)], now: now(), rehearsing: isRehearsing)
    }
  }
}
