import LibraryStore

/// What stands before and behind an article in a list.
public struct ArticleNeighbors: Sendable, Hashable {
  public let previous: ArticleRow?
  public let next: ArticleRow?
  /// The next that is not read yet, of those that stand near.
  public let nextUnread: ArticleRow?
}

extension ArticleListing {
  /// The neighbors of an article as they stood when the query was asked, as a list shows them; nil where
  /// it did not stand in the list. Those that were deleted since are passed over.
  public func neighbors(of id: ArticleID) async throws(LibraryError) -> ArticleNeighbors? {
    let number = try await LibraryError.wrapping { try await store.number(of: id) }
    guard let number, let place = numbers.firstIndex(of: number) else { return nil }
    let before = try await rows(Swift.max(0, place - ArticleListing.near)..<place)
    let behind = try await rows(place + 1..<Swift.min(count, place + 1 + ArticleListing.near))
    return ArticleNeighbors(
      previous: before.last, next: behind.first,
      nextUnread: behind.first { !$0.article.isRead })
  }

  /// So many articles on each side are looked at.
  private static let near = 32

  private func rows(_ places: Range<Int>) async throws(LibraryError) -> [ArticleRow] {
    try await LibraryError.wrapping {
      try await store.listedArticles(Array(numbers[places])).filter { !$0.article.isDeleted }
    }
  }
}
