import ArgumentParser
import Satchel

struct Compact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Drop superseded operations and unused bodies, and give the space back.",
    discussion: """
      The texts of articles that were deleted longer ago than --bin-older-than go, too; until then they \
      can be restored with them.
      """)

  @Option(help: "Empty the bin of what was deleted so many days ago, as 30d or 0d.")
  var binOlderThan = BinAge(days: 30)
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    let dropped = try await library.compact(binDays: binOlderThan.days)
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

/// How long articles must have been deleted: `30d`, `2w`, or a number of days.
struct BinAge: ExpressibleByArgument, CustomStringConvertible {
  let days: Int

  init(days: Int) { self.days = days }

  init?(argument: String) {
    if let days = Int(argument), (0...FilterDay.maximumAgo).contains(days) {
      self.days = days
    } else if case .ago(let count, let unit)? = FilterDay(argument) {
      days = count * unit.days
    } else {
      return nil
    }
  }

  var description: String { "\(days)d" }
}
