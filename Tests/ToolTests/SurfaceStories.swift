import Foundation
import Testing

/// How commands are found, and how they answer what they do not understand.
@Suite(.ownThreads)
struct SurfaceStories {
  @Test func `Flags stand between a group and its verb`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try a.run("bundle", "create", world.path("x.satchel")).expect(0)
    var elsewhere = a
    elsewhere.library = world.path("nowhere")
    let file = world.path("x.satchel")
    for arguments in [
      ["bundle", "-L", a.library, "verify", file],
      ["bundle", "--json", "-L", a.library, "verify", file],
      ["-q", "bundle", "--library=\(a.library)", "verify", file],
    ] {
      try ToolResult(elsewhere.process(arguments), input: nil).expect(0)
    }
    let help = try a.run("bundle").expect(0)
    #expect(help.output.contains("SUBCOMMANDS"))
  }

  @Test func `A mistyped command is told what it may have been`() throws {
    let world = try World()
    let a = world.laptop("a")
    for (arguments, guess) in [
      (["lst"], "list"), (["improt", "x"], "import"), (["bundle", "verfy", "x"], "verify"),
      (["hlep"], "help"), (["help", "bndle"], "bundle"), (["help", "bundle", "crate"], "create"),
    ] {
      let result = try ToolResult(a.process(arguments), input: nil).expect(64)
      #expect(result.messages.contains("Did you mean '\(guess)'?"), "\(result)")
    }
    let unknown = try a.run("help", "nosuch").expect(64)
    #expect(unknown.messages.contains("no help on 'nosuch'"), "\(unknown)")
    #expect(!unknown.messages.contains("mean"), "\(unknown)")
    let json = try a.run("lst", "--json").expect(64)
    let object = try JSONSerialization.jsonObject(with: Data(json.messages.utf8)) as? [String: Any]
    #expect(object?["code"] as? Int == 64 && object?["type"] as? String == "error")
    #expect(object?["hint"] as? String == "See 'satchel --help' for more information.")
  }

  @Test func `Of several files that are all missing each one is named`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let result = try a.run("add", world.path("one.md"), world.path("two.md")).expect(4)
    #expect(result.messages.contains("one.md"), "\(result)")
    #expect(result.messages.contains("skipped") && result.messages.contains("two.md"), "\(result)")
  }

  @Test func `Help explains commands, groups and topics`() throws {
    let world = try World()
    let a = world.laptop("a")
    #expect(try a.run("help").expect(0).output.contains("SYNC SUBCOMMANDS"))
    #expect(try a.run("help", "bundle", "create").expect(0).output.contains("--split"))
    let codes = try a.run("help", "exit-codes").expect(0).output
    for code in [0, 1, 3, 4, 10, 11, 12, 13, 14, 15, 16, 17, 18, 64, 130] {
      #expect(codes.contains("\(code)  "), "\(code)")
    }
    let formats = try a.run("help", "formats").expect(0).output
    #expect(formats.contains(/\n {2}markdown +pages of Markdown/), "\(formats)")
    #expect(formats.contains(/\n {2}mirror +pages of a news mirror/), "\(formats)")
  }

  @Test func `Completions are those of the shell that was named`() throws {
    let world = try World()
    let a = world.laptop("a")
    let beginnings = ["bash": "#!/bin/bash", "zsh": "#compdef satchel", "fish": "function "]
    for (shell, beginning) in beginnings {
      for arguments in [["completions", shell], ["--generate-completion-script", shell]] {
        let process = a.process(arguments)
        // The parser's own flag stands alone.
        process.arguments = arguments
        let script = try ToolResult(process, input: nil).expect(0).output
        #expect(script.hasPrefix(beginning), "\(arguments): \(script.prefix(40))")
      }
    }
    try a.run("completions", "zsh", "--install").expect(0)
    let place = world.path("a/.local/share/zsh/site-functions/_satchel")
    #expect(FileManager.default.fileExists(atPath: place))
    try a.run("completions", "csh").expect(64)
  }

  @Test func `What is no date, number or invitation is refused before anything else`() throws {
    let world = try World()
    let a = world.laptop("a")
    for arguments in [
      ["list", "--since", "2026-13-45"], ["list", "--since", "2026-02-30"],
      ["list", "--before", "soon"], ["list", "sit:x"], ["next", "(tea"],
      ["search", "x", "--since", "2026-1-1"],
      ["log", "--since", "2026-03-13T25:00:00Z"], ["init", ""], ["list", "--limit=-1"],
      ["log", "--limit=-1"], ["-L"],
    ] {
      // There is no library: what is wrong with the line comes first.
      try ToolResult(a.process(arguments), input: nil).expect(64)
    }
    try a.run("join", "GARBAGE", world.path("b"), "-n").expect(12)
    try a.run("init", "--name", "a").expect(0)
    try a.run("init", "-n").expect(1)
  }

  @Test func `Names, titles and addresses that are none are refused, each for what it is`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let page = "# A page\n\nText.\n"
    let long = "https://example.org/" + String(repeating: "x", count: 9_000)
    for (arguments, reason) in [
      (["replica", "rename", "a", "  "], "not only blanks"),
      (["remote", "add", " ", world.path("x")], "not only blanks"),
      (["add", "-", "--title", " "], "a title is not empty"),
      (["add", "-", "--url", long], "at most 8192 bytes"),
      (["add", "-", "--url", "http://"], "is no address"),
    ] {
      let result = try ToolResult(a.process(arguments), input: page).expect(64)
      #expect(result.messages.contains(reason), "\(result)")
      #expect(result.messages.utf8.count < 400, "\(result)")
    }
    let id = try #require(a.articleIDs().first)
    // A folder is no note, and no damaged bundle either.
    try a.run("note", id, "-F", world.path("")).expect(1)
  }

  @Test func `Add tells what became of each file, to scripts too`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let url = "https://example.org/one"
    let page = "# One\n\nText.\n"
    let result = try a.run("add", "-", "--url", url, "--json", input: page).expect(0)
    let first = try result.object()
    let added = try #require(first["added"] as? [[String: String]])
    #expect(added == [["id": try a.articleIDs()[0], "url": url, "title": "One"]])
    let again = try a.run("add", "-", "--url", url, "--json", input: page).expect(0).object()
    #expect((again["added"] as? [Any])?.isEmpty == true && again["unchanged"] as? Int == 1)
    let changed = try a.run("add", "-", "--url", url, "--json", input: page + "More.\n").expect(0)
    #expect(try changed.object()["changed"] as? [String] == [try #require(added[0]["id"])])
  }

  @Test func `A title that was typed for a page is kept when the page is imported`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let page = world.path("page.md")
    try "---\ntitle: The page's\nurl: https://example.org/p\n---\n\nText.\n"
      .write(toFile: page, atomically: true, encoding: .utf8)
    try a.run("add", page, "--title", "My own").expect(0)
    let id = try a.articleIDs()[0]
    try a.run("import", page).expect(0)
    #expect(try a.json("show", id)["title"] as? String == "My own")
    try a.run("title", id, "Another").expect(0)
    try a.run("compact").expect(0)
    #expect(try a.run("log", id).expect(0).output.contains("title = My own"))
  }

  @Test func `Lists are by day of publication, say so, and are cut only when told`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try a.run("add", "-", "--title", "Today", input: "# Today\n\nJust now.\n").expect(0)
    let list = try a.run("list", "--limit", "3").expect(0)
    let days = list.output.split(separator: "\n").compactMap {
      $0.firstMatch(of: /\d{4}-\d\d-\d\d/).map { String($0.0) }
    }
    // What was added today has no day of its own, and stands at the top.
    #expect(list.output.split(separator: "\n").first?.hasSuffix("Today") == true, "\(list)")
    #expect(days.count == 2 && days == days.sorted(by: >), "\(list)")
    #expect(list.messages.contains("3 of 13 articles, by day of publication, newest first."))
    #expect(try a.articleIDs().count == 13)
    let reversed = try a.run("list", "--reverse", "--limit", "0").expect(0)
    #expect(reversed.output.split(separator: "\n").last?.hasSuffix("Today") == true)
    let log = try a.run("log").expect(0)
    #expect(log.output.split(separator: "\n").count == 50)
    #expect(log.messages.contains("50 of "), "\(log)")
    let all = try a.run("log", "--limit", "0").expect(0)
    #expect(all.output.split(separator: "\n").count > 100)
    #expect(all.output.hasSuffix(log.output))
  }

  @Test func `A conflict has a title and the id that list shows, and is marked there`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    let id = try a.articleIDs()[1]
    try a.run("note", id, "-m", "from a").expect(0)
    try b.run("note", id, "-m", "from b").expect(0)
    try b.run("bundle", "create", world.path("2.satchel")).expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)
    let title = try #require(a.json("show", id)["title"] as? String)
    let shown = try a.run("conflicts").expect(0)
    #expect(shown.output.contains("\(id)  note  \(title)\n"), "\(shown)")
    #expect(shown.output.contains("not shown"), "\(shown)")
    #expect(!shown.output.contains("lost"), "\(shown)")
    let conflicts = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    #expect(conflicts.map { $0["id"] as? String } == [id])
    let marked = try a.run("list").expect(0).output.split(separator: "\n").filter {
      $0.contains("≠")
    }
    #expect(marked.count == 1 && marked.first?.hasPrefix(id) == true, "\(marked)")
    #expect(try a.run("show", id).output.contains("in conflict"))
    let log = try a.run("log", id).expect(0)
    #expect(log.output.contains("note = from a  (not shown: satchel conflicts)"), "\(log)")
    let operations = try a.json("log", id)["operations"] as? [[String: Any]]
    #expect(operations?.first?["entity"] as? String == "article/\(id)")
  }

  @Test func `A bundle is refused before anything is written, and none is made that says nothing`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stick = try world.makeFolder("stick")
    try world.write(Data("mine".utf8), to: "stick/mine.satchel")
    for dryRun in [[], ["-n"]] {
      for (place, code) in [
        ("stick/mine.satchel", 1), ("nosuchdir/", 17), ("nosuchdir/x.satchel", 17),
      ] as [(String, Int32)] {
        let process = a.process(["bundle", "create", "\(world.folder.path)/\(place)"] + dryRun)
        try ToolResult(process, input: nil).expect(code)
      }
    }
    #expect(try world.read("stick/mine.satchel") == Data("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: world.path("nosuchdir")))
    try a.run("bundle", "create", world.path("self.satchel"), "--for", "a").expect(64)

    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    try b.run("bundle", "create", world.path("2.satchel"), "--for", "a").expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)
    // B is told that its own have arrived; after that there is nothing to tell.
    let told = try a.json("bundle", "create", world.path("3.satchel"), "--for", "b")
    #expect(told["operations"] as? Int == 0 && told["path"] is String)
    let nothing = try a.json("bundle", "create", world.path("4.satchel"), "--for", "b")
    #expect(nothing["path"] is NSNull, "\(nothing)")
    #expect(!FileManager.default.fileExists(atPath: world.path("4.satchel")))
    try a.run("mark", "read", a.articleIDs()[0]).expect(0)
    try a.run("bundle", "create", stick, "--for", "b").expect(0)
  }

  @Test func `Files and folders that are not there have the exit code of that`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let empty = try world.makeFolder("empty")
    try world.write(Data(), to: "taken")
    try a.run("merge", empty).expect(4)
    try a.run("merge", empty, "-n").expect(4)
    try a.run("bundle", "inspect", world.path("none.satchel")).expect(4)
    try a.run("bundle", "create", world.path("y.satchel"), "--since", world.path("none")).expect(4)
    try a.run("import", world.path("none")).expect(4)
    try a.run("sync", world.path("none")).expect(17)
    let taken = try a.run("invite", "--file", world.path("taken")).expect(1)
    #expect(taken.messages.contains("there is a file already"), "\(taken)")
    // A file where the state folder should be.
    var stateless = a
    stateless.environment["XDG_STATE_HOME"] = world.path("taken")
    let id = try a.articleIDs()[0]
    let state = try stateless.run("mark", "read", id).expect(18)
    #expect(state.messages.contains("the state folder"), "\(state)")
    try FileManager.default.removeItem(atPath: "\(a.library)/secret")
    try a.run("list").expect(12)
    try FileManager.default.createDirectory(
      atPath: "\(a.library)/secret", withIntermediateDirectories: false)
    try a.run("list").expect(18)
  }
}
