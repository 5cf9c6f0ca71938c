import ArgumentParser
import Satchel

struct Undo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back the last command that changed something, whole.",
    discussion: """
      What was changed is as it was before, except where something was written since; that stays and \
      is told. Undoing once more takes this back. The last 50 commands of this machine are kept; what \
      came from other replicas is not undone.
      """)

  @Flag(help: "List what can be undone, the newest first.") var list = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open(dryRun: dryRun.dryRun)
    if list { return try await printActions(library) }
    let undone = try await library.undo()
    let command = TerminalEscape.escaped(undone.action.command)
    let left = try await library.shortIDs(of: Set(undone.left))
    let names = undone.left.compactMap { left[$0] }
    if options.json {
      var changed: [String] = []
      for id in undone.change.changed { changed.append(try await library.shortID(of: id)) }
      let highlights = try await library.shortIDs(of: Set(undone.highlights))
      changed += undone.highlights.compactMap { highlights[$0] }
      options.console.json(
        UndoneJSON(
          command: undone.action.command, changed: changed, unchanged: undone.change.unchanged,
          left: names))
    } else {
      options.console.say(
        "\(dryRun.dryRun ? "Would undo" : "Undid") \(command): \(Undo.count(undone)).")
      tellLeft(names, undone.otherLeft)
    }
    if !undone.change.leftOut.isEmpty { throw Outcome.someSkipped }
  }

  private static func count(_ undone: UndoSummary) -> String {
    let articles = Text.count(undone.change.changed.count, "article")
    guard !undone.highlights.isEmpty else { return articles }
    let highlights = Text.count(undone.highlights.count, "highlight")
    return undone.change.changed.isEmpty ? highlights : "\(articles), \(highlights)"
  }

  private func tellLeft(_ names: [String], _ others: Int) {
    let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
    if !names.isEmpty {
      options.console.say("Left \(Text.count(names.count, "article")) changed since: \(shown)")
    }
    if others > 0 {
      options.console.say("Left \(Text.count(others, "other thing")) changed since.")
    }
  }

  private func printActions(_ library: Library) async throws {
    let actions = try await library.actions()
    if options.json {
      return options.console.json(["actions": zip(1..., actions).map { ActionJSON($0, $1) }])
    }
    for (number, action) in zip(1..., actions) {
      let time = Text.time(milliseconds: action.milliseconds)
      let count = Text.count(action.articles, "article").padded(toColumns: 16, .right)
      options.console.print(
        "\(String(number).padded(toColumns: 2, .right))  \(time)  \(count)  "
          + TerminalEscape.escaped(action.command))
    }
    if actions.isEmpty, !options.quiet { options.console.note("nothing to undo.") }
  }

  /// The keys are promised: change none.
  private struct ActionJSON: Encodable {
    let n: Int
    let time: String
    let command: String
    let articles: Int
    let registers: Int

    init(_ number: Int, _ action: LoggedAction) {
      n = number
      time = Text.time(milliseconds: action.milliseconds)
      (command, articles, registers) = (action.command, action.articles, action.registers)
    }
  }

  private struct UndoneJSON: Encodable {
    let command: String
    let changed: [String]
    let unchanged: Int
    let left: [String]
  }
}
