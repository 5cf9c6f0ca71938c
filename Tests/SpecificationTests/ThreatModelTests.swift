import Foundation
import Testing

/// The threat model claims nothing that no test shows.
struct ThreatModelTests {
  private struct Row {
    let who: String
    let suites: [String]
  }

  private static func rows() throws -> [Row] {
    let text = try String(
      contentsOf: Repository.root.appending(path: "SECURITY.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(
        who: cells[1],
        suites: cells[cells.count - 2].split(separator: "`").map(String.init)
          .filter { $0.contains { $0.isLetter } })
    }
  }

  @Test func `every test that it names is there`() throws {
    let tests = Repository.root.appending(path: "Tests")
    let names = Set(
      try FileManager.default.subpathsOfDirectory(atPath: tests.path)
        .filter { $0.hasSuffix(".swift") }
        .map { URL(filePath: $0).deletingPathExtension().lastPathComponent })
    for row in try ThreatModelTests.rows() {
      for suite in row.suites { #expect(names.contains(suite), "\(row.who): \(suite)") }
    }
  }

  @Test func `whoever is defended against is so by a test`() throws {
    let rows = try ThreatModelTests.rows()
    #expect(rows.count >= 18)
    // Who left can do all that a member can, against which nothing is claimed.
    #expect(rows.filter(\.suites.isEmpty).map(\.who) == ["whoever left"])
  }
}
