import ArgumentParser
import Satchel

struct Compact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Drop superseded operations and unused bodies, and give the space back.")

  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let dropped = try await library.compact()
      .shown(as: "Compacting", options.console)
    if options.json {
      return options.console.json(
        CompactJSON(operations: dropped.operations, bodies: dropped.bodies))
    }
    options.console.say(
      "\(dryRun.dryRun ? "Would drop" : "Dropped") "
        + "\(Text.count(dropped.operations, "superseded operation")) and "
        + "\(Text.count(dropped.bodies, "unused body")).")
  }

  private struct CompactJSON: Encodable {
    let type = "summary"
    let operations: Int
    let bodies: Int
  }
}
