import Replication

extension ArticleDraft {
  /// The draft that an importer would have to read so that this article came of it: what a library
  /// hands to a writer of a foreign format.
  ///
  /// - Parameters:
  ///   - body: its text.
  ///   - images: those of its images that are at hand.
  ///   - highlights: those on it.
  package init(
    _ article: Article, body: [UInt8], images: [ImageDraft],
    highlights: [(id: HighlightID, highlight: Highlight)] = []
  ) {
    self.init(title: article.title, format: article.format, body: body)
    url = article.url
    author = article.author
    editor = article.editor
    site = article.site
    published = article.published
    language = article.language
    summary = article.summary
    tags = article.tags
    self.images = images
    state = DraftState(article)
    state.highlights = highlights.map { HighlightDraft($0.id, $0.highlight) }
  }
}

extension DraftState {
  fileprivate init(_ article: Article) {
    self.init()
    isRead = article.isRead
    isStarred = article.isStarred
    isArchived = article.isArchived
    progressPercent = article.progressPercent
    rating = article.rating
    note = article.note
    addedMilliseconds = article.addedMilliseconds
  }
}
