import Foundation
import Testing

/// Names of the library on a line that is being typed, in the shells themselves.
@Suite(.ownThreads)
struct CompletionStories {
  @Test func `Bash completes the names of a library`() throws {
    let a = try library(World())
    let cases: [(words: [String], names: [String])] = [
      (["list", "@"], ["@evening", "@morning"]), (["list", "@m"], ["@morning"]),
      (["list", "m"], []),
      (["next", ""], ["@evening", "@morning"]), (["rm", "--query", "@e"], ["@evening"]),
      (["view", "rm", "mo"], ["morning"]), (["list", "--tag", "to"], ["to keep"]),
      (["tag", "rename", "n"], ["nature", "news"]), (["tag", "rm", "abcdef", "ne"], ["news"]),
      (["tag", "rm", "--query", "is:read", "新"], ["新闻"]), (["list", "--tag", "a:"], ["a:b"]),
      (["import", "x", "--tag", "news"], ["news"]),
      (["remote", "remove", ""], ["share", "stick"]),
      (["sync", "st"], ["stick"]), (["bundle", "create", "x", "--for", ""], ["a", "kitchen"]),
      (["log", "--replica", "k"], ["kitchen"]), (["replica", "retire", "k"], ["kitchen"]),
    ]
    for (words, names) in cases {
      #expect(try completed(words, a).sorted() == names, "\(words)")
    }
  }

  @Test func `Articles are completed by their ids`() throws {
    let world = try World()
    let a = try library(world)
    let ids = try a.articleIDs()
    let id = try #require(ids.first)
    for command in [
      ["show"], ["mark", "read"], ["highlight", "add"], ["tag", "add"],
    ] {
      #expect(try completed(command + [String(id.prefix(4))], a) == [id], "\(command)")
      #expect(try Set(completed(command + [""], a)) == Set(ids), "\(command)")
    }
    #expect(try completed(["show", "zzzzzz"], a) == [])
  }

  @Test func `A name that a shell would run, or read otherwise, is not offered`() throws {
    let world = try World()
    let a = try library(world)
    let mark = world.path("ran")
    for tag in [
      "x$(touch \(mark))", "x`touch \(mark)`", "x;touch \(mark)", "x'y", "x\"y", "x\\y", "x\ny",
      "x${IFS}y", "x*", "x|y", "-x", "x{a,b}", "x\u{1b}[2J",
    ] {
      try a.run("tag", "add", "--query", "is:unread", "-y", "--", tag).expect(0)
    }
    try a.run("tag", "add", "--query", "is:unread", "-y", "xylem").expect(0)
    #expect(try completed(["list", "--tag", "x"], a) == ["xylem"])
    #expect(!FileManager.default.fileExists(atPath: mark))
    for shell in ["bash", "zsh", "fish"] {
      let asked = try asked(
        ["list", "--", "--tag", "3", "0", "satchel", "list", "--tag", ""], a, shell)
      #expect(!asked.output.contains("touch") && asked.output.contains("xylem"))
    }
  }

