/// What a column of a table may hold of an article.
public enum ImportColumn: String, Sendable, CaseIterable {
  case url, title, tags, folder, note, summary, author, site, published, language
  /// When it was saved.
  case added
  case read, unread, starred, archived, progress, rating
  /// A service's own word for where it stands, such as `archive`.
  case status
  case highlights
  case text
}

extension ImportColumn {
  /// The column that a header's name says; nil for a name that says none.
  init?(header: String) {
    let key = ImportColumn.key(of: header)
    guard let column = ImportColumn.names.first(where: { $0.names.contains(key) })?.column else {
      return nil
    }
    self = column
  }

  /// A name without what programs write differently: capitals, spaces, `_` and `-`.
  static func key(of name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
  }

  private static let names: [(column: ImportColumn, names: Set<String>)] = [
    (.url, ["url", "link", "address", "href", "uri", "linkurl", "pageurl", "originalurl", "网址"]),
    (.title, ["title", "name", "pagetitle", "标题"]),
    (.tags, ["tags", "tag", "labels", "keywords", "documenttags", "标签"]),
    (.folder, ["folder", "collection", "collections", "list", "lists", "category"]),
    (.note, ["note", "notes", "comment", "comments", "annotation", "annotations"]),
    (.summary, ["description", "excerpt", "summary", "selection", "abstract"]),
    (.author, ["author", "authors", "creator", "byline"]),
    (.site, ["site", "sitename", "domain", "source"]),
    (.published, ["published", "publishedat", "publishdate", "publisheddate", "datepublished"]),
    (.language, ["language", "lang"]),
    (
      .added,
      [
        "added", "addedat", "addeddate", "dateadded", "timeadded", "created", "createdat",
        "createddate", "datecreated", "creationdate", "saved", "savedat", "saveddate", "datesaved",
        "bookmarkedat", "timestamp", "date",
      ]
    ),
    (.read, ["read", "isread"]),
    (.unread, ["unread", "isunread", "toread"]),
    (
      .starred,
      ["starred", "isstarred", "favorite", "favourite", "favorited", "favourited", "isfavorite"]
    ),
    (.archived, ["archived", "isarchived", "archive"]),
    (.progress, ["progress", "readingprogress", "readprogress"]),
    (.rating, ["rating", "stars"]),
    (.status, ["status", "state", "location"]),
    (.highlights, ["highlights", "highlight"]),
    (.text, ["text", "content", "body", "html"]),
  ]
}
