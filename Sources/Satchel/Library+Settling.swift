import Articles
import LibraryStore
import Replication

/// What a person wants of the two sides of a conflict.
public enum ConflictSide: String, Sendable, CaseIterable {
  /// What is shown stays.
  case kept
  /// What is not shown is shown instead.
  case other
}

extension Library {
  /// Settles a conflict, here and after the next exchange everywhere: a write that covers all that stood
  /// in its register when it was listed, and nothing that came later.
  ///
  /// A deleted article that was annotated comes back for the other side, and is deleted once more for
  /// the side that is kept. What goes stays in the history.
  @discardableResult
  public func settle(
    _ conflict: Conflict, with side: ConflictSide
  ) async throws(LibraryError) -> Change {
    switch (side, conflict.isOfDeletion) {
    case (.other, _): return try await restore(conflict)
    case (.kept, true):
      // A deletion says nothing of a note that is newer, until the article was there again.
      let whole = action == nil ? acting(as: "settle") : self
      let change = try await whole.restore(conflict)
      let entity = conflict.register.entity
      _ = try await whole.write(
        [Edit(conflict.register, .flag(true))], of: [ArticleID(key: entity.key)])
      return change
    case (.kept, false):
      // Of what is not shown it is enough that there is some: then the write is one, though it says
      // what is shown already.
      let shown = Shown(
        conflict.register, value: conflict.kept.value, conflicts: [conflict.lost.value],
        context: conflict.shown.context)
      let entity = conflict.register.entity
      return try await write(
        [Edit(conflict.kept.value, over: shown)],
        of: entity.kind == .article ? [ArticleID(key: entity.key)] : [])
    }
  }
}

extension Conflict {
  /// Whether an article was deleted here and annotated there.
  public var isOfDeletion: Bool { register.field == ArticleField.deleted }

  /// A short text that is another one as soon as anything was written into the register: what a page
  /// hands back that asked about this conflict a while ago.
  public var state: String {
    var text = [kept.dot, lost.dot].map { "\($0.replica) \($0.sequence)" }
    text += shown.context.entries.map { "\($0.replica) \($0.sequence)" }
    let bytes = Array(text.joined(separator: "\n").utf8)
    return String(Hexadecimal.text(of: ContentHash(of: bytes).bytes).prefix(24))
  }
}
