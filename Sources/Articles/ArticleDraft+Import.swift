import Replication

extension ArticleDraft {
  /// The draft without an address that is none, and without blank tags: pages that all name one such
  /// text are not therefore one article.
  package func withoutBlanks() -> ArticleDraft {
    var draft = self
    draft.tags = draft.tags.filter { !$0.isBlank }
    if let url = draft.url, !ArticleAddress.isAddress(url) { draft.url = nil }
    return draft
  }

  /// The draft with tags that an import puts on every article, and with its address's site if it
  /// names none.
  package func completed(tags: [String]) -> ArticleDraft {
    var draft = self
    draft.givenTags = Set(tags)
    draft.tags += tags.filter { !draft.tags.contains($0) }
    if draft.site == nil { draft.site = draft.url.flatMap { CanonicalURL.host(of: $0) } }
    return draft
  }

  /// What names it to people: its title, or its address where it has none.
  public var heading: String { title.isEmpty ? url ?? "" : title }

  /// Whether there is anything to make an article of: an address or a text.
  package var isArticle: Bool { url != nil || !body.isEmpty }

  /// What is hashed for the article's id, `body` being the hash of its text, if only of an empty one
  /// (Protocol 5.3).
  package func preimage(body: ContentHash) -> [UInt8] {
    url.map { ArticleID.preimage(url: $0) } ?? ArticleID.preimage(body: body)
  }

  /// Why no library can hold the article; nil if it can, as far as can be told without its registers.
  package var excess: DraftExcess? {
    if body.count > Limits.bodyBytes { return .body(limit: Limits.bodyBytes) }
    if let url, url.utf8.count > Limits.urlBytes { return .address(limit: Limits.urlBytes) }
    return nil
  }
}

/// What of a draft is beyond a library's limits.
package enum DraftExcess: Sendable, Equatable, CustomStringConvertible {
  /// Its text, in bytes.
  case body(limit: Int)
  /// Its address, in bytes.
  case address(limit: Int)

  package var description: String {
    switch self {
    case .body(let limit): "too large: the limit is \(limit) bytes"
    case .address(let limit): "its address is too long: the limit is \(limit) bytes"
    }
  }
}
