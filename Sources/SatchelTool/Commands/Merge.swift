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
    if dryRun.dryRun { return try await rehearse(library) }
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

  private func rehearse(_ library: Library) async throws {
    let rehearsal = try await library.rehearseMerge(files).shown(as: "Merging", options.console)
    if options.json {
      var summary = MergeSummary()
      summary.newOperations = rehearsal.newOperations
      summary.articlesAdded = rehearsal.articlesAdded
      summary.articlesChanged = rehearsal.articlesChanged
      summary.conflicts = rehearsal.conflicts
      summary.skipped = rehearsal.skipped
      summary.passedOver = rehearsal.passedOver
      summary.unneeded = rehearsal.unneeded
      summary.fingerprint = try await library.status().fingerprint
      options.console.json(MergeJSON(summary, seconds: 0))
    } else {
      tell(rehearsal)
    }
    if !rehearsal.skipped.isEmpty { throw Outcome.someSkipped }
  }

  private func tell(_ rehearsal: MergeRehearsal) {
    options.console.say(
      "Would merge \(Text.count(rehearsal.newOperations, "new operation")): add "
        + "\(Text.count(rehearsal.articlesAdded, "article")), change "
        + "\(Text.number(rehearsal.articlesChanged)); "
        + "\(Text.count(rehearsal.conflicts, "conflict")) afterwards."
        + passedOverText(rehearsal.passedOver, " ") + unneededText(rehearsal.unneeded))
    tell(skipped: rehearsal.skipped)
  }

  private func tell(skipped: [(path: FilePath, error: BundleError)]) {
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
    if let text = SpoiltText.text(of: summary) { options.console.note(text) }
    if !summary.missing.isEmpty { options.console.note(MissingText.text(of: summary.missing)) }
  }
}

/// Names the operations that have not arrived.
enum MissingText {
  static func text(of missing: Knowledge) -> String {
    let parts = missing.sorted.map { replica, sequences in
      let ranges = sequences.ranges.prefix(4).map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
      }
      let rest = sequences.ranges.count > 4 ? ", …" : ""
      return "\(replica.description.prefix(8)) \(ranges.joined(separator: ", "))\(rest)"
    }
    return "\(Text.count(missing.count, "operation")) still missing: "
      + parts.joined(separator: "; ")
      + ". Merge the bundles before it, or ask its maker for bundle create --full."
  }
}

/// Says that bodies were thrown away.
enum SpoiltText {
  static func text(of summary: MergeSummary) -> String? {
    guard summary.spoiltBodies > 0 else { return nil }
    let (are, they) = summary.spoiltBodies == 1 ? ("is", "it stays") : ("are", "they stay")
    return "\(Text.count(summary.spoiltBodies, "body")) \(are) not what the name says and was not "
      + "kept; \(they) missing and will be asked for again."
  }
}

/// The keys are promised: change none.
struct MergeJSON: Encodable {
  let type = "summary"
  var remote: String?
  var audited: Bool?
  var wire: Wire?
  let received: Flow
  var sent = Flow()
  let bundles: Int
  let articlesAdded: Int
  let articlesChanged: Int
  let conflicts: Int
  let missing: RangesJSON
  let diverged: [String]
  let passedOver: [String]
  let unneeded: [String]
  let skipped: [Skipped]
  let fingerprint: String
  let seconds: Double

  struct Flow: Encodable {
    var operations = 0
    var new = 0
    var bodies = 0
    var bytes = 0
    /// Bodies that were thrown away.
    var spoilt = 0
  }

  /// All bytes that crossed a connection.
  struct Wire: Encodable {
    let received: Int
    let sent: Int
  }

  struct Skipped: Encodable {
    let path: String
    let reason: String
  }

  enum CodingKeys: String, CodingKey {
    case type, remote, audited, wire, received, sent, bundles
    case articlesAdded = "articles_added"
    case articlesChanged = "articles_changed"
    case passedOver = "passed_over"
    case conflicts, missing, diverged, unneeded, skipped, fingerprint, seconds
  }

  init(_ summary: MergeSummary, seconds: Double) {
    received = Flow(
      operations: summary.receivedOperations, new: summary.newOperations, bodies: summary.bodies,
      bytes: summary.bytes, spoilt: summary.spoiltBodies)
    bundles = summary.bundles
    articlesAdded = summary.articlesAdded
    articlesChanged = summary.articlesChanged
    conflicts = summary.conflicts
    missing = RangesJSON(summary.missing)
    diverged = summary.diverged.sorted().map(\.description)
    passedOver = summary.passedOver.map(\.shown)
    unneeded = summary.unneeded.map(\.shown)
    skipped = summary.skipped.map { Skipped(path: $0.path.shown, reason: "\($0.error)") }
    fingerprint = summary.fingerprint.description
    self.seconds = seconds
  }
}
