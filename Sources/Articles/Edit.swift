import Replication

/// One register a person or an importer wants to hold a value.
public struct Edit: Sendable, Equatable {
  public let register: RegisterID
  public let value: Value
  public let manner: Manner
  /// What its author was shown; nil for what the register shows when it is written.
  public let shown: Shown?

  public init(_ register: RegisterID, _ value: Value, _ manner: Manner = .set) {
    self.register = register
    self.value = value
    self.manner = manner
    shown = nil
  }

  /// Text that a person wrote over what they were shown.
  public init(_ value: Value, over shown: Shown) {
    register = shown.register
    self.value = value
    manner = .author
    self.shown = shown
  }

  /// How an edit treats what the register holds.
  public enum Manner: Sendable {
    /// Replaces it.
    case set
    /// As a person writes text: never lost to a concurrent write, which stays as a conflict.
    case author
    /// As an importer does: replaces it unless a person authored it.
    case importing
    /// Only where the register was never written: what its reader took away stays away.
    case onlyIfUnset
  }
}

/// The edits that reading makes, spelt in registers.
extension ArticleID {
  public func edit(_ field: Field, _ value: Value, _ manner: Edit.Manner = .set) -> Edit {
    Edit(RegisterID(entity, field), value, manner)
  }

  public func mark(_ mark: Mark) -> Edit { edit(mark.field, .flag(mark.flag)) }

  public func tag(_ name: String, present: Bool) throws(ReplicationError) -> Edit {
    edit(try ArticleField.tag(name), .flag(present))
  }

  /// A note over what its author was shown; over what is there when it is written, where that is
  /// nil. An empty note is one that was taken away.
  public func note(_ text: String, over shown: Shown? = nil) throws(ReplicationError) -> Edit {
    author(text.isEmpty ? .nothing : try .text(text), ArticleField.note, over: shown)
  }

  /// A title by hand, likewise.
  public func title(_ text: String, over shown: Shown? = nil) throws(ReplicationError) -> Edit {
    author(try .text(text), ArticleField.title, over: shown)
  }

  private func author(_ value: Value, _ field: Field, over shown: Shown?) -> Edit {
    shown.map { Edit(value, over: $0) } ?? edit(field, value, .author)
  }

  public func delete(_ deleted: Bool) -> Edit { edit(ArticleField.deleted, .flag(deleted)) }
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
