import Foundation
import Testing

/// A command that writes, on a disk of its own that holds the library, the state and where it writes to.
struct Errand: CustomStringConvertible {
  private let words: [String]
  private let input: String?

  init(_ words: String..., input: String? = nil) {
    self.words = words
    self.input = input
  }

  var description: String { words.joined(separator: " ") }

  /// Whether what it finds wrong may be what is asked of it.
  var isCheck: Bool { words[0] == "check" }

  /// Each where those before it were run already; `DISK` is where the disk lies.
  static let all = [
    Errand("init", "--name", "a"),
    Errand("import", "mirror", Repository.sampleLibrary),
    Errand("add", "-", "--title", "Tea", input: "water"),
    Errand("tag", "add", "--query", "tag:tea", "steeped"),
    Errand("search", "tea"),
    Errand("bundle", "create", "DISK/stick"),
    Errand("sync", "DISK/shared"),
    Errand("export", "jsonl", "DISK/all.jsonl", "--replace"),
    Errand("export", "markdown", "DISK/pages"),
    Errand("export", "site", "DISK/site"),
    Errand("backup", "DISK/backup"),
    Errand("config", "set", "color", "never"),
    Errand("compact"),
    Errand("undo"),
    Errand("check", "--deep"),
  ]

  /// The places it writes to.
  static func prepare(_ disk: String) throws {
    for folder in ["stick", "shared"] {
      try FileManager.default.createDirectory(
        atPath: "\(disk)/\(folder)", withIntermediateDirectories: true)
    }
  }

  /// - Parameter changing: what is done to the laptop that runs it.
  func run(
    on disk: String, in world: World, changing: (inout Laptop) -> Void = { _ in }
  ) throws -> ToolResult {
    var laptop = world.laptop("a")
    laptop.library = "\(disk)/library"
    laptop.environment["HOME"] = disk
    laptop.environment["XDG_STATE_HOME"] = "\(disk)/state"
    changing(&laptop)
    return try ToolResult(
      laptop.process(words.map { $0.replacing("DISK", with: disk) }), input: input)
  }

  /// Fails the test unless the error says what it is, by its exit code and in one line.
  func expectTold(_ result: ToolResult, _ text: String) {
    guard result.code != 0, !(isCheck && result.code == 15) else { return }
    #expect([3, 18].contains(result.code), "\(text): \(result)")
    // Settings that do not read are told beside.
    let lines = result.messages.split(separator: "\n").filter {
      !$0.hasSuffix("It is passed over.")
    }
    #expect(lines.count == 1, "\(text): \(result)")
    #expect(lines.allSatisfy { $0.hasPrefix("satchel: ") }, "\(text): \(result)")
  }

  /// Fails the test unless it does its work now, nothing is damaged, and nothing is left over.
  ///
  /// - Parameter mayLeave: whether files could not be taken away before.
  func expectWell(on disk: String, in world: World, mayLeave: Bool = false, _ text: String) throws {
    let again = try run(on: disk, in: world)
    // A file or library that is whole already is not written again.
    let isThere = again.code == 1 && again.messages.contains("already")
    #expect(again.code == 0 || isThere, "\(text): \(again)")
    let checked = try Errand("check", "--deep").run(on: disk, in: world)
    #expect(checked.code == 0, "\(text): \(checked)")
    if !mayLeave { #expect(try Errand.strays(on: disk) == [], "\(text)") }
  }

  /// Files that were not finished.
  static func strays(on disk: String) throws -> [String] {
    (FileManager.default.enumerator(atPath: disk)?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".tmp") || $0.hasSuffix("-journal") || $0.contains(".sqlite.new")
    }
  }
}
