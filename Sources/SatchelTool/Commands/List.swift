import ArgumentParser
import Satchel

struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List articles, the newest first; archived ones only when asked for.")

  @Argument(help: "Words the title holds.") var query: String?
  @OptionGroup var selection: Selection
  @Option(help: "Sort by added, published, title or site.") var sort = ArticleQuery.Sort.added
  @Option(help: "At most so many.") var limit: Int?
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    var query = selection.query
    query.title = self.query
    query.sort = sort
    query.limit = limit
    let library = try await options.open()
    let rows = try await library.articles(query)
    let console = options.console
    if options.json { return console.json(["articles": rows.map { ArticleJSON($0) }]) }
    try await console.paged { page in
      for row in rows { try page.print(ArticleLine.text(of: row, console)) }
    }
    guard !options.quiet else { return }
    if rows.isEmpty {
      console.note("no articles match.")
    } else if Terminal.output.isThere {
      console.note("\(Text.count(rows.count, "article")).")
    }
  }
}

extension ArticleQuery.Sort: ExpressibleByArgument {}

/// The flags that choose articles.
struct Selection: ParsableArguments {
  @Flag(help: "Only unread ones.") var unread = false
  @Flag(help: "Only read ones.") var read = false
  @Flag(help: "Only starred ones.") var starred = false
  @Flag(help: "Only archived ones.") var archived = false
  @Flag(help: "Archived ones too.") var all = false
  @Option(help: "Only those with this tag.") var tag: String?
  @Option(help: "Only those from this site.") var site: String?
  @Option(help: "Only those published on or after this day (2026-03-13).") var since: String?

  func validate() throws {
    if read && unread { throw ValidationError("--read and --unread exclude each other.") }
  }

  var query: ArticleQuery {
    var query = ArticleQuery()
    query.isRead = read ? true : unread ? false : nil
    query.isStarred = starred ? true : nil
    query.isArchived = archived ? true : all ? nil : false
    query.tag = tag
    query.site = site
    query.since = since
    return query
  }
}
