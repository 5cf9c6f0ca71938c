import ArgumentParser
import Files
import Foundation
import Satchel

struct CreateBundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Write a bundle for another replica to merge.",
    discussion: """
      Without --for or --since everything goes in, as with --full. --for leaves out what that \
      replica has acknowledged by a bundle of its own; with nothing new for it, and nothing that \
      the last file for it did not say, no file is written. --query puts in only the articles that a \
      query means, with all their state, for a member who wants these now: it acknowledges nothing, \
      and a later bundle brings all else. Bundles are sealed for the library's members unless --open \
      is given.
      """)

  @Argument(help: "A new file, or a folder.", completion: .file()) var destination: PlaceArgument
  @Option(
    name: .customLong("for"), help: "Only what this replica lacks.", completion: .replicas)
  var replica: String?
  @Flag(help: "Everything.") var full = false
  @Option(help: "Only what the maker of this bundle lacked.", completion: .file())
  var since: FilePath?
  @Option(help: "Only the articles that this query means (satchel help query).")
  var query: String?
  @Flag(help: "Leave texts and images out.") var noBodies = false
  @Flag(help: "Do not seal: anyone can read it.") var open = false
  @Option(help: "The greatest size of one file (700M, 2G).") var split: ByteSize?
  @OptionGroup var dryRun: DryRun
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if [replica != nil, full, since != nil, query != nil].filter({ $0 }).count > 1 {
      throw ValidationError("--for, --full, --since and --query exclude each other.")
    }
  }

  func run() async throws {
    let library = try await options.open()
    var bundle = BundleOptions()
    bundle.isOpen = open
    bundle.includesBodies = !noBodies
    if let split { bundle.partLimit = min(split.bytes, bundle.partLimit) }
    if let replica {
      bundle.basis = .replica(try await library.replica(named: replica).replica)
    } else if let since {
      bundle.basis = .bundle(path: since)
    } else if let query {
      bundle.selection = try await library.articleIDs(toChange: ArticleFilter(typed: [query]))
    }
    let path = try await path(library)
    if dryRun.dryRun { return try await tellPlan(library, bundle, path) }
    let summary = try await library.createBundle(at: path, options: bundle)
      .shown(as: "Writing", options.console)
    InvitationWarning.tell(library, in: [path.folder], options.console)
    tell(summary)
    if !options.json, !summary.paths.isEmpty, path.extension != "satchel" {
      options.console.note(
        "satchel merge finds it in a folder only where its name ends with .satchel: name the file itself"
      )
    }
  }

  /// A folder gets a name made of the replica's and the time, and a number where that is taken.
  private func path(_ library: Library) async throws -> FilePath {
    let folder = destination.path
    guard folder.isFolder else {
      if let problem = BundleDestination.problem(destination) {
        throw LibraryError.bundleNotWritten(path: destination.shown, problem)
      }
      return folder
    }
    let name = FileName.plain(try await library.replicaName() ?? "replica")
    let time = Text.fileTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    var path = folder.appending("\(name)-\(time).satchel")
    var number = 2
    while path.exists {
      path = folder.appending("\(name)-\(time)-\(number).satchel")
      number += 1
    }
    return path
  }

  private func tellPlan(
    _ library: Library, _ bundle: BundleOptions, _ path: FilePath
  ) async throws {
    let plan = try await library.planBundle(options: bundle)
    if options.json {
      return options.console.json(
        SummaryJSON(
          path: plan.isNeeded ? path.shown : nil, paths: plan.isNeeded ? [path.shown] : [],
          bytes: plan.bytes, operations: plan.operations,
          bodies: plan.bodies, receiver: replica, basis: RangesJSON(plan.basis)))
    }
    guard plan.isNeeded else { return options.console.say(nothingNew) }
    options.console.say(
      "Would write \(TerminalEscape.escaped(path.shown)) (about \(Text.bytes(plan.bytes))): "
        + "\(contents(plan.operations, plan.bodies))."
    )
  }

  private func tell(_ summary: BundleSummary) {
    if options.json {
      return options.console.json(
        SummaryJSON(
          path: summary.paths.first?.shown, paths: summary.paths.map(\.shown), bytes: summary.bytes,
          operations: summary.operations, bodies: summary.bodies, receiver: replica,
          basis: RangesJSON(summary.basis)))
    }
    guard !summary.paths.isEmpty else { return options.console.say(nothingNew) }
    let names = summary.paths.map(\.shown).joined(separator: ", ")
    options.console.say(
      "Wrote \(TerminalEscape.escaped(names)) (\(Text.bytes(summary.bytes))): "
        + "\(contents(summary.operations, summary.bodies)). Read back and verified: "
        + "safe to remove.")
  }

  private var nothingNew: String {
    if query != nil { return "No articles match: no file was written." }
    return
      "\(TerminalEscape.escaped(replica ?? "The receiver")) has all there is and was told so: no file "
      + "was written. --full writes one all the same."
  }

  private func contents(_ operations: Int, _ bodies: Int) -> String {
    let what =
      "\(Text.count(operations, "operation")), \(Text.count(bodies, "body"))"
      + (query == nil ? "" : " of the articles that match")
    return replica.map { "\(what) that \($0) has not acknowledged" } ?? what
  }

  /// The keys are promised: change none.
  private struct SummaryJSON: Encodable {
    let type = "summary"
    let path: String?
    let paths: [String]
    let bytes: Int
    let operations: Int
    let bodies: Int
    let receiver: String?
    let basis: RangesJSON

    enum CodingKeys: String, CodingKey {
      case type, path, paths, bytes, operations, bodies
      case receiver = "for"
      case basis
    }

    /// Every key is there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(type, forKey: .type)
      try container.encode(path, forKey: .path)
      try container.encode(paths, forKey: .paths)
      try container.encode(bytes, forKey: .bytes)
      try container.encode(operations, forKey: .operations)
      try container.encode(bodies, forKey: .bodies)
      try container.encode(receiver, forKey: .receiver)
      try container.encode(basis, forKey: .basis)
    }
  }
}
