import ArgumentParser
import Foundation
import Satchel

struct Sync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Synchronise with folders that other replicas share.",
    discussion: """
      A folder may lie on a stick or a file server, or be copied between machines by another \
      program. Without a target, every remote is synchronised.
      """)

  @Argument(help: "Remotes' names, or folders.", completion: .directory) var targets: [String] = []
  @Flag(help: "Only write what the folder lacks.") var push = false
  @Flag(help: "Only read what others wrote.") var pull = false
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if push && pull { throw ValidationError("--push and --pull exclude each other.") }
  }

  func run() async throws {
    let library = try await options.open()
    let remotes = try await library.remotes()
    let chosen = try targets.isEmpty ? remotes : targets.map { try resolve($0, remotes) }
    guard !chosen.isEmpty else {
      throw LibraryError.invalid("there is no remote to synchronise with; name a folder")
    }
    var worst: Outcome?
    for target in chosen {
      do {
        worst = try await synchronise(library, target) ?? worst
      } catch {
        // One that fails does not keep the others waiting; alone it is the error.
        guard chosen.count > 1, let error = error as? LibraryError, error.exitCode != 130 else {
          throw error
        }
        options.console.fail(ErrorReport(error))
        worst = .someSkipped
      }
    }
    if let worst { throw worst }
  }

  private func resolve(
    _ target: String, _ remotes: [(name: String, target: String)]
  ) throws -> (name: String, target: String) {
    if let remote = remotes.first(where: { $0.name == target }) { return remote }
    return (target, try SyncTarget(target).path)
  }

  private func synchronise(
    _ library: Library, _ target: (name: String, target: String)
  ) async throws -> Outcome? {
    if dryRun.dryRun { return try await rehearse(library, target) }
    let start = Date()
    let direction: SyncDirection = push ? .push : pull ? .pull : .both
    let summary = try await library.sync(folder: target.target, direction)
      .shown(as: "Reading \(target.name)", options.console)
    if options.json {
      options.console.json(json(summary, target.name, seconds: -start.timeIntervalSinceNow))
    } else {
      tell(summary, target.name)
    }
    if !summary.merged.missing.isEmpty { return .operationsMissing }
    return summary.merged.skipped.isEmpty ? nil : .someSkipped
  }

  private func rehearse(
    _ library: Library, _ target: (name: String, target: String)
  ) async throws -> Outcome? {
    let (files, operations) = try await library.rehearseSync(folder: target.target)
    options.console.say(
      "Would synchronise with \(TerminalEscape.escaped(target.name)): read "
        + "\(Text.count(files, "new file")), send \(Text.count(operations, "operation")).")
    return nil
  }

  private func json(_ summary: SyncSummary, _ name: String, seconds: Double) -> MergeJSON {
    var json = MergeJSON(summary.merged, seconds: seconds)
    json.remote = name
    json.sent = MergeJSON.Flow(
      operations: summary.sentOperations, new: summary.sentOperations,
      bodies: summary.sentBodies, bytes: summary.sentBytes)
    return json
  }

  private func tell(_ summary: SyncSummary, _ name: String) {
    let merged = summary.merged
    var line =
      "Synchronised with \(TerminalEscape.escaped(name)): received "
      + "\(Text.count(merged.newOperations, "operation")) and "
      + "\(Text.count(merged.bodies, "body")), sent "
      + "\(Text.count(summary.sentOperations, "operation")) and "
      + "\(Text.count(summary.sentBodies, "body")) (\(Text.bytes(summary.sentBytes)))."
    if merged.conflicts > 0 {
      line += " \(Text.count(merged.conflicts, "conflict")): satchel conflicts"
    }
    options.console.say(line)
    for file in merged.skipped {
      options.console.note("skipped \(TerminalEscape.escaped(file.path)): \(file.error.reason)")
    }
    if !merged.missing.isEmpty { options.console.note(MissingText.text(of: merged.missing)) }
  }
}

/// Where to synchronise with, as it is typed.
struct SyncTarget {
  /// The folder, as an absolute path: a remote must not depend on where it was added.
  let path: String

  /// Throws a usage error for what this version cannot reach.
  init(_ text: String) throws {
    let isHost = text.split(separator: ":").count == 2 && Int(text.split(separator: ":")[1]) != nil
    if text.hasPrefix("ssh://") || (isHost && !text.hasPrefix("/")) {
      throw ValidationError("\(text): only folders can be synchronised with so far.")
    }
    path = URL(fileURLWithPath: text).standardizedFileURL.path
  }
}
