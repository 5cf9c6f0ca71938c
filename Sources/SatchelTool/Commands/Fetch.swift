import ArgumentParser
import Satchel

struct Fetch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Ask for texts that are not here, or bring pictures.",
    discussion: """
      satchel fetch ID ...                 asks for the texts of these articles
      satchel fetch --images               brings pictures that articles name by their address
      satchel fetch --images is:starred    of those that a query finds (satchel help query)

      The texts of articles that are asked for are kept until satchel keep or satchel evict chooses anew. \
      They come with the next exchange: in a session at once, else with the next bundle or file of a replica \
      that has them. Nothing is connected to.

      Pictures are asked for with your curl: over http and https, without cookies and without a \
      proxy, at most 16 MiB and 30 seconds each. They are kept as those are that came with a page, \
      and go to the library's other replicas. An address that gave no picture is left alone for a \
      week, or for an hour where there was no answer. Hosts on this machine and in private networks \
      are asked only with --private. satchel undo takes the pictures back.
      """)

  @Argument(
    help: "Ids or addresses; with --images a query, or nothing for all articles.",
    completion: .articles)
  var articles: [String] = []
  @Flag(help: "Pictures.") var images = false
  @Flag(
    name: .customLong("private"), help: "Ask hosts on this machine and in private networks too.")
  var allowsPrivate = false
  @Flag(help: "Ask addresses again that gave no picture a while ago.") var retry = false
  @OptionGroup var choice: Choice
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard !images else {
      if choice.query != nil { throw ValidationError("With --images the query stands alone.") }
      return
    }
    if allowsPrivate || retry {
      throw ValidationError("--private and --retry go with --images.")
    }
    guard articles.isEmpty != (choice.query == nil) else {
      throw ValidationError("Name articles, or give --query or --images.")
    }
  }

  func run() async throws {
    try await images ? fetchImages() : askForTexts()
  }

  private func fetchImages() async throws {
    let filter = try ArticleFilter(typed: articles)
    var fetching = PictureOptions()
    fetching.allowsPrivateAddresses = allowsPrivate
    fetching.asksFailedAgain = retry
    let library = try await options.open(dryRun: dryRun.dryRun)
    let summary = try await library.fetchPictures(of: filter, options: fetching)
      .shown(as: "Fetching", options.console)
    try PictureReport(summary, dryRun: dryRun.dryRun).end(options)
  }

  private func askForTexts() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let ids = try await choice.ids(of: articles, in: library, dryRun, options)
    let made = try await library.fetch(ids)
    if options.json { return try await options.printJSON(made, of: ids, library) }
    let wanted = made.status.wanted
    let done =
      made.changed.isEmpty
      ? "Nothing changed: it was so already."
      : "\(dryRun.dryRun ? "Would keep" : "Keeps") \(Text.count(made.changed.count, "article"))."
    if let line = made.status.crowdedOutText { options.console.note(line) }
    options.console.say(
      wanted == 0
        ? done
        : "\(done) \(Text.count(wanted, "text")) \(wanted == 1 ? "is" : "are") asked for: satchel sync "
          + "brings what others have.")
  }
}