  @Test func `Without a library, or with a broken one, there is silence`() throws {
    let world = try World()
    var a = try library(world)
    let words = ["list", "--", "positional@0", "2", "0", "satchel", "list", ""]
    #expect(try asked(words, a, "bash").output == "@evening\n@morning\n")
    for path in ["none", "broken", "folder"] {
      a.library = try world.makeFolder(path)
      if path == "broken" {
        try world.write(Data(repeating: 7, count: 9_000), to: "broken/library.sqlite")
      }
      if path == "folder" { _ = try world.makeFolder("folder/library.sqlite") }
      let silent = try asked(words, a, "bash")
      #expect(silent.output == "" && silent.messages == "" && silent.code == 0, "\(silent)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: a.library).count
          == (path == "none" ? 0 : 1))
    }
  }

  @Test func `Asking leaves nothing beside a library, and waits for nobody`() throws {
    let world = try World()
    let a = try library(world)
    let before = try FileManager.default.contentsOfDirectory(atPath: a.library).sorted()
    #expect(try completed(["list", "@"], a).count == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: a.library).sorted() == before)
  }

  #if os(Linux)
    @Test func `A key completes a view at a terminal of bash`() throws {
      let world = try World()
      let a = try library(world)
      let script = try script(a)
      let terminal = try PseudoTerminal(
        ["/usr/bin/env", "bash", "--norc", "--noprofile", "-i"],
        environment: environment(a).merging(["TERM": "dumb", "PS1": "> "]) { $1 })
      terminal.type(". '\(script)'; echo rea''dy\n")
      try terminal.wait(for: "ready\r\n> ")
      for (typed, shown) in [
        ("satchel list @mo", "rning "), ("satchel list --tag to", #"\ keep "#),
        ("satchel list --tag a:", "b "), ("satchel rm --query @e", "vening "),
      ] {
        terminal.type("\(typed)\t")
        try terminal.wait(for: typed + shown)
        // Control-U takes the line away.
        terminal.type("\u{15}")
      }
      terminal.type("exit\n")
      _ = try terminal.exitCode()
    }

    @Test(.enabled(if: installed("fish"), "fish is not installed"))
    func `A key completes views, tags and articles at a terminal of fish`() throws {
      let world = try World()
      let a = try library(world)
      try world.write(Data(a.run("completions", "fish").expect(0).output.utf8), to: "c.fish")
      let id = try #require(a.articleIDs().first)
      let terminal = try PseudoTerminal(
        ["/usr/bin/env", "fish", "--no-config"],
        environment: environment(a).merging(["TERM": "xterm"]) { $1 })
      terminal.type("source \(world.path("c.fish")); echo rea''dy\n")
      try terminal.wait(for: "ready\r\n")
      for (typed, name) in [
        ("list @mo", "@morning"), ("list --tag to", #"to\ keep"#), ("show \(id.prefix(4))", id),
      ] {
        terminal.type("satchel \(typed)\t")
        try terminal.wait(for: name)
        // Control-U takes the line away.
        terminal.type("\u{15}")
      }
      terminal.type("exit\n")
      _ = try terminal.exitCode()
    }
  #endif

  @Test(.enabled(if: installed("zsh"), "zsh is not installed"))
  func `Zsh reads the script, and gets a colon in a name as a part of it`() throws {
    let world = try World()
    let a = try library(world)
    let script = try a.run("completions", "zsh").expect(0).output
    try world.write(Data(script.utf8), to: "_satchel")
    #expect(try run(["zsh", "-n", world.path("_satchel")], a).code == 0)
    let words = ["list", "--", "--tag", "3", "0", "satchel", "list", "--tag", "a"]
    #expect(try asked(words, a, "zsh").output.hasPrefix("a\\:b\n"))
  }

  private static func installed(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// A library with names of every kind.
  private func library(_ world: World) throws -> Laptop {
    let a = try world.laptopWithSamples()
    let b = try world.joined("kitchen", to: a)
    try b.run("bundle", "create", world.path("b.satchel"), "--full").expect(0)
    try a.run("merge", world.path("b.satchel")).expect(0)
    for tag in ["news", "to keep", "新闻", "a:b"] {
      try a.run("tag", "add", "--query", "is:unread", "-y", tag).expect(0)
    }
    try a.run("view", "add", "morning", "is:unread").expect(0)
    try a.run("view", "add", "evening", "is:starred").expect(0)
    for remote in ["stick", "share"] {
      try a.run("remote", "add", remote, world.makeFolder(remote)).expect(0)
    }
    return a
  }

  /// What bash offers for the last of the words, which the shell itself would cut further.
  private func completed(_ words: [String], _ a: Laptop) throws -> [String] {
    let program = """
      . '\(try script(a))' || exit 1
      COMP_LINE="satchel $*" COMP_POINT=$((${#COMP_LINE})) COMP_WORDBREAKS=
      _satchel_words satchel "${@: -1}" "${@: -2:1}"
      [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
      """
    let result = try run(["bash", "-c", program, "bash"] + words, a)
    #expect(result.code == 0 && result.messages == "", "\(words) \(result)")
    return result.output.split(separator: "\n").map(String.init)
  }

  /// What the tool answers a shell's script.
  private func asked(_ words: [String], _ a: Laptop, _ shell: String) throws -> ToolResult {
    let process = a.process([])
    process.arguments = ["---completion"] + words
    process.environment = environment(a).merging(["SAP_SHELL": shell]) { $1 }
    return try ToolResult(process, input: nil)
  }

  private func script(_ a: Laptop) throws -> String {
    let result = try a.run("completions", "bash", "--install").expect(0)
    let words = result.output.split(separator: " ")
    return String(try #require(words.dropFirst().first).dropLast())
  }

  private func run(_ command: [String], _ a: Laptop) throws -> ToolResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = environment(a)
    return try ToolResult(process, input: nil)
  }

  /// The tool is in the search path, and the library is the usual one.
  private func environment(_ a: Laptop) -> [String: String] {
    let path = "\(Repository.tool.deletingLastPathComponent().path):\(a.environment["PATH"] ?? "")"
    return a.environment.merging(["PATH": path, "SATCHEL_LIBRARY": a.library]) { $1 }
  }
}
