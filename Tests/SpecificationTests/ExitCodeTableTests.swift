import Foundation
import Testing

/// The table of `Protocol/9-program.md` says what `ExitCode.swift` says.
struct ExitCodeTableTests {
  @Test func `every exit code is in the table, and every row is in the source`() throws {
    let source = try Repository.text("Sources/SatchelTool/Output/ExitCode.swift")
    let declared = source.matches(of: /case (\w+) = (\d+)/).map { "\($0.2) \($0.1)" }
    let table = try Repository.text("Protocol/9-program.md")
    let rows = table.matches(of: /\n\| (\d+) \| `(\w+)` \| \w/).map { "\($0.1) \($0.2)" }
    #expect(declared.count > 10)
    #expect(declared == rows)
  }

  @Test func `no other file gives an exit code by its number`() throws {
    let files = Repository.sources().filter { $0.path.contains("/Sources/SatchelTool/") }
    #expect(files.count > 20)
    for file in files where file.lastPathComponent != "ExitCode.swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let number = text.firstMatch(of: /\b_?exit\([0-9]|code: [0-9]|exitCode [!=]= [0-9]/)
      #expect(number == nil, "\(file.lastPathComponent)")
    }
  }
}
