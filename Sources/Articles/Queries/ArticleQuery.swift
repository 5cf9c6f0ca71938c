/// Which articles, in what order.
public struct ArticleQuery: Sendable, Hashable {
  /// Deleted articles are meant only where it speaks of them.
  public var filter = ArticleFilter.everything
  /// Whether archived articles are meant though the filter says nothing of them.
  public var includesArchived = false
  public var sort = Sort.published
  public var isReversed = false
  /// At most so many; nil for all.
  public var limit: Int?

  public enum Sort: String, Sendable, CaseIterable {
    case added
    /// The day of publication, or of adding where that is not known.
    case published
    case title, site
  }

  public init(_ filter: ArticleFilter = .everything, includingArchived: Bool = false) {
    self.filter = filter
    includesArchived = includingArchived
  }

  /// What a person typed, as ``ArticleFilter`` reads it.
  public init(_ text: String, includingArchived: Bool = false) throws(FilterError) {
    self.init(try ArticleFilter(text), includingArchived: includingArchived)
  }

  /// Every article that is not deleted.
  public static let all = ArticleQuery(includingArchived: true)
}
