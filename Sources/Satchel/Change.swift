import Articles
import LibraryStore
import Replication

/// What one action changed.
public struct Change: Sendable, Equatable {
  /// The articles of which something changed, in the order they were named.
  public private(set) var changed: [ArticleID] = []
  /// How many of those that were named were so already.
  public private(set) var unchanged = 0
  /// Registers that can never be written again, and so were left out. All else was written.
  public internal(set) var leftOut: [LeftOut] = []

  init(_ written: Written, of articles: [ArticleID]) {
    leftOut = written.leftOut
    let spoilt = Set(leftOut.map(\.register.entity))
    var seen: Set<ArticleID> = []
    for article in articles where seen.insert(article).inserted {
      if written.changed.contains(article.entity) {
        changed.append(article)
      } else if !spoilt.contains(article.entity) {
        unchanged += 1
      }
    }
  }
}

extension LeftOut {
  /// The article in which it is; nil for another entity.
  public var article: ArticleID? {
    register.entity.kind == .article ? ArticleID(key: register.entity.key) : nil
  }

  /// The highlight in which it is; nil for another entity.
  public var highlight: HighlightID? {
    register.entity.kind == .highlight ? HighlightID(key: register.entity.key) : nil
  }
}
