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

extension ArticleDraft {
  /// The registers that hold this article's own facts, `body` being the hash of its text and
  /// `now` milliseconds since 1970.
  ///
  /// Throws `valueLength` or `fieldLength` for metadata beyond the limits, 8 KiB for the address.
  public func edits(
    for id: ArticleID, body: ContentHash, images: [(reference: String, hash: ContentHash)],
    now: Int64
  ) throws(ReplicationError) -> [Edit] {
    guard url.map({ $0.utf8.count <= Limits.urlBytes }) ?? true else {
      throw .valueLength(url?.utf8.count ?? 0)
    }
    let texts: [(Field, String?)] = [
      (ArticleField.url, url), (ArticleField.author, author),
      (ArticleField.editor, editor), (ArticleField.site, site),
      (ArticleField.published, published), (ArticleField.language, language),
      (ArticleField.summary, summary), (ArticleField.format, format.rawValue),
    ]
    var edits = [
      id.edit(ArticleField.body, try .data(body.bytes), .importing),
      id.edit(ArticleField.added, .integer(now), .onlyIfUnset),
      id.edit(ArticleField.title, try .text(title), isTitleTyped ? .author : .importing),
    ]
    for case (let field, let text?) in texts {
      edits.append(id.edit(field, try .text(text), .importing))
    }
    for image in images {
      let field = try ArticleField.image(image.reference)
      edits.append(id.edit(field, try .data(image.hash.bytes), .importing))
    }
    return try edits + tagEdits(for: id)
  }

  /// The tags alone, for another copy of an article that is already here.
  public func tagEdits(for id: ArticleID) throws(ReplicationError) -> [Edit] {
    var edits: [Edit] = []
    for tag in tags {
      edits.append(id.edit(try ArticleField.tag(tag), .flag(true), .onlyIfUnset))
    }
    return edits
  }
}
