import Articles
import LibraryStore
import Replication

extension Library {
  /// What an author wrote that is not shown, and articles deleted here and annotated there.
  public func conflicts() async throws(LibraryError) -> [Conflict] {
    try await LibraryError.wrapping { try await store.conflicts() }
  }

  /// The operations still in the log, and authored text that was replaced here, newest last;
  /// `since` is milliseconds since 1970.
  public func log(
    of article: ArticleID? = nil, replica: ReplicaID? = nil, since: Int64 = 0
  ) async throws(LibraryError) -> [LogEntry] {
    try await LibraryError.wrapping {
      try await store.log(of: article?.entity, replica: replica, since: since)
    }
  }

  /// Shows the other side of a conflict again: a write that covers what was listed, so that
  /// resolving once resolves everywhere. A deleted article that was annotated comes back.
  @discardableResult
  public func restore(_ conflict: Conflict) async throws(LibraryError) -> Change {
    let isTombstone = conflict.register.field == ArticleField.deleted
    let edit =
      isTombstone
      ? Edit(conflict.register, .flag(false))
      : Edit(conflict.lost.value, over: conflict.shown)
    return try await restore(edit)
  }

  /// Writes a value that the log lists into its register again.
  ///
  /// A title or a note is then its restorer's own text, whoever wrote it first: an importer does
  /// not take it back.
  @discardableResult
  public func restore(_ entry: LogEntry) async throws(LibraryError) -> Change {
    let (register, value) = (entry.operation.register, entry.operation.value)
    let isAuthored =
      entry.operation.context != nil
      || register.entity.kind == .article && ArticleField.isAuthored(register.field)
    return try await restore(Edit(register, value, isAuthored ? .author : .set))
  }

  private func restore(_ edit: Edit) async throws(LibraryError) -> Change {
    let entity = edit.register.entity
    return try await write([edit], of: entity.kind == .article ? [ArticleID(key: entity.key)] : [])
  }
}
