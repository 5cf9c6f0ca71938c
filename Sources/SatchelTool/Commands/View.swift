import ArgumentParser
import Satchel

struct View: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Keep queries under names: list @NAME, next @NAME.",
    discussion: "Views belong to the library and travel to its other replicas.",
    subcommands: [AddView.self, ListViews.self, RemoveView.self])

  struct AddView: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Make a view, or give it another query.",
      discussion: "satchel view add morning 'is:unread tag:rail -site:example.org'")
    @Argument(help: "The view's name.", completion: .viewNames) var name: String
    @Argument(help: "What it finds (satchel help query).", completion: .query) var query: [String]
    @Option(help: "Its order: published, added, title or site.")
    var sort = ArticleQuery.Sort.published
    @Flag(help: "Turn the order round.") var reverse = false
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let name = name.hasPrefix("@") ? String(name.dropFirst()) : name
      let text = query.joined(separator: " ")
      guard try ArticleFilter(typed: [text]) != .everything else {
        throw ValidationError("A view's query is not empty.")
      }
      let library = try await options.open(dryRun: dryRun.dryRun)
      let isChanged = try await library.setView(
        ArticleView(name: name, query: text, sort: sort, isReversed: reverse))
      options.console.tellSet(
        name, isChanged,
        dryRun.dryRun ? "Would keep @\(name)." : "Kept @\(name).   Next: satchel list @\(name)")
    }
  }

  struct ListViews: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the views and what they find.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let views = try await options.open().views()
      if options.json { return options.console.json(["views": views.map { Entry($0) }]) }
      var table = Table(columns: [.left, .left, .left])
      for view in views {
        let isUsual = view.sort == .published && !view.isReversed
        table.append(["@\(view.name)", view.query, isUsual ? "" : "(\(Entry.order(of: view)))"])
      }
      for line in table.lines(options.console) { options.console.print(line) }
      if views.isEmpty, !options.quiet {
        options.console.note("no views: satchel view add NAME QUERY makes one.")
      }
    }

    private struct Entry: Encodable {
      let name: String
      let query: String
      let sort: String

      init(_ view: ArticleView) {
        (name, query, sort) = (view.name, view.query, Entry.order(of: view))
      }

      static func order(of view: ArticleView) -> String {
        (view.isReversed ? "-" : "") + view.sort.rawValue
      }
    }
  }

  struct RemoveView: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm", abstract: "Take a view away, on every replica.")
    @Argument(help: "The view's name.", completion: .viewNames) var name: String
    @OptionGroup var dryRun: DryRun
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let library = try await options.open(dryRun: dryRun.dryRun)
      let name = name.hasPrefix("@") ? String(name.dropFirst()) : name
      try await library.removeView(name)
      options.console.tellSet(
        name, true, dryRun.dryRun ? "Would take @\(name) away." : "Took @\(name) away.")
    }
  }
}
