import Articles

/// Which pages an import has met, and what they brought: a few bytes of each.
struct SeenPages: Sendable {
  private var read: Set<Int> = []
  private var skipped: Set<Int> = []
  private var brought: Set<Int> = []
  private var articles: Set<Int> = []
  /// What was left out when the source was listed: folders, whose pages are not known.
  private var leftOut: [String] = []
  private(set) var skips = 0

  mutating func note(_ page: String, _ article: ArticleID?) {
    read.insert(page.hashValue)
    brought.insert(SeenPages.hash(page, article))
    if let article { articles.insert(article.hashValue) }
  }

  mutating func noteSkipped(_ page: String) {
    skips += 1
    read.insert(page.hashValue)
    skipped.insert(page.hashValue)
  }

  mutating func noteLeftOut(_ place: String) { leftOut.append(place + "/") }

  func hasArticle(_ article: ArticleID) -> Bool { articles.contains(article.hashValue) }

  /// Whether a page is there with this article.
  ///
  /// - Parameter isListed: whether it is there if it was not read.
  func hasPage(_ page: String, _ article: ArticleID?, isListed: Bool) -> Bool {
    guard read.contains(page.hashValue) else {
      return isListed || leftOut.contains { page.hasPrefix($0) || page + "/" == $0 }
    }
    return skipped.contains(page.hashValue) || brought.contains(SeenPages.hash(page, article))
  }

  private static func hash(_ page: String, _ article: ArticleID?) -> Int {
    var hasher = Hasher()
    hasher.combine(page)
    hasher.combine(article)
    return hasher.finalize()
  }
}
