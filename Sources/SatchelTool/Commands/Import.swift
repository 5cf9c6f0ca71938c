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
    help: "The format (\(FormatArgument.names)), which may be left out, and paths.",
    completion: .file())
  var paths: [FilePath]

  @Option(help: "How pages are read: \(FormatArgument.treatments).")
  var profile: FormatArgument?

  @Option(help: "A tag for every article; may be given several times.")
  var tag: [String] = []

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    var paths = paths
    var importing = ImportOptions()
    importing.format = profile?.format
    importing.tags = tag
    if profile == nil, paths.count > 1, let named = Format.readable(named: paths[0].string) {
      importing.format = named
      paths.removeFirst()
    }
    let start = Date()
    let summary = try await library.importPages(paths, options: importing)
      .shown(as: "Importing", options.console)
    try await ImportReport(summary, seconds: -start.timeIntervalSinceNow, dryRun: dryRun.dryRun)
      .end(options, library)
  }
}
