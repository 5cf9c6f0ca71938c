import Articles

/// One record of a foreign file, read as far as it has to be read in order.
///
/// What is left to do, parsing above all, is a function that runs on whichever core has time.
package struct FormatRecord: Sendable {
  /// Where it lies, as people are shown it.
  package let place: String
  /// How much of the reader's ``FormatReader/total`` it takes: one page, or so many bytes.
  package let share: Int
  /// How many bytes of memory it takes, as far as that is known.
  let weight: Int
  /// Whether it is one of many in a file, and no file itself.
  package internal(set) var isInFile = false
  private let draft: @Sendable () throws(SkipReason) -> ArticleDraft

  /// - Parameters:
  ///   - weight: nil for as much as its share, if that is in bytes.
  package init(
    at place: String, share: Int = 1, weight: Int? = nil,
    draft: @escaping @Sendable () throws(SkipReason) -> ArticleDraft
  ) {
    self.place = place
    self.share = share
    // A page, which has a share of 1, tells what it weighs.
    self.weight = weight ?? share
    self.draft = draft
  }

  /// A record that cannot be read.
  package init(at place: String, share: Int = 1, _ reason: SkipReason) {
    self.init(at: place, share: share) { () throws(SkipReason) in throw reason }
  }

  /// Does the rest of the work.
  package func item() -> FormatItem {
    do throws(SkipReason) {
      let draft = try draft().withoutBlanks()
      guard draft.isArticle else { throw .noAddress }
      return FormatItem(at: place, .article(draft))
    } catch {
      return FormatItem(at: place, error)
    }
  }
}
