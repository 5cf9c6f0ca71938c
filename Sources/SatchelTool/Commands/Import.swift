import ArgumentParser
import Files
import Foundation
import Satchel

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import pages from folders, files and git repositories.",
    discussion: """
      Importing again adds what is new and changes what has changed. What you wrote yourself is never \
      overwritten, and nothing is deleted without --prune.

      git:FOLDER is what the commit that is checked out has in that folder: only pages that changed \
      since are read, and none where the commit is the same. Nothing of a repository is run, no line \
      is opened, and a bare one will do.

      --prune puts into the bin what a folder or repository brought here before and has no more: only \
      articles that no other one has and that nobody marked, noted, highlighted or tagged by hand. It \
      asks on a terminal where that is more than a tenth of them. The undo command takes it back, and \
      an import brings back what is there again. A folder that shows nothing is refused: it may not \
      be mounted.

      --watch goes on until Control-C: a file is taken when it was the same in two looks.
      """)

  @Argument(
    help: ArgumentHelp(
      "The format (\(FormatArgument.names)), which may be left out, and paths or git:FOLDER; - for "
        + "standard input.",
      valueName: "paths"),
    completion: .file())
  var words: [PlaceArgument]

  @Option(help: "How pages are read: \(FormatArgument.treatments).")
  var profile: FormatArgument?

  @Option(help: "How text is read that says nothing of its encoding itself, such as gb18030.")
  var encoding: TextEncoding?

  @Option(
    help: ArgumentHelp(
      "What a column of a table holds, where its name does not say: url=Address; may be given "
        + "several times.", valueName: "part=name"))
  var column: [ColumnArgument] = []

  @Flag(help: "Make an article of each chapter of a book.") var chapters = false

  @Option(help: "A tag for every article; may be given several times.", completion: .tags)
  var tag: [String] = []

  @Flag(help: "Put into the bin what is there no more and nobody marked.") var prune = false
  @Flag(name: .shortAndLong, help: "Do not ask before much is pruned.") var yes = false
  @Flag(help: "Go on: import whatever comes, until Control-C.") var watch = false
  @Option(help: "With --watch: how many seconds between two looks; 5 unless told.")
  var interval: Int?
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if watch && dryRun.dryRun { throw ValidationError("--watch and --dry-run exclude each other.") }
    if let interval, interval < 1 { throw ValidationError("--interval is at least 1 second.") }
    if interval != nil && !watch { throw ValidationError("--interval goes with --watch.") }
  }

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    // With a profile every word is a path.
    let (named, paths) = Format.leading(
      words.map(\.text), among: profile == nil ? Format.readable : [])
    var importing = ImportOptions()
    importing.format = profile?.format ?? named
    importing.encoding = encoding
    importing.tags = tag
    for column in column { importing.columns[column.part] = column.name }
    importing.isByChapter = chapters
    if prune { importing.pruning = { isAllowed($0) } }
    let sources = paths.map { ImportSource(text: $0) }
    if watch { return try await watch(library, sources, importing) }
    let start = Date()
    let summary = try await library.importPages(from: sources, options: importing)
      .shown(as: "Importing", options.console)
    try await ImportReport(
      summary, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun, prunes: prune
    ).end(options, library)
  }

  private func isAllowed(_ pruning: Pruning) -> Bool {
    guard pruning.isLarge, !dryRun.dryRun else { return true }
    let (count, all) = (Text.number(pruning.pruned), Text.count(pruning.articles, "article"))
    let source = TerminalEscape.escaped(pruning.source.shown)
    // Nobody is asked while it watches.
    return Confirmation(yes: yes || watch, options).answer(
      to: "\(source) has \(count) of its \(all) no more. Put these into the bin?") ?? true
  }

  /// Until it is interrupted.
  private func watch(
    _ library: Library, _ sources: [ImportSource], _ importing: ImportOptions
  ) async throws {
    var told: Set<String> = []
    var watching = library.watchImports(
      from: sources, options: importing, intervalSeconds: interval ?? 5)
    do {
      while let event = try await watching.next() {
        switch event {
        case .imported(var summary):
          // What stays as it is, is told once.
          summary.skipped.removeAll { !told.insert("\($0.path): \($0.reason)").inserted }
          summary.firstSources = []
          try await tell(summary, library)
        case .failed(let source, let error):
          options.console.fail(ErrorReport(error, at: source.shown))
        case .back(let source):
          options.console.note("\(TerminalEscape.escaped(source.shown)) works again")
        }
      }
    } catch let error as LibraryError where error.isInterruption {
      // So it ends.
      throw Outcome.interrupted
    }
  }

  private func tell(_ summary: ImportSummary, _ library: Library) async throws {
    do {
      try await ImportReport(summary, seconds: 0, dryRun: false, prunes: prune)
        .end(options, library)
    } catch is Outcome {
      // What was skipped was told, and may come right.
    }
  }
}
