import ArgumentParser
import Files
import Satchel

struct VerifyBundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check bundles from end to end: checksums, signature, seal.")

  @Argument(help: "Bundles.", completion: .file()) var files: [FilePath]
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    for file in files {
      let header = try await library.verifyBundle(file)
        .shown(as: "Verifying", options.console)
      options.console.say(
        "\(TerminalEscape.escaped(file.shown)): whole and signed by this library "
          + "(\(Text.count(header.operationCount, "operation")), "
          + "\(Text.count(header.bodyCount, "body"))).")
    }
    if options.json { options.console.json(VerifySummary(verified: files.map(\.shown))) }
  }
}

private struct VerifySummary: Encodable {
  let type = "summary"
  let verified: [String]
}
