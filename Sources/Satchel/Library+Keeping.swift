import Articles
import LibraryStore
import Replication

// Which texts this machine keeps. All that is said of articles is kept everywhere; texts and images
// need not be (Protocol 3.9).
extension Library {
  /// What texts this machine keeps, and what became of the others.
  public func keeping() async throws(LibraryError) -> TextKeepingStatus {
    try await LibraryError.wrapping { try await store.keeping() }
  }

  /// Keeps from now on the texts and images of the articles that a policy speaks of, or all where it is
  /// nil.
  ///
  /// Others are not stored when they come, and go from here once another replica is known to hold them:
  /// one that keeps every text, and has heard that this one does not. What is kept and not here is asked
  /// for, and the next exchange brings it. What ``evict(_:)`` and ``fetch(_:)`` said of single articles
  /// ends.
  ///
  /// Throws `filter` and `query` for a query that cannot be asked, words among them, and `invalid`.
  public func keep(_ policy: TextPolicy?) async throws(LibraryError) -> TextKeepingStatus {
    if let policy {
      if policy.query?.isBlank == true { throw .invalid("a query of nothing keeps nothing") }
      if let maximum = policy.maximumBytes, maximum < Library.leastKeptBytes {
        throw .invalid("what is kept may take 1 MB at least")
      }
    }
    return try await LibraryError.wrapping {
      try await store.keep(policy, now: now(), dryRun: isDryRun)
    }
  }

  /// The least room that a policy may leave to texts, in bytes.
  public static let leastKeptBytes = 1 << 20

  /// Has the texts and images of articles go from this machine, and stay away until ``fetch(_:)`` or
  /// ``keep(_:)`` says otherwise. They go once another replica is known to hold them.
  public func evict(_ ids: [ArticleID]) async throws(LibraryError) -> TextChoice {
    try await choose(ids, kept: false)
  }

  /// Has the texts and images of articles kept here, whatever the policy says: those that are not here
  /// are asked for, and the next exchange brings them.
  public func fetch(_ ids: [ArticleID]) async throws(LibraryError) -> TextChoice {
    try await choose(ids, kept: true)
  }

  private func choose(
    _ ids: [ArticleID], kept isKept: Bool
  ) async throws(LibraryError) -> TextChoice {
    try await LibraryError.wrapping {
      let (changed, status) = try await store.chooseTexts(
        of: ids, kept: isKept, now: now(), dryRun: isDryRun)
      return TextChoice(changed: changed, status: status)
    }
  }

  /// Where the text of an article lies; nil for one that is here, and for an article without one.
  public func whereabouts(of id: ArticleID) async throws(LibraryError) -> TextWhereabouts? {
    try await LibraryError.wrapping { try await store.whereabouts(of: id) }
  }
}

/// What choosing texts one by one did.
public struct TextChoice: Sendable, Hashable {
  /// The articles of which it was not chosen before.
  public let changed: [ArticleID]
  public let status: TextKeepingStatus
}
