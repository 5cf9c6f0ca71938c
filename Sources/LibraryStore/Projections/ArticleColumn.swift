import Articles
import Foundation
import GRDB
import Replication

/// A column of table `article`: how it is declared, what it holds of an article, and how it is read.
///
/// The list of them makes the table, its rows and what is read from those. A new field of an article
/// has a name in `ArticleField`, a property in `Article` and a column here. Once a version with this
/// table is released, the column also comes with a migration that adds it to older tables.
struct ArticleColumn: Sendable {
  let name: String
  /// Its type, as the table declares it.
  let type: String
  /// What stands above it in the table.
  var comment: String?
  /// Whether an index holds it, too: naming one as changed takes its place in the index anew, whether
  /// it changed or not, and seldom one does.
  var isIndexed = false
  var listing = Listing.whole
  let value: @Sendable (Article) -> SQLValue
  let read: @Sendable (inout Article, DatabaseValue) -> Void

  /// How much of it a list shows.
  enum Listing {
    case whole
    /// A text's beginning: a member can write megabytes where a title is expected.
    case beginning
    case nothing
  }

  private static let all: [ArticleColumn] = [
    text("title", { $0.title }, { $0.title = $1 }),
    optionalText("url", { $0.url }, { $0.url = $1 }),
    optionalText("author", { $0.author }, { $0.author = $1 }),
    optionalText("editor", { $0.editor }, { $0.editor = $1 }),
    optionalText("site", { $0.site }, { $0.site = $1 }).indexed(),
    optionalText("published", { $0.published }, { $0.published = $1 }),
    optionalText("language", { $0.language }, { $0.language = $1 }),
    optionalText("summary", { $0.summary }, { $0.summary = $1 }),
    text(
      "format", { $0.format.rawValue }, { $0.format = BodyFormat(rawValue: $1) ?? .text }
    ).listed(.whole),
    hash("body", { $0.body }, { $0.body = $1 }),
    integer("added", { $0.addedMilliseconds }, { $0.addedMilliseconds = $1 }).indexed(),
    // An article makes it of other fields.
    integer("day", { Int64($0.day) }, { _, _ in }).indexed()
      .explained("Of publication, or where that is not known of adding; days since 1970-01-01."),
    flag("read", { $0.isRead }, { $0.isRead = $1 }),
    flag("starred", { $0.isStarred }, { $0.isStarred = $1 }),
    flag("archived", { $0.isArchived }, { $0.isArchived = $1 }).indexed(),
    integer("progress", { Int64($0.progressPercent) }, { $0.progressPercent = Int($1) }),
    integer("rating", { Int64($0.rating) }, { $0.rating = Int($1) }),
    optionalText("note", { $0.note }, { $0.note = $1 }).listed(.nothing),
    flag("deleted", { $0.isDeleted }, { $0.isDeleted = $1 }).indexed(),
  ]

  static let plain = all.filter { !$0.isIndexed }
  static let indexed = all.filter(\.isIndexed)
  /// All of them: those that an index holds come last.
  static let ordered = plain + indexed

  /// The statement that makes the table.
  static var table: String {
    let columns = all.map { column in
      (column.comment.map { "  -- \($0)\n" } ?? "") + "  \(column.name) \(column.type)"
    }
    return """
      CREATE TABLE article(
        id INTEGER PRIMARY KEY,
        -- The entity's, by whose index it is found.
        key BLOB NOT NULL,
      \(columns.joined(separator: ",\n"))
      ) STRICT;
      """
  }
}

// The kinds of columns.
extension ArticleColumn {
  private static func text(
    _ name: String, _ get: @escaping @Sendable (Article) -> String,
    _ set: @escaping @Sendable (inout Article, String) -> Void
  ) -> ArticleColumn {
    ArticleColumn(
      name: name, type: "TEXT NOT NULL", listing: .beginning, value: { .text(get($0)) },
      read: { set(&$0, String.fromDatabaseValue($1) ?? "") })
  }

  private static func optionalText(
    _ name: String, _ get: @escaping @Sendable (Article) -> String?,
    _ set: @escaping @Sendable (inout Article, String?) -> Void
  ) -> ArticleColumn {
    ArticleColumn(
      name: name, type: "TEXT", listing: .beginning, value: { .text(get($0)) },
      read: { set(&$0, String.fromDatabaseValue($1)) })
  }

  private static func integer(
    _ name: String, _ get: @escaping @Sendable (Article) -> Int64,
    _ set: @escaping @Sendable (inout Article, Int64) -> Void
  ) -> ArticleColumn {
    ArticleColumn(
      name: name, type: "INTEGER NOT NULL", value: { .integer(get($0)) },
      read: { set(&$0, Int64.fromDatabaseValue($1) ?? 0) })
  }

  private static func flag(
    _ name: String, _ get: @escaping @Sendable (Article) -> Bool,
    _ set: @escaping @Sendable (inout Article, Bool) -> Void
  ) -> ArticleColumn {
    ArticleColumn(
      name: name, type: "INTEGER NOT NULL", value: { .flag(get($0)) },
      read: { set(&$0, Bool.fromDatabaseValue($1) ?? false) })
  }

  private static func hash(
    _ name: String, _ get: @escaping @Sendable (Article) -> ContentHash?,
    _ set: @escaping @Sendable (inout Article, ContentHash?) -> Void
  ) -> ArticleColumn {
    ArticleColumn(
      name: name, type: "BLOB", value: { .hash(get($0)) },
      read: { set(&$0, Data.fromDatabaseValue($1).flatMap { ContentHash(bytes: $0) }) })
  }

  private func indexed() -> ArticleColumn {
    var column = self
    column.isIndexed = true
    return column
  }

  private func explained(_ comment: String) -> ArticleColumn {
    var column = self
    column.comment = comment
    return column
  }

  private func listed(_ listing: Listing) -> ArticleColumn {
    var column = self
    column.listing = listing
    return column
  }
}
