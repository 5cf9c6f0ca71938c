import Articles
import Documents

extension ArticleDraft {
  /// Sets what a page says about itself, but for its title and language, which it may leave open.
  mutating func apply(_ metadata: PageMetadata, url: String?) {
    self.url = url
    site = url.flatMap { CanonicalURL.host(of: $0) }
    author = metadata.author
    editor = metadata.editor
    published = metadata.published
    summary = metadata.summary
    tags = metadata.tags
  }
}
