import Articles
import LibraryStore
import Replication

extension Library {
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
      || register.entity.kind == .highlight && register.field == HighlightField.note
    return try await restore(Edit(register, value, isAuthored ? .author : .set))
  }

  private func restore(_ edit: Edit) async throws(LibraryError) -> Change {
    let entity = edit.register.entity
    return try await write([edit], of: entity.kind == .article ? [ArticleID(key: entity.key)] : [])
  }
}
