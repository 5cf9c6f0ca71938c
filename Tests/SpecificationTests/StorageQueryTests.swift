import Foundation
import TestSupport
import Testing

/// The queries of `Protocol/6-storage.md` give the answers shown.
@Suite(.enabled(if: Shell.isPresent, "sqlite3 is not installed"))
struct StorageQueryTests {
  @Test func `every query shown gives the answer shown`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await SampleLibrary(in: folder)
      let examples = try Repository.text("Protocol/6-storage.md")
        .matches(of: /```sql\n((?:.|\n)*?)```\n```text\n((?:.|\n)*?)```/)
      #expect(examples.count >= 6)
      for example in examples {
        let answer = try Shell.run(
          String(example.1), on: folder.appending(path: "library.sqlite"), in: folder)
        #expect(answer == example.2, "\(example.1)")
      }
    }
  }

  @Test(.enabled(if: Python.isPresent, "python3 is not installed"))
  func `the lines of Python shown print an article's registers`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await SampleLibrary(in: folder)
      let example = try #require(
        try Repository.text("Protocol/6-storage.md")
          .firstMatch(of: /```python\n((?:.|\n)*?)```\n```text\n((?:.|\n)*?)```/))
      let answer = try run(String(example.1), "The Bridges 七桥", in: folder)
      #expect(answer == example.2)
    }
  }

  @Test(.enabled(if: Python.isPresent, "python3 is not installed"))
  func `the lines of Python shown print a text, recoded or not`() async throws {
    try await withTemporaryFolder { folder in
      let sample = try await SampleLibrary(in: folder)
      // Long enough that recoding pays.
      let verse = "# 七座桥\n\n一条河，两个岛，七座桥。🌉 Nobody walks them all.\n"
      let body = Array(String(repeating: verse, count: 20).utf8)
      try await sample.add(
        "https://example.org/qiao", title: "桥", body: body, now: SampleLibrary.start + 5_000)
      let script = try #require(
        try Repository.text("Protocol/6-storage.md")
          .firstMatch(of: /```python\n(import sqlite3, sys, zlib\n(?:.|\n)*?)```/))
      for (title, text) in [("桥", body), ("The Bridges 七桥", SampleLibrary.body)] {
        #expect(try Array(run(String(script.1), title, in: folder).utf8) == text)
      }
    }
  }

  /// What a script prints of an article of the library in `folder`.
  private func run(_ script: String, _ title: String, in folder: URL) throws -> String {
    let file = folder.appending(path: "script.py")
    try Data(script.utf8).write(to: file)
    let arguments = [file.path, folder.appending(path: "library.sqlite").path, title]
    let answer = try Python.run(arguments, in: folder)
    #expect(answer.errors.isEmpty)
    return answer.output
  }

  @Test func `the tables and columns are those of the schema`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await SampleLibrary(in: folder)
      let text = try Repository.text("Protocol/6-storage.md")
      let columns = try Shell.run(
        """
        SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE 'grdb%' ORDER BY 1, c.cid;
        """, on: folder.appending(path: "library.sqlite"), in: folder)
      let rows = columns.split(separator: "\n").map { $0.split(separator: "|") }
      #expect(rows.count > 60)
      for row in rows {
        #expect(text.contains("`\(row[0])`"), "table \(row[0])")
        // Other columns of articles are the fields of 5.2.
        guard row[0] != "article" else { continue }
        #expect(text.contains("`\(row[1])`"), "column \(row[1]) of \(row[0])")
      }
    }
  }
}

/// The `sqlite3` shell.
enum Shell {
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/sqlite3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static var isPresent: Bool { path != nil }

  static func run(_ sql: String, on database: URL, in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = ["-batch", "-readonly", database.path, sql]
    let output = folder.appending(path: UUID().uuidString)
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8)
  }
}
