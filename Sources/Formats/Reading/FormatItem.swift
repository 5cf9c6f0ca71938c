import Articles

/// What one record of a foreign file came to.
package struct FormatItem: Sendable, Equatable {
  /// Where the record lies, as people are shown it: a page's path, a line of a file.
  package let place: String
  package let outcome: Outcome

  package enum Outcome: Sendable, Equatable {
    /// An article, with the state its reader gave it.
    case article(ArticleDraft)
    /// It could not be read.
    case skipped(SkipReason)
    /// It was read and holds no article.
    case passedOver(SkipReason)
  }

  package init(at place: String, _ outcome: Outcome) {
    self.place = place
    self.outcome = outcome
  }

  /// A record that is no article, for this reason.
  package init(at place: String, _ reason: SkipReason) {
    self.init(at: place, reason.isNoArticle ? .passedOver(reason) : .skipped(reason))
  }
}
