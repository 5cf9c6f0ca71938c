import ArgumentParser
import Files
import Foundation
import Satchel

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import pages from folders and files.",
    discussion: """
      Importing again adds what is new and changes what has changed; nothing is deleted, and \
      what you wrote yourself is never overwritten.
      """)

  @Argument(
    help: ArgumentHelp(
      "The format (\(FormatArgument.names)), which may be left out, and paths; - for standard input.",
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

  @Option(help: "A tag for every article; may be given several times.")
  var tag: [String] = []

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

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
    let start = Date()
    let summary = try await library.importPages(
      paths.map { FilePath(text: $0) }, options: importing
    )
    .shown(as: "Importing", options.console)
    try await ImportReport(summary, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun)
      .end(options, library)
  }
}
