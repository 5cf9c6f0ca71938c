import Articles
import Coding
import Documents
import LibraryStore
import Replication

extension Library {
  /// Articles that match, with their reader's state.
  public func articles(
    _ query: ArticleQuery = ArticleQuery()
  ) async throws(LibraryError) -> [ArticleRow] {
    try await LibraryError.wrapping { try await store.articles(query) }
  }

  /// How many articles match, whatever the query's limit.
  public func count(of query: ArticleQuery) async throws(LibraryError) -> Int {
    try await LibraryError.wrapping { try await store.count(of: query) }
  }

  /// The short ids of articles, deleted or not.
  public func shortIDs(of ids: Set<ArticleID>) async throws(LibraryError) -> [ArticleID: String] {
    try await LibraryError.wrapping { try await store.shortIDs(of: ids) }
  }

  /// The article that the beginning of an id, or an address, names.
  ///
  /// Throws `noSuchArticle` or `ambiguousArticle`.
  public func article(_ name: String) async throws(LibraryError) -> ArticleRow {
    let byURL = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: name)))
    let found = try await LibraryError.wrapping {
      try await store.articles(named: name, urlID: byURL)
    }
    guard let article = found.first else { throw .noSuchArticle(name) }
    guard found.count == 1 else {
      throw .ambiguousArticle(name, candidates: found.map(\.shortID))
    }
    return article
  }

  /// The article that is to be changed: an id must then have six letters, so that no other word is
  /// taken for one.
  ///
  /// Throws `invalid` for fewer, `noSuchArticle` or `ambiguousArticle`.
  public func articleToChange(_ name: String) async throws(LibraryError) -> ArticleRow {
    guard name.utf8.count >= Library.fewestLetters else {
      throw .invalid(
        "\(name) is no article's id: where something is changed, one has at least six letters")
    }
    return try await article(name)
  }

  private static let fewestLetters = 6

  /// The article of this id, deleted or not; nil if it was never here.
  public func article(_ id: ArticleID) async throws(LibraryError) -> ArticleRow? {
    try await LibraryError.wrapping { try await store.article(id) }
  }

  /// A body's bytes; nil while it is missing here.
  public func body(_ hash: ContentHash) async throws(LibraryError) -> [UInt8]? {
    try await LibraryError.wrapping { try await store.body(hash) }
  }

  /// The text of an article without markup, which highlights are anchored to; nil while its body
  /// is missing here.
  public func plainText(of row: ArticleRow) async throws(LibraryError) -> String? {
    guard let hash = row.article.body, let bytes = try await body(hash) else { return nil }
    return PlainText.text(of: Document(body: bytes, format: row.article.format))
  }

  /// Every tag in use with the number of its articles.
  public func tags() async throws(LibraryError) -> [(name: String, count: Int)] {
    try await LibraryError.wrapping { try await store.tags() }
  }
}

// Writing. Each verb returns how many of the articles it changed; what is already so stays.
extension Library {
  public func mark(_ ids: [ArticleID], _ mark: Mark) async throws(LibraryError) -> Int {
    try await edit(ids.map { $0.mark(mark) })
  }

  /// How far an article was read, 0 to 100 percent.
  public func setProgress(_ id: ArticleID, percent: Int) async throws(LibraryError) -> Int {
    guard (0...100).contains(percent) else { throw .invalid("progress is 0 to 100 percent") }
    return try await edit([id.edit(ArticleField.progress, .integer(Int64(percent)))])
  }

  /// 0 to 5 stars.
  public func rate(_ id: ArticleID, stars: Int) async throws(LibraryError) -> Int {
    guard (0...5).contains(stars) else { throw .invalid("a rating is 0 to 5") }
    return try await edit([id.edit(ArticleField.rating, .integer(Int64(stars)))])
  }

  /// Puts tags on articles, or takes them off.
  public func tag(
    _ ids: [ArticleID], _ tags: [String], present: Bool = true
  ) async throws(LibraryError) -> Int {
    var edits: [Edit] = []
    for id in ids {
      for tag in tags {
        do {
          edits.append(try id.tag(tag, present: present))
        } catch {
          throw .invalid("a tag has 1 to \(Limits.fieldBytes - 4) bytes")
        }
      }
    }
    return try await edit(edits)
  }

  /// Renames a tag on every article that bears it. Throws `noSuchTag`.
  public func renameTag(_ old: String, to new: String) async throws(LibraryError) -> Int {
    var query = ArticleQuery.all
    query.tag = old
    let ids = try await articles(query).map(\.id)
    guard !ids.isEmpty else { throw .noSuchTag(old) }
    let removed = try await tag(ids, [old], present: false)
    return max(removed, try await tag(ids, [new]))
  }

  /// Replaces an article's note; an empty one takes it away. Covers every conflict of the note.
  public func setNote(_ id: ArticleID, _ text: String) async throws(LibraryError) -> Int {
    do {
      return try await edit([id.note(text)])
    } catch {
      throw LibraryError(error)
    }
  }

  /// Gives an article another title by hand; imports no longer change it.
  public func setTitle(_ id: ArticleID, _ title: String) async throws(LibraryError) -> Int {
    do {
      return try await edit([id.edit(ArticleField.title, .text(title), .author)])
    } catch {
      throw LibraryError(error)
    }
  }

  /// Deletes articles, here and wherever this library is merged; their tombstones stay.
  public func delete(_ ids: [ArticleID]) async throws(LibraryError) -> Int {
    try await edit(ids.map { $0.delete(true) })
  }

  private func edit(_ edits: [Edit]) async throws(LibraryError) -> Int {
    try await LibraryError.wrapping {
      try await store.write(edits, now: now(), rehearsing: isRehearsing).count
    }
  }
}
