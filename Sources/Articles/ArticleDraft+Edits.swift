import Replication

extension ArticleDraft {
  /// The registers that hold this article's own facts, and those of its reader's state; `body` is
  /// the hash of its text, nil where it has none, and `now` milliseconds since 1970.
  ///
  /// Throws `valueLength` or `fieldLength` for metadata beyond the limits; what ``excess`` names is for
  /// its caller to look at.
  package func edits(
    for id: ArticleID, body: ContentHash?, images: [(reference: String, hash: ContentHash)],
    now: Int64
  ) throws(ReplicationError) -> [Edit] {
    let texts: [(Field, String?)] = [
      (ArticleField.url, url), (ArticleField.author, author),
      (ArticleField.editor, editor), (ArticleField.site, site),
      (ArticleField.published, published), (ArticleField.language, language),
      (ArticleField.summary, summary), (ArticleField.format, body.map { _ in format.rawValue }),
    ]
    let facts = isRecorded ? recorded : .importing
    let added = state.addedMilliseconds
    var edits = [
      id.edit(
        ArticleField.added, .integer(added ?? now), added.map { _ in recorded } ?? .onlyIfUnset)
    ]
    if let body { edits.append(id.edit(ArticleField.body, try .data(body.bytes), facts)) }
    if body != nil || !title.isEmpty {
      edits.append(id.edit(ArticleField.title, try .text(title), isTitleTyped ? .author : facts))
    }
    for case (let field, let text?) in texts {
      edits.append(id.edit(field, try .text(text), facts))
    }
    for image in images {
      let field = try ArticleField.image(image.reference)
      edits.append(id.edit(field, try .data(image.hash.bytes), facts))
    }
    return try edits + state.edits(for: id) + tagEdits(for: id)
  }

  /// The tags alone, for another copy of an article that is already here.
  package func tagEdits(for id: ArticleID) throws(ReplicationError) -> [Edit] {
    let isTimed = isRecorded || state.recordedMilliseconds != nil
    var edits: [Edit] = []
    for tag in tags {
      let policy = isTimed && !givenTags.contains(tag) ? recorded : .onlyIfUnset
      edits.append(id.edit(try ArticleField.tag(tag), .flag(true), policy))
    }
    return edits
  }

  private var recorded: Edit.Policy { .recorded(at: state.recordedMilliseconds) }
}
