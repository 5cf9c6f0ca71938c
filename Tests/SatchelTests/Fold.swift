import Articles
import LibraryStore
import Replication
import Satchel
import TestSupport

/// What `Examples/fold-bundles.py` makes of bundles, in its own words.
///
/// It tells the siblings, too; here they count in the fingerprint and as conflicts.
struct Fold: Decodable, Equatable {
  let library: String
  let fingerprint: String
  let known: [String]
  /// The operations that are shown, ascending.
  let winners: [String]
  let conflicts: [Pair]
  let articles: [Spelled]
  var highlights: Set<Marked>
  var replicas: Set<Card>
  let views: Set<Kept>

  struct Pair: Decodable, Equatable {
    let shown: String
    let hidden: String
  }

  /// An article, deleted or not.
  struct Spelled: Decodable, Equatable {
    let id, title: String
    let url, author, editor, site, published, language, summary, note: String?
    let format: String
    let body: String?
    let added: Int64
    let progress, rating: Int
    let read, starred, archived, deleted: Bool
    let tags: [String]
  }

  struct Marked: Decodable, Hashable {
    let id, article, quote, prefix, suffix: String
    let start, end, version: Int
    let body, color, note: String?
    let added: Int64
    let deleted: Bool
  }

  struct Card: Decodable, Hashable {
    let replica: String
    let name: String?
    let retired: Bool
  }

  struct Kept: Decodable, Hashable {
    let name, query, sort: String
    let reversed: Bool
  }
}

// What a library says of itself.
extension Fold {
  init(_ library: Library) async throws {
    let status = try await library.status()
    self.library = Hexadecimal.text(of: library.key)
    fingerprint = status.fingerprint.description
    known = status.knowledge.lines
    var winners: Set<String> = []
    for try await entry in try await library.log() where entry.standing == .winner {
      winners.insert(Fold.name(entry.operation.dot))
    }
    self.winners = winners.sorted()
    var conflicts: [Pair] = []
    for try await conflict in try await library.conflicts() {
      conflicts.append(
        Pair(shown: Fold.name(conflict.kept.dot), hidden: Fold.name(conflict.lost.dot)))
    }
    self.conflicts = conflicts
    var (articles, highlights): ([Spelled], Set<Marked>) = ([], [])
    for id in try await library.articleIDs(Fold.everything).sorted() {
      guard let row = try await library.article(id) else { continue }
      articles.append(Spelled(row))
      for placed in try await library.highlights(of: row) { highlights.insert(Marked(placed.row)) }
    }
    (self.articles, self.highlights) = (articles, highlights)
    replicas = Set(try await library.replicas().compactMap(Card.init))
    views = Set(try await library.views().map(Kept.init))
  }

  /// Without what a library does not list: highlights that are deleted or came before their articles,
  /// and replicas of which it has neither heard nor anything they wrote, though another told their names.
  func listed(as other: Fold) -> Fold {
    var fold = self
    let here = Set(articles.map(\.id))
    fold.highlights = highlights.filter { !$0.deleted && here.contains($0.article) }
    fold.replicas = replicas.filter { card in
      other.replicas.contains(card) || known.contains { $0.hasPrefix(card.replica) }
    }
    return fold
  }

  /// Deleted and archived articles too.
  static let everything = ArticleQuery(
    .any([.state(.deleted), .not(.state(.deleted))]), includingArchived: true)

  private static func name(_ dot: Dot) -> String { "\(dot.replica):\(dot.sequence)" }
}

extension Fold.Spelled {
  fileprivate init(_ row: ArticleRow) {
    let article = row.article
    self.init(
      id: row.id.description, title: article.title, url: article.url, author: article.author,
      editor: article.editor, site: article.site, published: article.published,
      language: article.language, summary: article.summary, note: article.note,
      format: article.format.rawValue, body: article.body?.description,
      added: article.addedMilliseconds, progress: article.progressPercent, rating: article.rating,
      read: article.isRead, starred: article.isStarred, archived: article.isArchived,
      deleted: article.isDeleted, tags: article.tags)
  }
}

extension Fold.Marked {
  fileprivate init(_ row: HighlightRow) {
    let (highlight, anchor) = (row.highlight, row.highlight.anchor)
    self.init(
      id: row.id.description, article: highlight.article.description, quote: anchor.quote,
      prefix: anchor.prefix, suffix: anchor.suffix, start: anchor.start, end: anchor.end,
      version: anchor.textVersion, body: anchor.body?.description, color: highlight.color,
      note: highlight.note, added: highlight.addedMilliseconds, deleted: highlight.isDeleted)
  }
}

extension Fold.Card {
  /// Nil for a replica of which only its operations are known.
  fileprivate init?(_ status: PeerStatus) {
    guard status.name != nil || status.isRetired else { return nil }
    self.init(
      replica: status.replica.description, name: status.name, retired: status.isRetired)
  }
}

extension Fold.Kept {
  fileprivate init(_ view: ArticleView) {
    self.init(
      name: view.name, query: view.query, sort: view.sort.rawValue, reversed: view.isReversed)
  }
}
