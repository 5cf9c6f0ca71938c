import ArgumentParser
import Files
import Satchel

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write the whole library into one new file.",
    discussion: """
      Others may go on writing meanwhile. satchel init --from FILE makes a replica of it, which is a \
      new one: nothing of which replica this is, and of what it exchanged with whom, is in the file.

      The file is not sealed: whoever has it can read every article. To make a replica of it an \
      invitation is needed, unless --with-secret puts that into the file, too.
      """)

  @Argument(help: "The new file.", completion: .file()) var file: FilePath
  @Flag(help: "Put the library's secret into it: then whoever has the file has the library.")
  var withSecret = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let file = file.absolute
    let name = TerminalEscape.escaped(file.shown)
    if dryRun.dryRun {
      try library.planBackup(to: file)
      let status = try await library.status()
      if options.json {
        return options.console.json(
          Summary(
            path: file.shown, bytes: nil, articles: status.articles,
            operations: status.operations, secret: withSecret))
      }
      return options.console.say(
        "Would back \(Text.count(status.articles, "article")) up to \(name).")
    }
    let summary = try await library.backUp(to: file, withSecret: withSecret)
    if options.json {
      return options.console.json(
        Summary(
          path: file.shown, bytes: summary.bytes, articles: summary.content.articles,
          operations: summary.content.operations, secret: withSecret))
    }
    let code = withSecret ? "" : " --code CODE"
    options.console.say(
      "Wrote \(name) (\(Text.bytes(summary.bytes))): "
        + "\(Text.count(summary.content.articles, "article")). Read back and verified.   "
        + "To restore: satchel init --from \(ShellText.quoted(file.shown))\(code)")
    if withSecret { options.console.note("whoever has this file has the library.") }
  }

  /// The keys are promised: change none.
  private struct Summary: Encodable {
    let type = "summary"
    let path: String
    let bytes: Int?
    let articles: Int
    let operations: UInt64
    let secret: Bool
  }
}
