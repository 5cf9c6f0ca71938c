import Articles
import LibraryStore
import Replication

/// What a person changes. Each verb is one transaction, and what it is given is checked whole
/// before that; what is already so stays.
///
/// Throws `invalid` for what is out of bounds. Registers that can never be written again are left out
/// and named in the ``Change``.
extension Library {
  public func mark(_ ids: [ArticleID], _ mark: Mark) async throws(LibraryError) -> Change {
    try await edit(ids) { $0.mark(mark) }
  }

  /// How far an article was read, 0 to 100 percent.
  public func setProgress(_ id: ArticleID, percent: Int) async throws(LibraryError) -> Change {
    guard (0...100).contains(percent) else { throw .invalid("progress is 0 to 100 percent") }
    return try await edit([id]) { $0.edit(ArticleField.progress, .integer(Int64(percent))) }
  }

  /// 0 to 5 stars.
  public func rate(_ id: ArticleID, stars: Int) async throws(LibraryError) -> Change {
    guard (0...5).contains(stars) else { throw .invalid("a rating is 0 to 5") }
    return try await edit([id]) { $0.edit(ArticleField.rating, .integer(Int64(stars))) }
  }

  /// Puts tags on articles, or takes them off.
  public func tag(
    _ ids: [ArticleID], _ tags: [String], present: Bool = true
  ) async throws(LibraryError) -> Change {
    try Library.check(tags: tags)
    var fields: [Field] = []
    for tag in tags { fields.append(try Library.field(ofTag: tag)) }
    return try await edit(ids, fields.map { field in { $0.edit(field, .flag(present)) } })
  }

  /// Renames a tag on every article that bears it. Throws `noSuchTag`.
  public func renameTag(_ old: String, to new: String) async throws(LibraryError) -> Change {
    try Library.check(tags: [new])
    let (from, to) = (try Library.field(ofTag: old), try Library.field(ofTag: new))
    var query = ArticleQuery.all
    query.tag = old
    let ids = try await articleIDs(query)
    guard !ids.isEmpty else { throw .noSuchTag(old) }
    guard from != to else { return Change(Written(), of: ids) }
    let edits: [(ArticleID) -> Edit] = [
      { $0.edit(from, .flag(false)) }, { $0.edit(to, .flag(true)) },
    ]
    // An article on which one of the two cannot be written keeps its tag.
    let leftOut = try await rehearsing.edit(ids, edits).leftOut
    let stuck = Set(leftOut.compactMap(\.article))
    var change = try await edit(ids.filter { !stuck.contains($0) }, edits)
    change.leftOut += leftOut
    return change
  }

  /// An article's note as its author is shown it, to be handed back to ``setNote(_:_:over:)``.
  public func note(of id: ArticleID) async throws(LibraryError) -> Shown {
    try await shown(ArticleField.note, of: id)
  }

  /// Replaces an article's note; an empty one takes it away.
  ///
  /// The new note replaces what its author was `shown`, and what has come since stays beside it as
  /// a conflict. Without it, what is there when it is written counts as shown.
  public func setNote(
    _ id: ArticleID, _ text: String, over shown: Shown? = nil
  ) async throws(LibraryError) -> Change {
    let edit = try Library.checked { () throws(ReplicationError) in try id.note(text, over: shown) }
    return try await write([edit], of: [id])
  }

  /// An article's title as its author is shown it, to be handed back to ``setTitle(_:_:over:)``.
  public func title(of id: ArticleID) async throws(LibraryError) -> Shown {
    try await shown(ArticleField.title, of: id)
  }

  /// Gives an article another title by hand; imports no longer change it. What it replaces is what
  /// ``setNote(_:_:over:)`` says of notes.
  public func setTitle(
    _ id: ArticleID, _ title: String, over shown: Shown? = nil
  ) async throws(LibraryError) -> Change {
    guard !title.isBlank else { throw .invalid("a title is not empty") }
    let edit = try Library.checked { () throws(ReplicationError) in
      try id.title(title, over: shown)
    }
    return try await write([edit], of: [id])
  }

  /// Deletes articles, here and wherever this library is merged; their tombstones stay.
  public func delete(_ ids: [ArticleID]) async throws(LibraryError) -> Change {
    try await edit(ids) { $0.delete(true) }
  }
}

extension Library {
  /// Refuses tags in which nothing can be seen.
  static func check(tags: [String]) throws(LibraryError) {
    guard !tags.contains(where: \.isBlank) else { throw .invalid("a tag is not empty") }
    for tag in tags { _ = try field(ofTag: tag) }
  }

  private static func field(ofTag tag: String) throws(LibraryError) -> Field {
    do {
      return try ArticleField.tag(tag)
    } catch {
      throw .invalid("a tag has 1 to \(Limits.fieldBytes - 4) bytes")
    }
  }

  private static func checked(
    _ edit: () throws(ReplicationError) -> Edit
  ) throws(LibraryError) -> Edit {
    do {
      return try edit()
    } catch {
      throw LibraryError(error)
    }
  }

  private func shown(_ field: Field, of id: ArticleID) async throws(LibraryError) -> Shown {
    try await LibraryError.wrapping { try await store.shown(RegisterID(id.entity, field)) }
  }

  private func edit(
    _ ids: [ArticleID], _ edit: (ArticleID) -> Edit
  ) async throws(LibraryError) -> Change {
    try await write(ids.map(edit), of: ids)
  }

  private func edit(
    _ ids: [ArticleID], _ edits: [(ArticleID) -> Edit]
  ) async throws(LibraryError) -> Change {
    try await write(ids.flatMap { id in edits.map { $0(id) } }, of: ids)
  }

  /// The one write of a verb.
  func write(_ edits: [Edit], of ids: [ArticleID]) async throws(LibraryError) -> Change {
    guard !edits.isEmpty else { return Change(Written(), of: ids) }
    let written = try await LibraryError.wrapping {
      try await store.write(edits, now: now(), rehearsing: isRehearsing)
    }
    return Change(written, of: ids)
  }
}
