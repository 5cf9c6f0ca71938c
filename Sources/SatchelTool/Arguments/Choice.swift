import ArgumentParser
import Satchel

/// Every article that a query finds, instead of those that are named.
struct Choice: ParsableArguments {
  @Option(
    help: "Every article that this query means, instead of ids (satchel help query).",
    completion: .query)
  var query: String?
  @Flag(name: .shortAndLong, help: "Do not ask before many articles are changed.") var yes = false

  func validate() throws {
    if let query, query.allSatisfy(\.isWhitespace) {
      throw ValidationError("--query is empty: it would be every article.")
    }
  }

  /// Throws unless articles are named or meant by a query, and not both.
  func check(besides names: [String]) throws {
    guard names.isEmpty != (query == nil) else {
      throw ValidationError("Name articles, or give --query.")
    }
  }

  /// More than this many are changed only after their number was told.
  static let untold = 20

  /// The articles that are to be changed: those of `names`, all of which must be found, or of the
  /// query. Asks on a terminal before a query changes many.
  func ids(
    of names: [String], in library: Library, _ dryRun: DryRun, _ options: GlobalOptions
  ) async throws -> [ArticleID] {
    guard let query else { return try await library.ids(of: names) }
    let filter = try ArticleFilter(typed: [query])
    let ids = try await library.findArticles(toChange: filter)
      .shown(as: "Indexing", options.console, isQuery: true)
    if ids.isEmpty, !options.json { options.console.note("no articles match.") }
    if ids.count > Choice.untold && !dryRun.dryRun { try confirm(ids.count, options) }
    return ids
  }

  private func confirm(_ count: Int, _ options: GlobalOptions) throws {
    let count = Text.count(count, "article")
    switch Confirmation(yes: yes, options).answer(to: "\(count) match. Go on?") {
    case true?: return
    // The one object of a change tells how many it were.
    case nil: return options.json ? () : options.console.note("\(count) match.")
    case false?:
      throw ErrorReport(
        code: ExitCode.failed.rawValue, message: "not confirmed. Nothing was changed.", hint: nil)
    }
  }
}

extension Library {
  /// The articles that are to be changed. All must be found before any is touched.
  func ids(of names: [String]) async throws -> [ArticleID] {
    var ids: [ArticleID] = []
    for name in names { ids.append(try await articleToChange(name).id) }
    return ids
  }
}
