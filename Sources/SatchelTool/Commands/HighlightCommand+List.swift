import ArgumentParser
import Satchel

extension HighlightCommand {
  struct ListHighlights: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List highlights, in the order of their texts.")
    @Argument(
      help: "An id or an address; without one, those of all articles.", completion: .articles)
    var article: String?
    @Option(
      help: "Those of every article that this query means (satchel help query).",
      completion: .query)
    var query: String?
    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if article != nil, query != nil {
        throw ValidationError("Give an article or --query, not both.")
      }
    }

    func run() async throws {
      let library = try await options.open()
      let console = options.console
      var (count, array) = (0, options.json ? JSONArray("highlights") : nil)
      try await console.paged { page in
        for id in try await articles(library) {
          guard let row = try await library.article(id) else { continue }
          let highlights = try await library.highlights(of: row)
          count += highlights.count
          for highlight in highlights {
            if array == nil {
              for line in HighlightLines.lines(of: highlight, in: row, console) {
                try page.print(line)
              }
            } else {
              array?.append(ListedHighlightJSON(HighlightJSON(highlight), article: row.shortID))
            }
          }
        }
      }
      if var array { return array.end() }
      guard !options.quiet, count == 0 || Terminal.output.isThere else { return }
      console.note(
        count > 0
          ? "\(Text.count(count, "highlight"))."
          : "no highlights: satchel highlight add ID --quote TEXT makes one.")
    }

    private func articles(_ library: Library) async throws -> [ArticleID] {
      if let article { return [try await library.articleID(of: article)] }
      let asked = try query.map { try ArticleFilter(typed: [$0]) } ?? .everything
      let filter = ArticleFilter.all([asked, .state(.highlighted)])
      return try await library.findArticles(toChange: filter)
        .shown(as: "Indexing", options.console, isQuery: true)
    }
  }
}
