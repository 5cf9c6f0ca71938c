import Articles
import Foundation
import LibraryStore
import Replication

/// What a person changes. Each verb is one transaction, and what it is given is checked whole
/// before that; what is already so stays.
///
/// Throws `invalid` for what is out of bounds. Registers that can never be written again are left out
/// and named in the ``Change``.
extension Library {
  /// Makes all the edits that `collect` adds in one transaction, or none where it throws.
  ///
  /// ```swift
  /// let change = try await library.edit { (edit) throws(LibraryError) in
  ///   edit.mark(ids, .read)
  ///   try edit.tag(ids, ["to keep"])
  /// }
  /// ```
  @discardableResult
  public func edit(
    _ collect: (inout LibraryEdit) throws(LibraryError) -> Void
  ) async throws(LibraryError) -> Change {
    var edit = LibraryEdit()
    try collect(&edit)
    return try await write(edit.all, of: edit.named)
  }

  /// Puts a mark on articles, or takes it off.
  public func mark(_ ids: [ArticleID], _ mark: Mark) async throws(LibraryError) -> Change {
    try await edit { $0.mark(ids, mark) }
  }

  /// How far an article was read, 0 to 100 percent.
  public func setProgress(_ id: ArticleID, percent: Int) async throws(LibraryError) -> Change {
    try await edit { (edit) throws(LibraryError) in try edit.setProgress(id, percent: percent) }
  }

  /// The same while somebody reads, so many times that it is no action: ``undo(ifNewestIs:)``
  /// passes it over.
  public func keepProgress(_ id: ArticleID, percent: Int) async throws(LibraryError) -> Change {
    var edit = LibraryEdit()
    try edit.setProgress(id, percent: percent)
    return try await write(edit.all, of: edit.named, isAction: false)
  }

  /// 0 to 5 stars.
  public func rate(_ id: ArticleID, stars: Int) async throws(LibraryError) -> Change {
    try await edit { (edit) throws(LibraryError) in try edit.rate(id, stars: stars) }
  }

  /// Puts tags on articles, or takes them off.
  public func tag(
    _ ids: [ArticleID], _ tags: [String], present: Bool = true
  ) async throws(LibraryError) -> Change {
    try await edit { (edit) throws(LibraryError) in try edit.tag(ids, tags, present: present) }
  }

  /// Renames a tag on every article that bears it. An article on which either cannot be written any
  /// more keeps its tag, and is named. Throws `noSuchTag`.
  public func renameTag(_ old: String, to new: String) async throws(LibraryError) -> Change {
    try Library.check(tags: [old, new])
    let ids = try await LibraryError.wrapping { try await store.articleIDs(tagged: old) }
    guard !ids.isEmpty else { throw .noSuchTag(old, nearest: try await nearestTag(to: old)) }
    guard try Library.field(ofTag: old) != Library.field(ofTag: Library.typed(tag: new)) else {
      return Change(Written(), of: ids)
    }
    var edit = LibraryEdit()
    try edit.tag(ids, [old], present: false)
    try edit.tag(ids, [new])
    let leftOut = try await dryRun.write(edit.all, of: edit.named).leftOut
    edit.leaveOut(Set(leftOut.compactMap(\.article)))
    var change = try await write(edit.all, of: edit.named)
    change.leftOut += leftOut
    return change
  }

  /// The tag that looks like this one, else the one that a slip of the finger turns into it.
  private func nearestTag(to tag: String) async throws(LibraryError) -> String? {
    let names = try await tags().map(\.name)
    let look = AlikeTags.look(of: tag)
    return names.first { AlikeTags.look(of: $0) == look } ?? Spelling.nearest(to: tag, among: names)
  }

  /// An article's note as its author is shown it, to be handed back to ``setNote(_:_:over:)->Change``.
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
    try await edit { (edit) throws(LibraryError) in try edit.setNote(id, text, over: shown) }
  }

  /// An article's title as its author is shown it, to be handed back to ``setTitle(_:_:over:)``.
  public func title(of id: ArticleID) async throws(LibraryError) -> Shown {
    try await shown(ArticleField.title, of: id)
  }

  /// Gives an article another title by hand; imports no longer change it. What it replaces is what
  /// ``setNote(_:_:over:)->Change`` says of notes.
  public func setTitle(
    _ id: ArticleID, _ title: String, over shown: Shown? = nil
  ) async throws(LibraryError) -> Change {
    try await edit { (edit) throws(LibraryError) in try edit.setTitle(id, title, over: shown) }
  }

  /// Deletes articles, here and wherever this library is merged. They lie in the bin, from which
  /// ``restore(_:)-([ArticleID])`` brings them back; what they held is kept for a while.
  public func delete(_ ids: [ArticleID]) async throws(LibraryError) -> Change {
    try await edit { $0.delete(ids) }
  }

  /// Brings deleted articles back, here and wherever this library is merged.
  public func restore(_ ids: [ArticleID]) async throws(LibraryError) -> Change {
    try await edit { $0.restore(ids) }
  }
}

extension Library {
  /// Refuses tags in which nothing can be seen.
  static func check(tags: [String]) throws(LibraryError) {
    guard !tags.contains(where: \.isBlank) else { throw .invalid("a tag is not empty") }
    for tag in tags { _ = try field(ofTag: tag) }
  }

  /// A tag as a person meant it who typed it.
  static func typed(tag: String) -> String {
    tag.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
  }

  static func field(ofTag tag: String) throws(LibraryError) -> Field {
    do {
      return try ArticleField.tag(tag)
    } catch {
      throw .invalid("a tag has 1 to \(Limits.fieldBytes - 4) bytes")
    }
  }

  private func shown(_ field: Field, of id: ArticleID) async throws(LibraryError) -> Shown {
    try await LibraryError.wrapping { try await store.shown(RegisterID(id.entity, field)) }
  }

  /// The one write of a verb.
  func write(
    _ edits: [Edit], of ids: [ArticleID], isAction: Bool = true
  ) async throws(LibraryError) -> Change {
    guard !edits.isEmpty else { return Change(Written(), of: ids) }
    let label = isAction ? action ?? ActionLabel("edit") : nil
    let written = try await LibraryError.wrapping {
      try await store.write(edits, action: label, now: now(), dryRun: isDryRun)
    }
    return Change(written, of: ids)
  }
}
