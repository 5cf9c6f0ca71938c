import ArgumentParser
import Files
import Foundation
import Satchel

struct Sync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract:
      "Synchronize with other replicas: over TCP, through ssh, in a folder or a distant store.",
    discussion: """
      TARGET is a remote's name, a folder, HOST:PORT where satchel serve runs, ssh://HOST/PATH, or \
      rclone:REMOTE:PATH. A folder may lie on a stick or a file server, or be copied between \
      machines by another program. Without a target, every remote is synchronized.

      rclone:REMOTE:PATH is a place in a distant store: S3 and its kin, WebDAV, SFTP, Google Drive, \
      Dropbox and some seventy more. Your own rclone reaches it, as its configuration says \
      (rclone config; rclone listremotes); passwords stay there. The files are sealed: whoever \
      keeps the store sees the ids of the library and of the replicas that write, when they do, \
      and how long the files are, and nothing of what is in them. A bucket has to be there: rclone mkdir \
      makes it; the folders in it are made by themselves.

      A stick may be pulled out once sync has ended: what it wrote was flushed. Where the system says \
      that a medium is removable, it is read back too, and that it is safe to remove is told.

      Where nothing is new, a synchronization is one listing: two requests with S3 (one more for \
      each 1,000 files) and with WebDAV. Each file that is read or written adds one request with \
      S3; with WebDAV two and three. Deleting one takes three. Everybody reads what everybody \
      wrote: with four synchronizations a day each, a member of 10 makes some 70 WebDAV requests a \
      day and a member of 50 some 240. A store that allows 600 in half an hour serves some 50.
      """)

  @Argument(
    help: "Remotes' names, folders, HOST:PORT, ssh://HOST/PATH, rclone:REMOTE:PATH.",
    completion: .remotesAndFolders)
  var targets: [PlaceArgument] = []
  @Flag(help: "Only send what the others lack.") var push = false
  @Flag(help: "Only take what is lacking here.") var pull = false
  @Flag(
    help: """
      Take a folder or store though nothing of the library lies there any more, or another library's \
      files do.
      """)
  var here = false
  @Flag(help: "Go on: synchronize whenever something changes here or in a folder.")
  var watch = false
  @Option(
    help: """
      With --watch: how many seconds may pass before another machine or a store is asked again; 60, \
      and 600 for a store, unless told.
      """)
  var interval: Int?
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if push && pull { throw ValidationError("--push and --pull exclude each other.") }
    if watch && dryRun.dryRun { throw ValidationError("--watch and --dry-run exclude each other.") }
    if let interval, interval < 1 { throw ValidationError("--interval is at least 1 second.") }
  }

  func run() async throws {
    let library = try await options.open()
    let remotes = try await library.remotes()
    let chosen =
      try targets.isEmpty
      ? remotes.map { try Target(name: $0.name, $0.target) }
      : targets.map { try resolve($0.text, remotes) }
    guard !chosen.isEmpty else {
      throw LibraryError.invalid("there is no remote to synchronize with; name a target")
    }
    if watch {
      do {
        return try await watch(library, chosen)
      } catch let error where isEnd(error) {
        // So it ends.
        throw Outcome.interrupted
      }
    }
    var worst: Outcome?
    var failures: [Int32] = []
    for target in chosen {
      do {
        let outcome = try await synchronize(library, target).outcome
        // Protocol 9.1: missing operations go before what was left out.
        if let outcome, outcome.code > worst?.code ?? 0 { worst = outcome }
      } catch {
        // One that fails does not keep the others waiting; alone it is the error.
        guard chosen.count > 1, let error = error as? LibraryError else { throw error }
        options.console.fail(ErrorReport(error, at: target.name))
        if error.isInterruption { throw Outcome.interrupted }
        failures.append(error.exitCode)
        worst = worst ?? .someSkipped
      }
    }
    // Where none could be reached, for one reason, that is what happened.
    if failures.count == chosen.count, let code = failures.first, Set(failures).count == 1 {
      throw Outcome(code: code)
    }
    if let worst { throw worst }
  }

  private func isEnd(_ error: any Error) -> Bool {
    (error as? LibraryError)?.isInterruption ?? (error is CancellationError)
  }

  /// A place to synchronize with, and what it is called here.
  struct Target {
    let name: String
    let place: SyncTarget

    init(name: String, _ text: String) throws {
      self.name = name
      place = try SyncTarget(text)
    }
  }

  private func resolve(
    _ target: String, _ remotes: [NamedTarget]
  ) throws -> Target {
    if let remote = remotes.first(where: { $0.name == target }) {
      return try Target(name: target, remote.target)
    }
    let resolved = try Target(name: PathText.shown(target), target)
    // A word that is no folder's name either was meant for a remote's.
    if let path = resolved.place.folder, !target.contains("/"), !path.exists {
      throw LibraryError.noSuchRemote(PathText.shown(target))
    }
    return resolved
  }

  private var how: SyncOptions {
    SyncOptions(push ? .push : pull ? .pull : .both, takesAnyPlace: here)
  }

  /// - Parameter told: files of which it was said that they are skipped.
  private func synchronize(
    _ library: Library, _ target: Target, told: Set<FilePath> = []
  ) async throws -> (outcome: Outcome?, skipped: Set<FilePath>) {
    if dryRun.dryRun { return (try await plan(library, target), []) }
    let start = Date()
    let summary = try await library.sync(with: target.place, how)
      .shown(as: "Synchronizing with \(target.name)", options.console)
    if !watch, let folder = target.place.folder {
      InvitationWarning.tell(library, in: [folder], options.console)
    }
    if options.json {
      options.console.json(json(summary, target.name, seconds: -start.timeIntervalSinceNow))
    } else if !watch || summary.didSomething {
      tell(summary, target, told)
    }
    let skipped = Set(summary.merged.skipped.map(\.path))
    if !summary.merged.missing.isEmpty { return (.operationsMissing, skipped) }
    return (skipped.isEmpty && summary.merged.spoiltBodies == 0 ? nil : .someSkipped, skipped)
  }

  /// Until it is interrupted. A target that fails is tried again; it is told of when it begins to
  /// fail, and when it works again.
  private func watch(_ library: Library, _ targets: [Target]) async throws {
    var failing: Set<String> = []
    var skipped: [String: Set<FilePath>] = [:]
    let watch = library.watch(targets.map(\.place), intervalSeconds: interval)
    for try await index in watch {
      let target = targets[index]
      do {
        let (outcome, left) = try await synchronize(
          library, target, told: skipped[target.name] ?? [])
        let (hasFailed, hadSkipped) = (
          failing.remove(target.name) != nil, skipped[target.name]?.isEmpty == false
        )
        if hasFailed || hadSkipped && left.isEmpty {
          options.console.note("\(TerminalEscape.escaped(target.name)) works again")
        }
        skipped[target.name] = left
        await watch.note(index, isDone: outcome == nil)
      } catch {
        guard let error = error as? LibraryError, !error.isInterruption else { throw error }
        if failing.insert(target.name).inserted {
          options.console.fail(ErrorReport(error, at: target.name))
        }
        await watch.note(index, isDone: false)
      }
    }
    throw Outcome.interrupted
  }

  private func plan(_ library: Library, _ target: Target) async throws -> Outcome? {
    let plan = try await library.planSync(with: target.place, how)
    let outcome: Outcome? =
      plan.missing.isEmpty ? plan.skipped.isEmpty ? nil : .someSkipped : .operationsMissing
    if options.json {
      options.console.json(try await json(plan, target.name, library))
      return outcome
    }
    var parts: [String] = []
    if target.place.holdsFiles {
      parts.append(
        "read \(Text.count(plan.unreadFiles, "new file")) with "
          + Text.count(plan.toReceive, "new operation"))
    } else {
      parts.append("take \(Text.count(plan.toReceive, "operation"))")
    }
    parts.append("send \(Text.count(plan.toSend, "operation"))")
    options.console.say(
      "Would synchronize with \(TerminalEscape.escaped(target.name)): "
        + parts.joined(separator: ", ") + ".")
    if plan.isDoubtfulPlace { note([SyncPlan.doubt(of: target.name)]) }
    note(SkippedBundle.remarks(on: plan.skipped))
    if !plan.missing.isEmpty { note([plan.missing.missingText(fromExchange: true)]) }
    return outcome
  }

  private func note(_ remarks: [String]) {
    for remark in remarks { options.console.note(TerminalEscape.escaped(remark)) }
  }

  private func json(
    _ plan: SyncPlan, _ name: String, _ library: Library
  ) async throws -> MergeJSON {
    var summary = MergeSummary()
    summary.bundles = plan.unreadFiles
    summary.newOperations = plan.toReceive
    summary.missing = plan.missing
    summary.skipped = plan.skipped
    summary.fingerprint = try await library.status().fingerprint
    var json = MergeJSON(summary, seconds: 0)
    json.remote = name
    json.audited = false
    json.damagedFiles = []
    json.isSafeToRemove = false
    json.wire = MergeJSON.Wire(received: 0, sent: 0)
    json.sent = MergeJSON.Flow(operations: plan.toSend, new: plan.toSend)
    return json
  }

  private func json(_ summary: SyncSummary, _ name: String, seconds: Double) -> MergeJSON {
    var json = MergeJSON(summary.merged, seconds: seconds)
    json.remote = name
    json.audited = summary.wasAudited
    json.damagedFiles = summary.damagedFiles.map(\.shown)
    json.isSafeToRemove = summary.isSafeToRemove
    json.wire = MergeJSON.Wire(
      received: summary.wireBytesReceived, sent: summary.wireBytesSent)
    json.sent = MergeJSON.Flow(
      operations: summary.sentOperations, new: summary.sentOperations,
      bodies: summary.sentBodies, bytes: summary.sentBytes)
    return json
  }

  private func tell(
    _ summary: SyncSummary, _ target: Target, _ told: Set<FilePath>
  ) {
    let sentence = summary.sentence(with: target.name, conflicts: "satchel conflicts")
    options.console.say(TerminalEscape.escaped(sentence))
    var untold = summary
    untold.merged.skipped.removeAll { told.contains($0.path) }
    note(untold.remarks(on: target.name, holdsFiles: target.place.holdsFiles, explaining: !watch))
  }
}
