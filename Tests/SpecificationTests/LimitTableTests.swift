import Foundation
import Replication
import Testing

/// The tables of `Protocol/limits.md` say what `Limits.swift` says.
struct LimitTableTests {
  private static let sizes: [String: Int] = [
    "valueBytes": Limits.valueBytes, "fieldBytes": Limits.fieldBytes,
    "frameTargetBytes": Limits.frameTargetBytes, "frameInflatedBytes": Limits.frameInflatedBytes,
    "frameOperations": Limits.frameOperations, "frameBodies": Limits.frameBodies,
    "chunkTargetBytes": Limits.chunkTargetBytes,
    "chunkCharacters": Limits.chunkCharacters, "pieceBytes": Limits.pieceBytes,
    "damagedFiles": Limits.damagedFiles, "bundleFrames": Limits.bundleFrames,
    "carriedRanges": Limits.carriedRanges,
    "bodyBytes": Limits.bodyBytes, "urlBytes": Limits.urlBytes,
    "nameBytes": Limits.nameBytes, "replicas": Limits.replicas,
    "knowledgeRanges": Limits.knowledgeRanges, "wantedBodies": Limits.wantedBodies,
    "helloBytes": Limits.helloBytes, "sessionWantedBodies": Limits.sessionWantedBodies,
    "refusalBytes": Limits.refusalBytes,
    "minimumLongestFrame": Limits.minimumLongestFrame, "lines": Limits.lines,
    "knownBundles": Limits.knownBundles, "failedPictures": Limits.failedPictures,
    "unauthenticated": Limits.unauthenticated,
    "unauthenticatedPerAddress": Limits.unauthenticatedPerAddress,
    "unauthenticatedAnswered": Limits.unauthenticatedAnswered,
    "authenticationSeconds": Limits.authenticationSeconds,
    "silenceSeconds": Limits.silenceSeconds, "replacedTexts": Limits.replacedTexts,
    "replacedTextDays": Limits.replacedTextDays, "replacedTextBytes": Limits.replacedTextBytes,
    "queryBytes": Limits.queryBytes, "queryItems": Limits.queryItems,
    "queryDepth": Limits.queryDepth, "viewNameBytes": Limits.viewNameBytes,
    "actions": Limits.actions, "actionBytes": Limits.actionBytes,
  ]

  @Test func `every limit of the table is the source's`() throws {
    var named: Set<String> = []
    for row in try LimitTableTests.rows() {
      named.insert(row.name)
      switch row.name {
      case "maximumSequence": #expect(Limits.maximumSequence == UInt64(Int64.max))
      case "Stamp.maximum": #expect(Stamp.maximum.rawValue == UInt64(Int64.max))
      default:
        let size = try #require(LimitTableTests.sizes[row.name], "\(row.name) is no limit")
        #expect(try LimitTableTests.number(row.limit) == size, "\(row.name): \(row.limit)")
      }
    }
    #expect(named.isSuperset(of: LimitTableTests.sizes.keys))
  }

  @Test func `every limit of the source is in the table`() throws {
    let named = Set(try LimitTableTests.rows().map(\.name))
    let source = try Repository.text("Sources/Replication/Limits.swift")
    let declared = source.matches(of: /static let (\w+)/).map { String($0.1) }
    #expect(declared.count > 10)
    for name in declared { #expect(named.contains(name), "\(name) is not in limits.md") }
  }

  @Test func `every limit of the reader's page is in the table, and every name there is a limit`()
    throws
  {
    let table = try Repository.text("Protocol/limits.md")
    let limits = try Repository.text("Sources/WebReader/Server/WebLimits.swift")
    let declared = limits.matches(of: /var (\w+) =/).map { String($0.1) }
    #expect(declared.count > 8)
    for name in declared {
      #expect(table.contains(name), "\(name) is not in limits.md")
    }
    let sources = try Repository.sources().map { try String(contentsOf: $0, encoding: .utf8) }
    let named = table.matches(of: /\| ([A-Z]\w+)\.(\w+)(?:, (\w+))? \|/)
    #expect(named.count > 15)
    for name in named {
      let members = [name.2] + [name.3].compactMap { $0 }
      for member in members {
        let isThere = sources.contains { source in
          (source.contains(" \(name.1) {") || source.contains(" \(name.1): "))
            && ["let", "var", "func", "struct"].contains { source.contains("\($0) \(member)") }
        }
        #expect(isThere, "\(name.0)")
      }
    }
  }

  private struct Row {
    let limit: String
    let name: String
  }

  /// The rows that name something in the source: `| what | limit | `name` | ...`.
  private static func rows() throws -> [Row] {
    try Repository.text("Protocol/limits.md").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count > 4, cells[3].hasPrefix("`"), cells[3].hasSuffix("`") else { return nil }
      return Row(limit: cells[2], name: String(cells[3].dropFirst().dropLast()))
    }
  }

  /// `1 to 1,024 bytes` gives 1,024; `8 MiB` gives 8,388,608.
  private static func number(_ text: String) throws -> Int {
    let match = try #require(text.firstMatch(of: /([0-9,]+)(?: (KiB|MiB|bytes))?$/), "\(text)")
    let number = try #require(Int(match.1.filter { $0 != "," }))
    return number << (["KiB": 10, "MiB": 20][match.2 ?? ""] ?? 0)
  }
}
