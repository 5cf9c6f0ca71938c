import Articles
import Coding
import Formats
import Replication

/// What a record of an import came to, hashed: all the work that needs no database.
struct PreparedItem: Sendable {
  /// As it is shown if it is skipped.
  let place: String
  /// Whether it is one of many in a file.
  let isInFile: Bool
  let outcome: Outcome

  enum Outcome: Sendable {
    case article(PreparedArticle)
    case skipped(reason: String)
    case passedOver(reason: String)
  }

  /// - Parameters:
  ///   - tags: those that the import puts on every article.
  ///   - isInFile: whether it is one of many in a file.
  init(_ item: FormatItem, tags: [String], isInFile: Bool = false) {
    (place, self.isInFile) = (item.place, isInFile)
    outcome =
      switch item.outcome {
      case .article(let draft): .article(PreparedArticle(draft, tags: tags))
      case .skipped(let reason): .skipped(reason: "\(reason)")
      case .passedOver(let reason): .passedOver(reason: "\(reason)")
      }
  }

  init(_ article: PreparedArticle) {
    (place, isInFile) = (article.draft.title, false)
    outcome = .article(article)
  }
}

/// An article with its id, its text, its images and its source named by their hashes.
struct PreparedArticle: Sendable {
  let id: ArticleID
  /// Without images, whose bytes are in `images`, and without its source.
  let draft: ArticleDraft
  /// From which file it was read; nil where it was made otherwise.
  let reading: Reading?
  /// Nil for an article that is an address and no more.
  let body: ContentHash?
  let images: [PreparedImage]
  let highlights: PreparedHighlights

  init(_ draft: ArticleDraft, tags: [String]) {
    var draft = draft.completed(tags: tags)
    let hash = ContentHash(of: draft.body)
    body = draft.body.isEmpty ? nil : hash
    id = ArticleID(digest: ContentHash(of: draft.preimage(body: hash)))
    images = draft.images.map(PreparedImage.init) + draft.storedImages.map(PreparedImage.init)
    reading = draft.source.map { [text = draft.body] in
      // Most pages are stored as they were read, and hashing them is what takes longest here.
      Reading(source: $0.bytes == text ? hash : ContentHash(of: $0.bytes), reader: $0.reader)
    }
    highlights = PreparedHighlights(of: draft, id, body: body)
    (draft.images, draft.storedImages) = ([], [])
    draft.source = nil
    self.draft = draft
  }
}

/// An image of an article that is imported, named by its hash.
struct PreparedImage: Sendable {
  let name: String
  let hash: ContentHash
  private let read: @Sendable () async -> [UInt8]?

  init(_ image: ImageDraft) {
    (name, hash) = (ImageName.name(of: image.reference), ContentHash(of: image.bytes))
    read = { [bytes = image.bytes] in bytes }
  }

  init(_ image: StoredImage) {
    (name, hash) = (ImageName.name(of: image.reference), image.hash)
    read = {
      let bytes = await image.bytes()
      return bytes.flatMap { ContentHash(of: $0) == image.hash ? $0 : nil }
    }
  }

  /// Nil if it cannot be read any more, or is another one by now.
  func bytes() async -> [UInt8]? { await read() }
}
