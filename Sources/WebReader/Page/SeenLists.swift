import Satchel

/// Lists as their readers last saw them, so that an article's neighbors stay what they were while
/// what is read leaves the list.
actor SeenLists {
  private struct Seen {
    let key: ListQuery
    let listing: ArticleListing
    /// What it was made of, and when.
    let revision: Int64
    let made: ContinuousClock.Instant
  }

  /// The one that was seen last comes last.
  private var lists: [Seen] = []

  /// So many lists are held, and so many articles in all of them: each takes eight bytes.
  static let count = 8
  static let articles = 1_000_000

  /// How long a list stands while nothing changes: queries may speak of today.
  static let lasting: Duration = .seconds(60)

  /// A list as it was last seen; nil where it was not, or long ago.
  func seen(_ asked: ListQuery) -> ArticleListing? {
    take(asked)?.listing
  }

  /// The list, which is from now on the one that was seen last.
  private func take(_ asked: ListQuery) -> Seen? {
    guard let index = lists.firstIndex(where: { $0.key == asked }) else { return nil }
    let seen = lists.remove(at: index)
    lists.append(seen)
    return seen
  }

  /// A list as it is now, which is what was seen from now on.
  ///
  /// - Parameter plan: what the list asks of the library.
  func listing(
    _ asked: ListQuery, _ plan: ListQuery.Plan, in library: Library
  ) async throws(LibraryError) -> ArticleListing {
    // Taken first: what changes in between is looked for the next time.
    let (revision, now) = (try await library.revision(), ContinuousClock.now)
    if let seen = take(asked), seen.revision == revision, now < seen.made + SeenLists.lasting {
      return seen.listing
    }
    var plan = plan
    plan.query.limit = SeenLists.articles
    let listing = try await plan.listing(in: library).result()
    keep(Seen(key: asked, listing: listing, revision: revision, made: now))
    return listing
  }

  private func keep(_ seen: Seen) {
    lists.removeAll { $0.key == seen.key }
    lists.append(seen)
    while lists.count > SeenLists.count || (lists.count > 1 && held > SeenLists.articles) {
      lists.removeFirst()
    }
  }

  private var held: Int { lists.reduce(0) { $0 + $1.listing.count } }
}
