import ArgumentParser
import Satchel

struct Next: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Show the article to read next.",
    discussion: """
      That is one that was begun and not finished; where there is none, the newest unread one whose \
      text is here. It is marked begun. satchel next @NAME reads on in a view, in its order; the \
      setting next.view names one for good.
      """)

  @Argument(help: "Among what (satchel help query).", completion: .query) var query: [String] = []
  @Flag(help: "Mark it read when you leave it.") var mark = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let asked = ArticleQuery(try ArticleFilter(typed: query))
    let library = try await options.open(dryRun: dryRun.dryRun)
    let view = query.isEmpty ? try await Settings.view(.nextView, in: library) : []
    let query = try await library.inOrderOfView(
      view.isEmpty ? asked : ArticleQuery(ArticleFilter(typed: view)))
    guard let row = try await next(query, library) else {
      return try await tellNone(query, library)
    }
    if row.article.progressPercent == 0 { _ = try await library.setProgress(row.id, percent: 1) }
    try await show(row, library)
    if mark {
      _ = try await library.mark([row.id], .read)
    } else if Terminal.output.isThere, !options.quiet, !options.json {
      options.console.note(
        "satchel mark read \(row.shortID) when you have read it; satchel next --mark does it.")
    }
  }

  private func next(_ query: ArticleQuery, _ library: Library) async throws -> ArticleRow? {
    for state in [FilterState.begun, .unread] {
      var one = query
      one.filter = .all([query.filter, .state(state), .not(.state(.missing))])
      one.limit = 1
      for try await row in try await library.list(one, options.console) {
        return try await library.article(row.id)
      }
    }
    return nil
  }

  private func show(_ row: ArticleRow, _ library: Library) async throws {
    if options.json {
      return options.console.json(
        ShownArticleJSON(
          article: ArticleJSON(row), text: try await library.plainText(of: row), isHTML: false,
          note: row.article.note,
          highlights: try await library.highlights(of: row).map(HighlightJSON.init)))
    }
    let page = try await ArticlePage(row, library, options.console)
    if let hash = row.article.body, let body = try await library.body(hash) {
      try await page.print(body)
    } else {
      try await page.printWithoutText()
    }
  }

  private func tellNone(_ query: ArticleQuery, _ library: Library) async throws {
    var missing = query
    missing.filter = .all([query.filter, .state(.unread)])
    let count = try await library.count(of: missing)
    if options.json { return options.console.json(NoneJSON()) }
    options.console.note(
      count == 0
        ? "nothing is unread there."
        : "the texts of \(Text.count(count, "unread article")) are not here; "
          + "the next bundle from a replica that has them brings them.")
  }

  private struct NoneJSON: Encodable {
    let id: String? = nil

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: ArticleJSON.Key.self)
      try container.encode(id, forKey: .id)
    }
  }
}
