import Replication

/// An article as its registers spell it, with its reader's state.
public struct Article: Sendable, Hashable, Codable {
  public var title = ""
  public var url: String?
  public var author: String?
  public var editor: String?
  public var site: String?
  public var published: String?
  public var language: String?
  public var summary: String?
  public var format = BodyFormat.markdown
  public var body: ContentHash?
  public var addedMilliseconds: Int64 = 0
  /// The SHA-256 of the file it was read from.
  package var source: ContentHash?
  /// The version of the rules by which that was read; 0 where it is not known.
  package var reader = 0
  public var isRead = false
  public var isStarred = false
  public var isArchived = false
  public var progressPercent = 0
  public var rating = 0
  public var note: String?
  public var isDeleted = false
  /// Ascending by their bytes.
  public var tags: [String] = []
  public var images: [Image] = []

  /// An image that the text shows.
  public struct Image: Sendable, Hashable, Codable {
    /// As the text writes it.
    public let reference: String
    public let hash: ContentHash

    public init(reference: String, hash: ContentHash) {
      self.reference = reference
      self.hash = hash
    }
  }

  /// An article that says nothing yet, for previews and tests of what shows articles: those of a
  /// library are made of its registers, and changing one changes no library.
  public init() {}

  /// What names it to people: its title, or its address where it has none.
  public var heading: String { title.isEmpty ? url ?? "" : title }

  /// How it was read; nil if no file is known.
  package var reading: Reading? { source.map { Reading(source: $0, reader: reader) } }

  /// Reads the registers; those this version does not know, or of another type, change nothing.
  package init(registers: some Sequence<(field: Field, value: Value)>) {
    self.init(walking: { set in
      for (field, value) in registers { set(field, value) }
    })
  }

  /// The same of the registers that `walk` hands over one by one: a member may have written any number
  /// that mean nothing here.
  package init(walking walk: (_ set: (Field, Value) -> Void) throws -> Void) rethrows {
    try walk { set($0, to: $1) }
    tags.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension Article {
  private static let setters: [Field: @Sendable (inout Article, Value) -> Void] = [
    ArticleField.title: { $0.title = $1.text ?? "" },
    ArticleField.url: { $0.url = $1.text },
    ArticleField.author: { $0.author = $1.text },
    ArticleField.editor: { $0.editor = $1.text },
    ArticleField.site: { $0.site = $1.text },
    ArticleField.published: { $0.published = $1.text },
    ArticleField.language: { $0.language = $1.text },
    ArticleField.summary: { $0.summary = $1.text },
    ArticleField.format: {
      $0.format = $1.text.map { BodyFormat(rawValue: $0) ?? .text } ?? .markdown
    },
    ArticleField.body: { $0.body = $1.data.flatMap { ContentHash(bytes: $0) } },
    ArticleField.added: { $0.addedMilliseconds = $1.integer ?? 0 },
    ArticleField.source: { $0.source = $1.data.flatMap { ContentHash(bytes: $0) } },
    ArticleField.reader: { $0.reader = $1.bounded(to: 0...Int64(Int32.max)) },
    ArticleField.read: { $0.isRead = $1.flag ?? false },
    ArticleField.starred: { $0.isStarred = $1.flag ?? false },
    ArticleField.archived: { $0.isArchived = $1.flag ?? false },
    ArticleField.progress: { $0.progressPercent = $1.bounded(to: 0...100) },
    ArticleField.rating: { $0.rating = $1.bounded(to: 0...5) },
    ArticleField.note: { $0.note = $1.text },
    ArticleField.deleted: { $0.isDeleted = $1.flag ?? false },
  ]

  private mutating func set(_ field: Field, to value: Value) {
    if let setter = Article.setters[field] {
      setter(&self, value)
    } else if let tag = field.element(after: ArticleField.tagPrefix) {
      if value.flag == true { tags.append(tag) }
    } else if let reference = field.element(after: ArticleField.imagePrefix) {
      guard let hash = value.data.flatMap({ ContentHash(bytes: $0) }) else { return }
      images.append(Image(reference: reference, hash: hash))
    }
  }
}

extension Value {
  fileprivate func bounded(to range: ClosedRange<Int64>) -> Int {
    Int(min(max(integer ?? 0, range.lowerBound), range.upperBound))
  }
}
