import Articles
import LibraryStore
import Replication

/// Edits that become one transaction, each checked as it is added; see ``Library/edit(_:)``.
public struct LibraryEdit: Sendable {
  private var edits: [RegisterID: Edit] = [:]
  private var order: [RegisterID] = []
  private var articles: [ArticleID] = []

  /// Puts a mark on articles, or takes it off.
  public mutating func mark(_ ids: [ArticleID], _ mark: Mark) {
    for id in ids { add(id.mark(mark), of: id) }
  }

  /// How far an article was read, 0 to 100 percent. Throws `invalid`.
  public mutating func setProgress(_ id: ArticleID, percent: Int) throws(LibraryError) {
    guard (0...100).contains(percent) else { throw .invalid("progress is 0 to 100 percent") }
    add(id.edit(ArticleField.progress, .integer(Int64(percent))), of: id)
  }

  /// 0 to 5 stars. Throws `invalid`.
  public mutating func rate(_ id: ArticleID, stars: Int) throws(LibraryError) {
    guard (0...5).contains(stars) else { throw .invalid("a rating is 0 to 5") }
    add(id.edit(ArticleField.rating, .integer(Int64(stars))), of: id)
  }

  /// Puts tags on articles, or takes them off: as they were typed, without white space at their ends
  /// and in Unicode's form C. A tag that is taken off goes in the very form it was given in, too.
  ///
  /// Throws `invalid` for tags that are none.
  public mutating func tag(
    _ ids: [ArticleID], _ tags: [String], present: Bool = true
  ) throws(LibraryError) {
    try Library.check(tags: tags)
    var fields: [Field] = []
    for tag in tags {
      let typed = try Library.field(ofTag: Library.typed(tag: tag))
      let given = try Library.field(ofTag: tag)
      fields += present || typed == given ? [typed] : [typed, given]
    }
    for id in ids {
      for field in fields { add(id.edit(field, .flag(present)), of: id) }
    }
  }

  /// Replaces an article's note, as ``Library/setNote(_:_:over:)->Change`` says. Throws `store(.refused)`
  /// for one that is too long.
  public mutating func setNote(
    _ id: ArticleID, _ text: String, over shown: Shown? = nil
  ) throws(LibraryError) {
    do {
      add(try id.note(text, over: shown), of: id)
    } catch {
      throw LibraryError(error)
    }
  }

  /// Gives an article another title by hand, as ``Library/setTitle(_:_:over:)`` says. Throws
  /// `invalid` for an empty one, and `store(.refused)` for one that is too long.
  public mutating func setTitle(
    _ id: ArticleID, _ title: String, over shown: Shown? = nil
  ) throws(LibraryError) {
    guard !title.isBlank else { throw .invalid("a title is not empty") }
    do {
      add(try id.title(title, over: shown), of: id)
    } catch {
      throw LibraryError(error)
    }
  }

  /// Deletes articles, here and wherever this library is merged. They lie in the bin, from which
  /// ``restore(_:)`` brings them back; what they held is kept for a while.
  public mutating func delete(_ ids: [ArticleID]) {
    for id in ids { add(id.delete(true), of: id) }
  }

  /// Brings deleted articles back, here and wherever this library is merged.
  public mutating func restore(_ ids: [ArticleID]) {
    for id in ids {
      for edit in id.revival { add(edit, of: id) }
    }
  }

  /// Of two edits of one register the later counts.
  private mutating func add(_ edit: Edit, of article: ArticleID) {
    if edits.updateValue(edit, forKey: edit.register) == nil { order.append(edit.register) }
    articles.append(article)
  }
}

extension LibraryEdit {
  /// In the order in which they were first named.
  var all: [Edit] { order.compactMap { edits[$0] } }
  /// The articles that were named, as often as they were.
  var named: [ArticleID] { articles }

  /// Takes an article's edits out.
  mutating func leaveOut(_ ids: Set<ArticleID>) {
    let entities = Set(ids.map(\.entity))
    order.removeAll { entities.contains($0.entity) }
    edits = edits.filter { !entities.contains($0.key.entity) }
    articles.removeAll(where: ids.contains)
  }
}
