#if os(Linux)
  import Foundation
  import Testing

  /// A person at a terminal: the editor, the pager, Control-C, progress.
  @Suite(.ownThreads)
  struct TerminalStories {
    @Test func `An editor reads the terminal, and what it saves is the note`() throws {
      let (world, a, id) = try library()
      let editor = try world.script("editor", "read text; echo \"$1 $text\" > \"$2\"")
      let terminal = try a.atTerminal("note", id, "-e", with: ["EDITOR": "\(editor) typed:"])
      terminal.type("between trains\n")
      #expect(try terminal.exitCode() == 0, "\(terminal.shown)")
      #expect(try a.json("note", id)["note"] as? String == "typed: between trains")
    }

    @Test func `Control-C is the editor's own affair`() throws {
      let (world, a, id) = try library()
      let editor = try world.script(
        "editor", "trap 'echo caught' INT; echo ready; read text || read text; echo $text > \"$1\"")
      let terminal = try a.atTerminal("note", id, "-e", with: ["VISUAL": editor])
      try terminal.wait(for: "ready")
      terminal.type("\u{3}")
      try terminal.wait(for: "caught")
      terminal.type("kept\n")
      #expect(try terminal.exitCode() == 0, "\(terminal.shown)")
      #expect(try a.json("note", id)["note"] as? String == "kept")
    }

    @Test(arguments: ["true", "touch"])
    func `An editor that saves nothing changes nothing`(editor: String) throws {
      let (world, a, id) = try library()
      try a.run("note", id, "-m", "\n  as it was").expect(0)
      let before = try a.json("status")["operations"] as? Int
      let terminal = try a.atTerminal("note", id, "-e", with: ["EDITOR": editor])
      #expect(try terminal.exitCode() == 0, "\(terminal.shown)")
      #expect(try a.json("status")["operations"] as? Int == before)
      withExtendedLifetime(world) {}
    }

    @Test(arguments: [
      ("false", "ended with status 1", 1), ("no-such-editor", "was not found", 1),
      ("rm", "left no file", 1), ("sh -c 'kill -INT $$'", "interrupted", 130),
    ])
    func `An editor that fails leaves the note as it was`(
      editor: String, message: String, code: Int32
    ) throws {
      let (world, a, id) = try library()
      try a.run("note", id, "-m", "as it was").expect(0)
      let terminal = try a.atTerminal("note", id, "-e", with: ["EDITOR": editor])
      #expect(try terminal.exitCode() == code)
      #expect(terminal.shown.contains(message), "\(terminal.shown)")
      #expect(!terminal.shown.contains("is kept in"))
      #expect(try a.json("note", id)["note"] as? String == "as it was")
      withExtendedLifetime(world) {}
    }

    @Test func `What was typed before an editor failed is kept`() throws {
      let (world, a, id) = try library()
      let editor = try world.script("editor", "echo 'an hour of work' > \"$1\"; exit 3")
      let terminal = try a.atTerminal(
        "note", id, "-e", size: (24, 400), with: ["EDITOR": editor, "TMPDIR": world.folder.path])
      #expect(try terminal.exitCode() == 1)
      let match = try #require(terminal.shown.firstMatch(of: /is kept in (\S+)\./))
      #expect(try String(contentsOfFile: String(match.1), encoding: .utf8) == "an hour of work\n")
      #expect(try a.json("note", id)["note"] is NSNull)
    }

    @Test func `A request to end reaches the editor too`() throws {
      let (world, a, id) = try library()
      let editor = try world.script("editor", "echo $$ > '\(world.path("id"))'; echo ready; read x")
      let terminal = try a.atTerminal("note", id, "-e", with: ["EDITOR": editor])
      try terminal.wait(for: "ready")
      terminal.signal(SIGTERM)
      #expect(try terminal.exitCode() == 130)
      try world.expectNoProcess("id")
    }

    @Test func `What is longer than the screen is paged, and the rest is not`() throws {
      let (world, a, id) = try library()
      let pager = ["PAGER": "sh -c 'echo paged; cat' sh"]
      for command in [["list"], ["log"], ["search", "the OR 的"], ["show", id]] {
        let terminal = try a.terminal(command, size: (6, 80), with: pager)
        #expect(try terminal.exitCode() == 0)
        #expect(terminal.shown.contains("paged\r\n"), "\(command) \(terminal.shown)")
      }
      let tall = try a.atTerminal("list", size: (40, 80), with: pager)
      #expect(try tall.exitCode() == 0)
      #expect(!tall.shown.contains("paged") && tall.shown.contains("12 articles"))
      for (arguments, variables) in [
        ([], ["TERM": "dumb"]), ([], ["PAGER": ""]), ([], ["PAGER": "cat"]),
        ([], ["PAGER": "no-such-pager"]), (["--no-input"], [:]), (["--json"], [:]),
      ] {
        let terminal = try a.terminal(
          ["list"] + arguments, size: (6, 80), with: pager.merging(variables) { $1 })
        #expect(try terminal.exitCode() == 0)
        #expect(!terminal.shown.contains("paged"), "\(arguments) \(variables)")
        #expect(terminal.shown.split(separator: "\r\n").count == (arguments == ["--json"] ? 1 : 13))
      }
      withExtendedLifetime(world) {}
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/less")))
    func `less shows the first screen, survives a Control-C, and gives the terminal back`() throws {
      let (world, a, _) = try library()
      let terminal = try a.atTerminal("list", size: (6, 80))
      try terminal.wait(for: "\r\n:")
      terminal.type("\u{3}")
      try terminal.wait(for: "\u{7}")
      // What is typed before it has dropped what it was doing is lost, and it does not always say so.
      for _ in 0..<10 {
        terminal.type("G")
        if terminal.comes("(END)", within: 3) { break }
      }
      #expect(terminal.shown.contains("(END)"))
      terminal.type("q")
      // 130, unless all was with the pager and the tool at its end before it heard of the key.
      #expect([0, 130].contains(try terminal.exitCode()))
      withExtendedLifetime(world) {}
    }

    @Test func `A pager that is left early ends the answer`() throws {
      let (world, a, _) = try library()
      let head = try a.atTerminal(
        "log", "--limit", "0", size: (6, 80), with: ["PAGER": "head -n 2"])
      #expect(try head.exitCode() == 0, "\(head.shown)")
      #expect(head.shown.split(separator: "\r\n").count == 2)

      let pager = try world.script("pager", "echo ready; exec sleep 60")
      let ended = try a.atTerminal("log", size: (6, 80), with: ["PAGER": pager])
      try ended.wait(for: "ready")
      ended.type("\u{3}")
      #expect(try ended.exitCode() == 130, "\(ended.shown)")
    }

    @Test func `An answer that nobody reads ends at once`() throws {
      let world = try World()
      let a = try world.laptopWithMuch(megabytes: 1)
      let id = try #require(a.articleIDs().first)
      // It is longer than what a pipe holds.
      for number in [SIGINT, SIGTERM] {
        let show = a.process(["show", id, "--format", "markdown"])
        let pipe = Pipe()
        show.standardOutput = pipe
        try show.run()
        _ = pipe.fileHandleForReading.availableData
        kill(show.processIdentifier, number)
        for _ in 0..<200 where show.isRunning { usleep(10_000) }
        #expect(!show.isRunning && show.terminationStatus == 130)
        kill(show.processIdentifier, SIGKILL)
      }
      try a.run("check").expect(0)
    }

    @Test func `Progress is one line that fits, and wipes itself away`() throws {
      let world = try World()
      let a = world.laptop("a")
      try a.run("init", "--name", "a").expect(0)
      let pages = try world.makeFolder("pages")
      for number in 0..<1_500 {
        try world.write(Data("# Page \(number)\n\ntext \(number)\n".utf8), to: "pages/\(number).md")
      }
      let terminal = try a.atTerminal("import", pages, size: (24, 40))
      try terminal.wait(for: "%")
      terminal.resize(rows: 24, columns: 24)
      #expect(try terminal.exitCode() == 0)
      let drawn = terminal.shown.components(separatedBy: "\r\u{1b}[J")
      #expect(drawn.count > 5)
      for line in drawn.dropFirst().dropLast() {
        #expect(line.hasSuffix("\r") && !line.contains("\n") && line.dropLast().count < 40)
      }
      #expect(try #require(drawn.dropLast().last).dropLast().count < 24, "\(drawn)")
      #expect(drawn.last == "Added 1,500 articles.\r\n")

      let dumb = try a.atTerminal("import", pages, with: ["TERM": "dumb"])
      #expect(try dumb.exitCode() == 0)
      #expect(dumb.shown == "Added 0 articles; 1,500 unchanged.\r\n")
    }

    @Test func `Lines are cut to the terminal, with colors or without`() throws {
      let (world, a, _) = try library()
      for mode in ["always", "never"] {
        let terminal = try a.atTerminal("list", "--color", mode, size: (40, 40))
        #expect(try terminal.exitCode() == 0)
        #expect(terminal.shown.contains("…"), "\(terminal.shown)")
      }
      withExtendedLifetime(world) {}
    }

    private func library() throws -> (World, Laptop, id: String) {
      let world = try World()
      let a = try world.laptopWithSamples()
      return (world, a, try #require(a.articleIDs().first))
    }
  }
#endif
