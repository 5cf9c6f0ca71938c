import Satchel

/// An article as scripts read it. The keys are promised: change none.
struct ArticleJSON: Encodable {
  let id: String
  let url: String?
  let title: String
  let author: String?
  let site: String?
  let published: String?
  let language: String?
  let tags: [String]
  let read: Bool
  let starred: Bool
  let archived: Bool
  let deleted: Bool
  let progress: Int
  let rating: Int
  let added: String
  let body: Body?

  struct Body: Encodable {
    let hash: String
    let size: Int?
    let present: Bool

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(hash, forKey: .hash)
      try container.encode(size, forKey: .size)
      try container.encode(present, forKey: .present)
    }

    private enum Key: CodingKey { case hash, size, present }
  }

  init(_ row: ArticleRow) {
    let article = row.article
    id = row.shortID
    url = article.url
    title = article.title
    author = article.author
    site = article.site
    published = article.published
    language = article.language
    tags = article.tags
    read = article.isRead
    starred = article.isStarred
    archived = article.isArchived
    deleted = article.isDeleted
    progress = article.progressPercent
    rating = article.rating
    added = Text.time(milliseconds: article.addedMilliseconds)
    body = article.body.map {
      Body(hash: $0.description, size: row.bodyLength, present: row.bodyLength != nil)
    }
  }

  /// Every key is there, null where there is nothing.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try encode(into: &container)
  }

  func encode(into container: inout KeyedEncodingContainer<Key>) throws {
    try container.encode(id, forKey: .id)
    try container.encode(url, forKey: .url)
    try container.encode(title, forKey: .title)
    try container.encode(author, forKey: .author)
    try container.encode(site, forKey: .site)
    try container.encode(published, forKey: .published)
    try container.encode(language, forKey: .language)
    try container.encode(tags, forKey: .tags)
    try container.encode(read, forKey: .read)
    try container.encode(starred, forKey: .starred)
    try container.encode(archived, forKey: .archived)
    try container.encode(deleted, forKey: .deleted)
    try container.encode(progress, forKey: .progress)
    try container.encode(rating, forKey: .rating)
    try container.encode(added, forKey: .added)
    try container.encode(body, forKey: .body)
  }

  enum Key: CodingKey {
    case id, url, title, author, site, published, language, tags, read, starred, archived, deleted
    case progress, rating, added, body, text, html, note, highlights, snippet
  }
}

/// One article with its text.
struct ShownArticleJSON: Encodable {
  let article: ArticleJSON
  /// Under the key `text`, or `html` when that is what the body is.
  let text: String?
  let isHTML: Bool
  let note: String?
  let highlights: [HighlightJSON]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ArticleJSON.Key.self)
    try article.encode(into: &container)
    try container.encode(text, forKey: isHTML ? .html : .text)
    try container.encode(note, forKey: .note)
    try container.encode(highlights, forKey: .highlights)
  }
}

/// One article that was found.
struct FoundArticleJSON: Encodable {
  let article: ArticleJSON
  let snippet: String?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ArticleJSON.Key.self)
    try article.encode(into: &container)
    try container.encode(snippet, forKey: .snippet)
  }
}
