import Satchel

/// What pages say of a library at a glance: counted once for each of its revisions.
actor LibraryNumbers {
  private var last: (revision: Int64, numbers: Numbers)?

  struct Numbers: Sendable {
    /// As lists show them: without archived ones.
    var unread = 0
    var all = 0
    var starred = 0
    var archived = 0
    var deleted = 0
    /// By name.
    var tags: [NameCount] = []
    var sites: [NameCount] = []
    var views: [ArticleView] = []
  }

  /// The numbers of now.
  func numbers(of library: Library) async throws(LibraryError) -> Numbers {
    let revision = try await library.revision()
    if let last, last.revision == revision { return last.numbers }
    var numbers = Numbers()
    numbers.unread = try await library.count(of: ArticleQuery(.state(.unread)))
    numbers.all = try await library.count(of: ArticleQuery())
    numbers.starred = try await library.count(of: ArticleQuery(.state(.starred)))
    numbers.archived = try await library.count(of: ArticleQuery(.state(.archived)))
    numbers.deleted = try await library.count(
      of: ArticleQuery(.state(.deleted), includingArchived: true))
    numbers.tags = try await library.tagCounts()
    numbers.sites = try await library.siteCounts()
    numbers.views = try await library.views()
    last = (revision, numbers)
    return numbers
  }
}

extension [NameCount] {
  /// Longer names are a member's joke, or a mistake, and would make every page large.
  private static let longest = 120

  /// Those that most articles have, most first.
  func largest(_ count: Int) -> [NameCount] {
    Array(
      filter { $0.count > 0 && $0.name.utf8.count <= Self.longest }.sorted {
        ($1.count, $0.name) < ($0.count, $1.name)
      }.prefix(count))
  }
}
