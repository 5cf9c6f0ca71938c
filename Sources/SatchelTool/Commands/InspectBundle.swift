import ArgumentParser
import Files
import Foundation
import Satchel

struct InspectBundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Say what is in bundles; writes nothing.")

  @Argument(help: "Bundles.", completion: .file()) var files: [FilePath]
  @Flag(help: "Say also what merging each would change here.") var diff = false
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    // Sealed bundles need the library's secret; open ones need no library at all.
    let library = diff ? try await options.open() : try? await options.open()
    var entries: [BundleJSON] = []
    for file in files {
      let inspection = try BundleInspection(file, secretOf: library)
      var would: BundleJSON.Would?
      if diff, let library {
        would = BundleJSON.Would(try await library.planMerge([file]).result())
      }
      entries.append(BundleJSON(inspection, path: file.shown, would: would))
    }
    if options.json { return options.console.json(["bundles": entries]) }
    for entry in entries {
      for line in entry.lines { options.console.print(TerminalEscape.escaped(line)) }
    }
  }
}

/// The keys are promised: change none.
private struct BundleJSON: Encodable {
  let path: String
  let library: String
  let sender: ReplicaJSON
  let receiver: String?
  let created: String
  let part: [Int]
  let operations: Int
  let bodies: Int
  let bytes: Int
  let covers: RangesJSON
  let basis: RangesJSON
  let scope: String
  let sealed: Bool
  let signature: String
  let would: Would?
  private let isSelection: Bool

  struct Would: Encodable {
    let newOperations: Int
    let articlesAdded: Int
    let articlesChanged: Int
    let conflicts: Int

    enum CodingKeys: String, CodingKey {
      case newOperations = "new_operations"
      case articlesAdded = "articles_added"
      case articlesChanged = "articles_changed"
      case conflicts
    }

    init(_ plan: MergePlan) {
      newOperations = plan.newOperations
      articlesAdded = plan.articlesAdded
      articlesChanged = plan.articlesChanged
      conflicts = plan.conflicts
    }
  }

  enum CodingKeys: String, CodingKey {
    case path, library, sender
    case receiver = "for"
    case created, part, operations, bodies, bytes, covers, basis, scope, sealed, signature, would
  }

  init(_ inspection: BundleInspection, path: String, would: Would?) {
    let header = inspection.header
    self.path = path
    library = Hexadecimal.text(of: header.library)
    sender = ReplicaJSON(id: header.sender.replica.description, name: header.senderName)
    receiver = header.receiver?.description
    created = Text.time(milliseconds: header.createdMilliseconds)
    part = [header.part.number, header.part.count]
    operations = header.operationCount
    bodies = header.bodyCount
    bytes = inspection.bytes
    covers = RangesJSON(header.statement.carried)
    basis = RangesJSON(header.statement.basis)
    let texts = header.includesBodies ? [] : ["no bodies"]
    scope =
      header.isSelection
      ? (["selection"] + texts).joined(separator: ", ") : texts.first ?? "everything"
    isSelection = header.isSelection
    sealed = inspection.isSealed
    signature = inspection.isSigned ? "good" : "bad"
    self.would = would
  }

  var lines: [String] {
    var lines = [
      "\(path): \(sealed ? "sealed" : "open") bundle of library \(library.prefix(16))…, "
        + "part \(part[0]) of \(part[1]), \(Text.bytes(bytes))",
      "  made by \(sender.name ?? "") (\(sender.id.prefix(8))) at \(created), "
        + (signature == "good" ? "signature good" : "SIGNATURE BAD"),
      "  holds \(Text.count(operations, "operation")) and \(Text.count(bodies, "body")) "
        + "(\(scope)); assumes \(basis.ranges.isEmpty ? "nothing" : "an earlier exchange")",
    ]
    if isSelection {
      lines.append("  claims nothing beyond that: a later bundle brings all else")
    }
    if let would {
      lines.append(
        "  merging would bring \(Text.count(would.newOperations, "new operation")), add "
          + "\(Text.count(would.articlesAdded, "article")), change "
          + "\(Text.number(would.articlesChanged)), and leave "
          + Text.count(would.conflicts, "conflict"))
    }
    return lines
  }
}
