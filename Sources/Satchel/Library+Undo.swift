import Articles
import LibraryStore
import Replication

/// What undoing an action did.
public struct UndoSummary: Sendable {
  public let action: LoggedAction
  public let change: Change
  /// Articles that were left as they are, since something was written of them after the action.
  public let left: [ArticleID]
  /// How many other things, such as views, were left likewise.
  public let otherLeft: Int
  /// The highlights of which something changed.
  public let highlights: [HighlightID]
}

extension Library {
  /// The actions that ``undo(ifNewestIs:)`` takes back, the newest first: the last fifty of this
  /// replica. They are of this machine alone and never travel.
  public func actions() async throws(LibraryError) -> [LoggedAction] {
    try await LibraryError.wrapping { try await store.actions() }
  }

  /// Undoes the newest action, whole: what its registers showed before is written anew, except where
  /// something was written since. This is an action itself, so that undoing again takes it back.
  ///
  /// What others wrote, and merges, are no actions. Of a settled conflict the text comes back that was
  /// shown; the other stays in the history. Articles that an import added are deleted, and come again
  /// when it is made again.
  ///
  /// - Parameter state: the ``LoggedAction/state`` of the action that is meant; nil means whichever is
  ///   the newest.
  ///
  /// Throws `nothingToUndo`, and `actedSince` where the newest is another one than was meant.
  public func undo(ifNewestIs state: String? = nil) async throws(LibraryError) -> UndoSummary {
    let undone = try await LibraryError.wrapping {
      try await store.undo(
        as: action ?? ActionLabel("undo"), ifNewestIs: state, now: now(), dryRun: isDryRun)
    }
    guard let undone else {
      guard state != nil, try await !actions().isEmpty else { throw .nothingToUndo }
      throw .actedSince
    }
    let articles = undone.written.changed.articles
    let left = undone.left.articles
    return UndoSummary(
      action: undone.action, change: Change(undone.written, of: articles), left: left,
      otherLeft: undone.left.count - left.count, highlights: undone.written.changed.highlights)
  }
}

extension Set<EntityID> {
  /// The articles among them, in the order of their ids.
  fileprivate var articles: [ArticleID] {
    filter { $0.kind == .article }.sorted().map { ArticleID(key: $0.key) }
  }

  /// The highlights, likewise.
  fileprivate var highlights: [HighlightID] {
    filter { $0.kind == .highlight }.sorted().map { HighlightID(key: $0.key) }
  }
}
