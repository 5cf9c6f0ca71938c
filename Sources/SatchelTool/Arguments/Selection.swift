import ArgumentParser
import Satchel

extension ArticleQuery.Sort: ExpressibleByArgument {}

extension FilterDay: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// The flags that choose articles, each of which a query can say too.
struct Selection: ParsableArguments {
  @Flag(help: "Only unread ones.") var unread = false
  @Flag(help: "Only read ones.") var read = false
  @Flag(help: "Only starred ones.") var starred = false
  @Flag(help: "Only archived ones.") var archived = false
  @Flag(help: "Only deleted ones.") var deleted = false
  @Flag(help: "Archived ones too.") var all = false
  @Option(help: "Only those with this tag.", completion: .tags) var tag: String?
  @Option(help: "Only those from this site.", completion: .sites) var site: String?
  @Option(help: "Only those of this day or later (2026-03-13, 2026-03, yesterday, 7d).")
  var since: FilterDay?
  @Option(help: "Only those of an earlier day.") var before: FilterDay?

  /// Whether no flag was given.
  var isEmpty: Bool {
    ![unread, read, starred, archived, deleted, all].contains(true)
      && tag == nil && site == nil && since == nil && before == nil
  }

  func validate() throws {
    if read && unread { throw ValidationError("--read and --unread exclude each other.") }
  }

  /// What the words of a query and the flags ask for together.
  func query(_ words: [String]) throws -> ArticleQuery {
    let states: [(Bool, FilterState)] = [
      (unread, .unread), (read, .read), (starred, .starred), (archived, .archived),
      (deleted, .deleted),
    ]
    let filter = try ArticleFilter(typed: words)
    var parts = filter == .everything ? [] : [filter]
    parts += states.filter(\.0).map { .state($0.1) }
    if let tag { parts.append(.tag(FilterName(tag))) }
    if let site { parts.append(.site(FilterName(site))) }
    if let since { parts.append(.since(since)) }
    if let before { parts.append(.before(before)) }
    return ArticleQuery(parts.count == 1 ? parts[0] : .all(parts), includingArchived: all)
  }
}

extension ArticleFilter {
  /// Reads the words of a command line. Throws ``LibraryError``.
  init(typed words: [String]) throws {
    do throws(FilterError) {
      self = try ArticleFilter(words.joined(separator: " "))
    } catch {
      throw LibraryError.filter(error)
    }
  }
}

/// How a list is ordered.
struct Ordering: ParsableArguments {
  @Option(help: "Sort by published, added, title or site.") var sort: ArticleQuery.Sort?
  @Flag(help: "Turn the order round.") var reverse = false
  @Option(help: "Show at most N articles; 0 for all.") var limit: Int?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }
}
