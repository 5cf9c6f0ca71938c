import ArgumentParser
import Satchel

struct List: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List articles by day of publication, newest first, without archived ones.",
    discussion: """
      satchel help query says what can be asked: list is:unread tag:rail -site:example.org

      The settings list.sort and list.view say what is listed, and how, when nothing else is asked \
      for.

      An article whose day of publication is not known stands at the day it was added. Between id \
      and day stand marks: • unread, ★ starred, ! its text is not here, ≠ something written of it \
      is not shown (satchel conflicts), × deleted.
      """)

  @Argument(help: "What to list; @NAME lists a view.", completion: .query) var query: [String] = []
  @OptionGroup var selection: Selection
  @OptionGroup var ordering: Ordering
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let asked = try selection.query(query)
    let library = try await options.open()
    let console = options.console
    let isBare = query.isEmpty && selection.isEmpty
    let view = isBare ? try await Settings.view(.listView, in: library) : []
    let query = try await ordered(view.isEmpty ? asked : selection.query(view), library)
    let rows = try await library.list(query, console)
    if options.json {
      var array = JSONArray("articles")
      for try await row in rows { array.append(ArticleJSON(row)) }
      return array.end()
    }
    var conflicted = 0
    try await console.paged { page in
      for try await row in rows {
        try page.print(ArticleLine.text(of: row, console))
        if row.hasConflict { conflicted += 1 }
      }
    }
    guard !options.quiet else { return }
    guard rows.count > 0 else { return console.note("no articles match.") }
    let all = rows.count == query.limit ? try await library.count(of: query) : rows.count
    // A program that reads the answer has asked for it as it is.
    guard Terminal.output.isThere || rows.count < all else { return }
    let count = Text.count(all, "article")
    console.note(
      (rows.count < all ? "\(Text.number(rows.count)) of \(count)" : count)
        + ", \(query.orderForPeople)."
        + (conflicted > 0 ? " ≠ is in conflict: satchel conflicts" : ""))
  }

  /// A view alone is listed in its own order, unless another one is asked for.
  private func ordered(_ query: ArticleQuery, _ library: Library) async throws -> ArticleQuery {
    var query = query
    if let order = Settings.listOrder {
      (query.sort, query.isReversed) = (order.sort, order.isReversed)
    }
    query = try await library.inOrderOfView(query)
    if let sort = ordering.sort { (query.sort, query.isReversed) = (sort, false) }
    if ordering.reverse { query.isReversed.toggle() }
    query.limit = ordering.limit == 0 ? nil : ordering.limit
    return query
  }
}

extension ArticleQuery {
  /// How the articles are ordered.
  fileprivate var orderForPeople: String {
    switch (sort, isReversed) {
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

extension Library {
  /// Articles that match. Where words are looked for, what is indexed first is shown as it goes on.
  func list(_ query: ArticleQuery, _ console: Console) async throws -> ArticleListing {
    try await listing(query).shown(as: "Indexing", console, isQuery: true)
  }
}
