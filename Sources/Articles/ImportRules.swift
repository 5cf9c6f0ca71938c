import Replication

/// Decides what one import does with each article it brings (Protocol 5.5).
///
/// The first copy of an original speaks for it, later ones only add their tags; what was deleted
/// here stays deleted unless the import revives such articles.
package struct ImportRules: Sendable {
  private let revivesDeleted: Bool
  private var seen: Set<ArticleID> = []

  package init(revivesDeleted: Bool = false) {
    self.revivesDeleted = revivesDeleted
  }

  /// Whether an article is in the library, and if not whether it was.
  package enum Presence: Sendable, CaseIterable {
    case absent, present, deleted
  }

  /// What is done with an article.
  package enum Decision: Sendable {
    /// It is new to the library.
    case add
    /// It is there already; what has changed is brought up to date.
    case update
    /// It was deleted here, and is taken in again.
    case revive
    /// This import has brought another copy of it.
    case addTags
    /// It was deleted here, and stays deleted.
    case leaveDeleted
  }

  /// Decides about the next article of the import.
  package mutating func decide(_ id: ArticleID, _ presence: Presence) -> Decision {
    if presence == .deleted, !revivesDeleted { return .leaveDeleted }
    guard seen.insert(id).inserted else { return .addTags }
    return switch presence {
    case .absent: .add
    case .present: .update
    case .deleted: .revive
    }
  }
}

extension ImportRules.Decision {
  /// Whether the article comes into the library.
  package var isAddition: Bool { self == .add || self == .revive }

  /// Whether its text and images are wanted.
  package var takesBodies: Bool { isAddition || self == .update }

  /// The edits that carry it out; the parameters are those of
  /// ``ArticleDraft/edits(for:body:images:now:)``.
  package func edits(
    of draft: ArticleDraft, for id: ArticleID, body: ContentHash,
    images: [(reference: String, hash: ContentHash)], now: Int64
  ) throws(ReplicationError) -> [Edit] {
    switch self {
    case .leaveDeleted: return []
    case .addTags: return try draft.tagEdits(for: id)
    case .add, .update, .revive:
      var edits = try draft.edits(for: id, body: body, images: images, now: now)
      if self == .revive { edits.append(id.delete(false)) }
      return edits
    }
  }
}
