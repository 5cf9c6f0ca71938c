import Articles
import Coding
import Formats
import Replication

/// A page to import: from a folder, or text handed over.
struct PageSource: Sendable {
  let folder: PageFolder
  let page: PagePath
  /// As it is shown when it is skipped.
  let displayPath: String
}

/// A page as far as it can be prepared away from the database: read, parsed, hashed.
struct PreparedPage: Sendable {
  let displayPath: String
  let outcome: Result<Content, SkipReason>

  struct Content: Sendable {
    let id: ArticleID
    let draft: ArticleDraft
    let body: ContentHash
    let images: [(reference: String, hash: ContentHash, bytes: [UInt8])]
  }

  init(_ source: PageSource, options: ImportOptions) {
    displayPath = source.displayPath
    outcome = Result { () throws(SkipReason) in
      let reader = PageReader(format: options.format)
      let draft = try reader.draft(
        of: source.folder.read(source.page), at: source.page, images: source.folder.image)
      return Content(draft.withoutWhatIsNone(), tags: options.tags)
    }
  }

  init(_ content: Content, displayPath: String) {
    self.displayPath = displayPath
    outcome = .success(content)
  }
}

extension ArticleDraft {
  /// A page's draft without an address that is none, and without blank tags: pages that all name
  /// one such text are not therefore one article.
  func withoutWhatIsNone() -> ArticleDraft {
    var draft = self
    draft.tags = draft.tags.filter { !$0.isBlank }
    if let url = draft.url, !ArticleAddress.isAddress(url) { draft.url = nil }
    return draft
  }
}

extension PreparedPage.Content {
  init(_ draft: ArticleDraft, tags: [String]) {
    var draft = draft
    draft.tags += tags.filter { !draft.tags.contains($0) }
    let body = ContentHash(of: draft.body)
    let preimage = draft.url.map { ArticleID.preimage(url: $0) } ?? ArticleID.preimage(body: body)
    id = ArticleID(digest: ContentHash(of: preimage))
    if draft.site == nil { draft.site = draft.url.flatMap { CanonicalURL.host(of: $0) } }
    images = draft.images.map { ($0.reference, ContentHash(of: $0.bytes), $0.bytes) }
    // The bytes are in `images`; the draft keeps only its text and facts.
    draft.images = []
    self.draft = draft
    self.body = body
  }
}
