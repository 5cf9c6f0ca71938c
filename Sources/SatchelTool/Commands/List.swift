import ArgumentParser
import Satchel

struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List articles by day of publication, newest first, without archived ones.",
    discussion: """
      An article whose day of publication is not known stands at the day it was added. Between id \
      and day stand marks: • unread, ★ starred, ! its text is not here, ≠ something written of it \
      is not shown (satchel conflicts).
      """)

  @Argument(help: "Words the title holds.") var query: String?
  @OptionGroup var selection: Selection
  @Option(help: "Sort by published, added, title or site.") var sort = ArticleQuery.Sort.published
  @Flag(help: "Turn the order round.") var reverse = false
  @Option(help: "Show at most so many articles; 0 for all.") var limit = 0
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run() async throws {
    var query = selection.query
    query.title = self.query
    query.sort = sort
    query.isReversed = reverse
    query.limit = limit == 0 ? nil : limit
    let library = try await options.open()
    let rows = try await library.list(query)
    let console = options.console
    if options.json {
      var array = JSONArray("articles")
      for try await row in rows { array.append(ArticleJSON(row)) }
      return array.end()
    }
    try await console.paged { page in
      for try await row in rows { try page.print(ArticleLine.text(of: row, console)) }
    }
    guard !options.quiet else { return }
    guard rows.count > 0 else { return console.note("no articles match.") }
    let all = rows.count == limit ? try await library.count(of: query) : rows.count
    // A program that reads the answer has asked for it as it is.
    guard Terminal.output.isThere || rows.count < all else { return }
    let count = Text.count(all, "article")
    console.note(
      (rows.count < all ? "\(Text.number(rows.count)) of \(count)" : count) + ", \(order).")
  }

  private var order: String {
    switch (sort, reverse) {
    case (.published, false): "by day of publication, newest first"
    case (.published, true): "by day of publication, oldest first"
    case (.added, false): "by time of adding, newest first"
    case (.added, true): "by time of adding, oldest first"
    case (.title, false): "by title"
    case (.title, true): "by title, backwards"
    case (.site, false): "by site"
    case (.site, true): "by site, backwards"
    }
  }
}
