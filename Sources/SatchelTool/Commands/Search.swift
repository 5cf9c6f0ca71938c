import ArgumentParser
import Satchel

struct Search: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search titles, texts, authors, sites, tags and notes; archived articles too.",
    discussion: """
      tea garden       both words, anywhere in an article
      中国             the characters side by side, in simplified or traditional script
      '"tea garden"'   the words side by side, quoted for the shell too
      tea OR coffee    one of them; OR binds closer than a space
      garden -tea      no article that holds tea
      'garden*'        words that begin so
      title:tea        only in the title
      tea is:unread    only in unread articles; satchel help query lists all there is

      Case, accents and widths do not matter. The best matches come first. The first search builds \
      an index, which takes a while in a large library; later ones add what is new.
      """)

  @Argument(help: "What to search for.", completion: .query) var query: [String]
  @OptionGroup var selection: Selection
  @Option(help: "Show at most N articles; 0 for all.") var limit = 20
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run() async throws {
    var articles = try selection.query(query)
    guard articles.filter != .everything else {
      throw ValidationError("There is nothing to search for.")
    }
    articles.includesArchived = true
    articles.limit = limit == 0 ? nil : limit
    let console = options.console
    let library = try await options.open()
    let results = try await library.search(
      articles, snippetColumns: Search.snippetColumns(console)
    ).shown(as: "Indexing", console, isQuery: true)
    if options.json { return console.json(ResultsJSON(results)) }
    try await console.paged { page in
      for hit in results.hits {
        try page.print(ArticleLine.text(of: hit.article, console))
        if let snippet = hit.snippet { try page.print(Search.indent + text(of: snippet, console)) }
      }
    }
    guard !options.quiet else { return }
    if results.hits.isEmpty {
      console.note("no articles match.")
    } else if results.hits.count < results.matches {
      console.note(
        "\(Text.number(results.hits.count)) of \(Text.count(results.matches, "article")) that match; "
          + "--limit shows more.")
    }
  }

  private static let indent = "  "

  /// One line of the terminal, the ellipses at both ends included.
  private static func snippetColumns(_ console: Console) -> Int {
    console.isJSON ? 160 : max(32, console.width - indent.count - 2)
  }

  private func text(of snippet: SearchSnippet, _ console: Console) -> String {
    snippet.parts.map { part in
      let text = TerminalEscape.escaped(part.text)
      return part.isMatch ? console.bold(text) : text
    }.joined()
  }

  /// The keys are promised: change none.
  private struct ResultsJSON: Encodable {
    let articles: [FoundArticleJSON]
    let matches: Int

    init(_ results: SearchResults) {
      articles = results.hits.map {
        FoundArticleJSON(article: ArticleJSON($0.article), snippet: $0.snippet?.text)
      }
      matches = results.matches
    }
  }
}
