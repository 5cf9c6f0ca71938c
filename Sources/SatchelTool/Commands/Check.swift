import ArgumentParser
import Satchel

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for damage in the library.")

  @Flag(help: "Compare every body with its hash too.") var deep = false
  @Flag(help: "Mend what can be made anew; drop bodies that are damaged.") var repair = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    let report = try await library.check(deep: deep, repair: repair && !dryRun.dryRun)
      .shown(as: "Checking", options.console)
    if report.isWithoutArticles {
      options.console.warn(
        "the library can only be read here: its article table was not compared with the rest")
    }
    if options.json {
      options.console.json(CheckJSON(report))
    } else {
      tell(report)
    }
    if !report.left.isEmpty { throw Outcome.damageFound }
  }

  private func tell(_ report: CheckReport) {
    let seen =
      "\(Text.count(report.framesChecked, "frame")), "
      + "\(Text.count(report.registersChecked, "register")), "
      + Text.count(report.bodiesChecked, "body")
    guard !report.damage.isEmpty else { return options.console.say("No damage found: \(seen).") }
    for line in report.damage { options.console.print("damage: \(TerminalEscape.escaped(line))") }
    for line in report.repaired { options.console.print("mended: \(TerminalEscape.escaped(line))") }
    if !report.repaired.isEmpty {
      for line in report.left { options.console.print("left: \(TerminalEscape.escaped(line))") }
    }
    options.console.say("Checked \(seen).")
  }
}

private struct CheckJSON: Encodable {
  let type = "summary"
  let frames: Int
  let registers: Int
  let bodies: Int
  let damage: [String]
  let repaired: [String]
  let left: [String]

  init(_ report: CheckReport) {
    frames = report.framesChecked
    registers = report.registersChecked
    bodies = report.bodiesChecked
    damage = report.damage
    repaired = report.repaired
    left = report.left
  }
}
