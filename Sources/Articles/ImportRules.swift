import Replication

/// Decides what one import does with each article it brings (Protocol 5.5).
///
/// The first copy of an original speaks for it, later ones only add their tags; what was deleted
/// here stays deleted unless the import revives such articles; what later rules read of the same
/// file stays as these read it.
package struct ImportRules: Sendable {
  private let revivesDeleted: Bool
  private var seen: Set<ArticleID> = []

  package init(revivesDeleted: Bool = false) {
    self.revivesDeleted = revivesDeleted
  }

  /// Whether an article is in the library, and if not whether it was.
  package enum Presence: Sendable, CaseIterable {
    case absent, present, deleted
    /// Deleted in a way that an import takes back (Protocol 5.5).
    case withdrawn
  }

  /// What is done with an article.
  package enum Decision: Sendable {
    /// It is new to the library.
    case add
    /// It is there already; what has changed is brought up to date.
    case update
    /// It is there as a later version of the rules read it, of the same file.
    case keep
    /// It was deleted here, and is taken in again.
    case revive
    /// The same of one that a later version of the rules read, of the same file.
    case reviveAndKeep
    /// This import has brought another copy of it.
    case addTags
    /// It was deleted here, and stays deleted.
    case leaveDeleted
  }

  /// Notes that an article has a copy which speaks for it and is as it was when it was imported.
  package mutating func noteCopy(of id: ArticleID) { seen.insert(id) }

  /// Decides about the next article of the import.
  ///
  /// - Parameters:
  ///   - reading: how this import read it.
  ///   - held: how what the library has of it was read.
  package mutating func decide(
    _ id: ArticleID, _ presence: Presence, reading: Reading? = nil, held: Reading? = nil
  ) -> Decision {
    if presence == .deleted, !revivesDeleted { return .leaveDeleted }
    guard seen.insert(id).inserted else { return .addTags }
    let isSuperseded = reading.flatMap { held?.supersedes($0) } ?? false
    return switch presence {
    case .absent: .add
    case .present: isSuperseded ? .keep : .update
    case .deleted, .withdrawn: isSuperseded ? .reviveAndKeep : .revive
    }
  }
}

extension ImportRules.Decision {
  /// Whether the article comes into the library.
  package var isAddition: Bool { self == .add || self == .revive || self == .reviveAndKeep }

  /// Whether its text and images are wanted.
  package var takesBodies: Bool { self == .add || self == .revive || self == .update }

  /// Whether highlights that are told of with it are wanted.
  package var takesHighlights: Bool {
    switch self {
    case .addTags, .leaveDeleted: false
    case .add, .update, .keep, .revive, .reviveAndKeep: true
    }
  }

  /// The edits that carry it out; `reading` says how the draft was read, and the other parameters are
  /// those of ``ArticleDraft/edits(for:body:images:now:)``.
  package func edits(
    of draft: ArticleDraft, for id: ArticleID, body: ContentHash?,
    images: [(reference: String, hash: ContentHash)], reading: Reading? = nil, now: Int64
  ) throws(ReplicationError) -> [Edit] {
    switch self {
    case .leaveDeleted: return []
    case .addTags, .keep: return try draft.tagEdits(for: id)
    case .reviveAndKeep: return try draft.tagEdits(for: id) + id.revival
    case .add, .update, .revive:
      var edits = try draft.edits(for: id, body: body, images: images, now: now)
      if let reading { edits += try reading.edits(for: id) }
      if self == .revive { edits += id.revival }
      return edits
    }
  }
}

extension ArticleID {
  /// The edits that bring a deleted article back.
  package var revival: [Edit] { [delete(false), edit(ArticleField.withdrawn, .flag(false))] }

  /// The edits that delete an article in a way that an import takes back.
  package var withdrawal: [Edit] { [delete(true), edit(ArticleField.withdrawn, .flag(true))] }
}
