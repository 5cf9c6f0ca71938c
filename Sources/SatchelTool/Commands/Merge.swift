import ArgumentParser
import Files
import Foundation
import Satchel

struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge bundles of this library, in any order and any number of times.",
    discussion: """
      A file that is named is checked whole before anything is applied. Of a folder, the bundles \
      of this library are merged and other files passed over.
      """)

  @Argument(help: "Bundles, or folders that hold some.", completion: .file()) var files: [FilePath]
  @Flag(help: "Take the whole frames of a file that is cut or damaged; it proves no signature.")
  var salvage = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let library = try await options.open()
    if dryRun.dryRun { return try await plan(library) }
    let start = Date()
    let summary = try await library.merge(files, salvage: salvage)
      .shown(as: "Merging", options.console)
    InvitationWarning.tell(
      library, in: files.map { $0.isFolder ? $0 : $0.folder }, options.console)
    if options.json {
      options.console.json(MergeJSON(summary, seconds: -start.timeIntervalSinceNow))
    } else {
      tell(summary)
    }
    if !summary.missing.isEmpty { throw Outcome.operationsMissing }
    if !summary.skipped.isEmpty || summary.spoiltBodies > 0 { throw Outcome.someSkipped }
  }

  private func plan(_ library: Library) async throws {
    let plan = try await library.planMerge(files).shown(as: "Merging", options.console)
    if options.json {
      var summary = MergeSummary()
      summary.newOperations = plan.newOperations
      summary.articlesAdded = plan.articlesAdded
      summary.articlesChanged = plan.articlesChanged
      summary.conflicts = plan.conflicts
      summary.skipped = plan.skipped
      summary.passedOver = plan.passedOver
      summary.unneeded = plan.unneeded
      summary.fingerprint = try await library.status().fingerprint
      options.console.json(MergeJSON(summary, seconds: 0))
    } else {
      tell(plan)
    }
    if !plan.skipped.isEmpty { throw Outcome.someSkipped }
  }

  private func tell(_ plan: MergePlan) {
    options.console.say(
      "Would merge \(Text.count(plan.newOperations, "new operation")): add "
        + "\(Text.count(plan.articlesAdded, "article")), change "
        + "\(Text.number(plan.articlesChanged)); "
        + "\(Text.count(plan.conflicts, "conflict")) afterwards."
        + passedOverText(plan.passedOver, " ") + unneededText(plan.unneeded))
    tell(skipped: plan.skipped)
  }

  private func tell(skipped: [SkippedBundle]) {
    for file in skipped {
      options.console.note("skipped \(TerminalEscape.escaped(file.path.shown)): \(file.error)")
    }
  }

  private func passedOverText(_ paths: [FilePath], _ space: String) -> String {
    guard let first = paths.first else { return "" }
    return paths.count == 1
      ? "\(space)Passed over \(TerminalEscape.escaped(first.shown)): nothing in it is new."
      : "\(space)Passed over \(Text.count(paths.count, "bundle")) that were read or made here "
        + "before: nothing in them is new."
  }

  /// A few by name: people want to know which, and a stick may hold hundreds.
  private func unneededText(_ paths: [FilePath]) -> String {
    guard !paths.isEmpty else { return "" }
    let names = paths.prefix(4).map { TerminalEscape.escaped($0.shown) }.joined(separator: ", ")
    let rest = paths.count > 4 ? " and \(Text.number(paths.count - 4)) more (--json names all)" : ""
    return
      " No replica known here needs \(names)\(rest) any more: \(paths.count == 1 ? "it" : "they") "
      + "can be deleted."
  }

  private func tell(_ summary: MergeSummary) {
    let known = summary.receivedOperations - summary.newOperations
    var line =
      summary.bundles == 0
      ? summary.passedOver.isEmpty ? "Merged no bundle." : passedOverText(summary.passedOver, "")
      : "Merged \(Text.count(summary.bundles, "bundle")): "
        + "\(Text.count(summary.newOperations, "operation")) new, \(Text.number(known)) already here."
    if summary.articlesAdded > 0 || summary.articlesChanged > 0 || summary.bodies > 0 {
      line +=
        " \(Text.count(summary.articlesAdded, "article")) added, "
        + "\(Text.number(summary.articlesChanged)) changed, \(Text.count(summary.bodies, "body"))."
    }
    if summary.bundles > 0 { line += passedOverText(summary.passedOver, " ") }
    line += unneededText(summary.unneeded)
    if summary.conflicts > 0 {
      line += " \(Text.count(summary.conflicts, "conflict")): satchel conflicts"
    }
    options.console.say(line)
    for path in summary.salvaged {
      options.console.note(
        "of \(TerminalEscape.escaped(path.shown)) only the whole frames were taken, unsigned.")
    }
    tell(skipped: summary.skipped)
    if let text = summary.spoiltText { options.console.note(text) }
    if !summary.missing.isEmpty { options.console.note(summary.missing.missingText()) }
  }
}
