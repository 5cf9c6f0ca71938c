import Articles

/// What pruning would take away of a source's articles (Protocol 5.13).
public struct Pruning: Sendable {
  public let source: ImportSource
  /// How many articles the source brought that are here.
  public let articles: Int
  /// How many of them would go into the bin.
  public let pruned: Int

  /// Whether that is more than a tenth.
  public var isLarge: Bool { pruned * 10 > articles }
}

/// A page that a source has no more, though its article is here, and no other page has it.
public struct GonePage: Sendable, Hashable {
  public let source: ImportSource
  /// Below the source.
  public let page: String
  public let article: ArticleID
  /// Whether somebody marked the article, so that it is not pruned.
  public let isMarked: Bool
  /// Whether it was there when the source was imported before.
  public let isNew: Bool
}
