import Replication

/// One register a person or an importer wants to hold a value.
package struct Edit: Sendable, Equatable {
  package let register: RegisterID
  package let value: Value
  package let policy: Policy
  /// What its author was shown; nil for what the register shows when it is written.
  package let shown: Shown?

  package init(_ register: RegisterID, _ value: Value, _ policy: Policy = .set) {
    self.register = register
    self.value = value
    self.policy = policy
    shown = nil
  }

  /// Text that a person wrote over what they were shown.
  package init(_ value: Value, over shown: Shown) {
    register = shown.register
    self.value = value
    policy = .author
    self.shown = shown
  }

  /// How an edit treats what the register holds.
  package enum Policy: Sendable, Equatable {
    /// Replaces it.
    case set
    /// As a person writes text: never lost to a concurrent write, which stays as a conflict.
    case author
    /// As an importer does: replaces it unless a person authored it.
    case importing
    /// Only where the register was never written: what its reader took away stays away.
    case onlyIfUnset
    /// As a file tells what was done elsewhere, at a time in milliseconds since 1970 (nil where it
    /// tells none): only where the register was never written, with the stamp of that time.
    case recorded(at: Int64?)
  }

  /// Whether what is written is authored text.
  package var isAuthored: Bool {
    switch policy {
    case .author: true
    // A title that a file tells is no person's; articles and highlights name their notes alike.
    case .recorded: register.field == ArticleField.note
    case .set, .importing, .onlyIfUnset: false
    }
  }
}

/// The edits that reading makes, spelt in registers.
extension ArticleID {
  package func edit(_ field: Field, _ value: Value, _ policy: Edit.Policy = .set) -> Edit {
    Edit(RegisterID(entity, field), value, policy)
  }

  package func mark(_ mark: Mark) -> Edit { edit(mark.field, .flag(mark.flag)) }

  package func tag(_ name: String, present: Bool) throws(ReplicationError) -> Edit {
    edit(try ArticleField.tag(name), .flag(present))
  }

  /// A note over what its author was shown; over what is there when it is written, where that is
  /// nil. An empty note is one that was taken away.
  package func note(_ text: String, over shown: Shown? = nil) throws(ReplicationError) -> Edit {
    author(text.isEmpty ? .nothing : try .text(text), ArticleField.note, over: shown)
  }

  /// A title by hand, likewise.
  package func title(_ text: String, over shown: Shown? = nil) throws(ReplicationError) -> Edit {
    author(try .text(text), ArticleField.title, over: shown)
  }

  private func author(_ value: Value, _ field: Field, over shown: Shown?) -> Edit {
    shown.map { Edit(value, over: $0) } ?? edit(field, value, .author)
  }

  package func delete(_ deleted: Bool) -> Edit { edit(ArticleField.deleted, .flag(deleted)) }
}

/// A mark a reader puts on an article or takes off.
public enum Mark: String, Sendable, CaseIterable {
  case read, unread, starred, unstarred, archived, unarchived

  var field: Field {
    switch self {
    case .read, .unread: ArticleField.read
    case .starred, .unstarred: ArticleField.starred
    case .archived, .unarchived: ArticleField.archived
    }
  }

  var flag: Bool { self == .read || self == .starred || self == .archived }
}
