import Foundation
import Testing

/// What counts, shares and explains.
@Suite(.ownThreads)
struct CareStories {
  @Test func `Statistics count what lists show`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    try a.run("mark", "read", ids[0], ids[1], ids[2]).expect(0)
    try a.run("tag", "add", ids[0], ids[1], "often").expect(0)
    try a.run("tag", "add", ids[2], "once").expect(0)
    try a.run("rm", ids[3]).expect(0)
    let statistics = try a.json("stats")
    #expect(statistics["articles"] as? Int == ids.count - 1)
    func counts(_ key: String) throws -> [String: Int] {
      let list = try #require(statistics[key] as? [[String: Any]], "\(key)")
      #expect(list.count <= 10, "\(key)")
      return Dictionary(
        uniqueKeysWithValues: list.compactMap { entry in
          (entry["name"] as? String).flatMap { name in
            (entry["count"] as? Int).map { (name, $0) }
          }
        })
    }
    let tags = try counts("tags")
    #expect(tags["often"] == 2 && tags["once"] == 1, "\(tags)")
    #expect(try counts("read_by_month").values.reduce(0, +) == 3)
    #expect(try counts("years").values.reduce(0, +) == ids.count - 1)
    let articles = try #require(try a.json("list", "--all")["articles"] as? [[String: Any]])
    let sites = Dictionary(grouping: articles.compactMap { $0["site"] as? String }) { $0 }
    for (site, count) in try counts("sites") { #expect(sites[site]?.count == count, "\(site)") }
    let bin = try #require(statistics["bin"] as? [String: Any])
    #expect(bin["count"] as? Int == 1)
    let bytes = try #require(try a.json("status")["bytes"] as? [String: Any])
    let sizes = ["texts", "pictures", "bin"].compactMap {
      (statistics[$0] as? [String: Any])?["bytes"] as? Int
    }
    #expect(sizes.reduce(0, +) == bytes["bodies"] as? Int, "\(statistics)")
    let text = try a.run("stats").expect(0).output
    #expect(text.contains("\nTags\n") && text.contains("2  often\n"), "\(text)")
    #expect(try world.laptop("none").run("stats").code == 10)
    let empty = world.laptop("empty")
    try empty.run("init", "--name", "empty").expect(0)
    #expect(try empty.json("stats")["articles"] as? Int == 0)
  }

  @Test func `An article is shared by its address`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    let url = try #require(try a.json("show", id)["url"] as? String)
    #expect(try a.run("share", id).expect(0).output == "\(url)\n")
    #expect(try a.json("share", id)["url"] as? String == url)
    try world.write(Data("# Mine\n\nText.\n".utf8), to: "mine.md")
    let added = try #require(try a.json("add", world.path("mine.md"))["added"] as? [[String: Any]])
    let mine = try #require(added.first?["id"] as? String)
    try a.run("share", mine).expect(4)
    #expect(try a.json("share", mine)["url"] is NSNull)
    try a.run("share", "zzzzzz").expect(4)
  }

  @Test(arguments: ["sync", "bundles", "json", "query", "formats", "exit-codes", "ids"])
  func `A topic has help, no wider than a page`(topic: String) throws {
    let world = try World()
    let text = try world.laptop("a").run("help", topic).expect(0).output
    #expect(text.split(separator: "\n").count > 1)
    for command in text.matches(of: /satchel ([a-z]+)/).map({ String($0.1) })
    where command != "help" {
      let help = try world.laptop("a").run("help", command)
      #expect(help.code == 0, "\(command)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Completions are installed where the shell looks`(shell: String) throws {
    let world = try World()
    let a = world.laptop("a")
    let place = [
      "bash": ".local/share/bash-completion/completions/satchel",
      "zsh": ".local/share/zsh/site-functions/_satchel",
      "fish": ".config/fish/completions/satchel.fish",
    ]
    let path = world.path("a/\(try #require(place[shell]))")
    try a.run("completions", shell, "--install", "-n").expect(0)
    #expect(!FileManager.default.fileExists(atPath: path))
    let result = try a.run("completions", shell, "--install").expect(0)
    #expect(result.output.contains(path), "\(result)")
    let script = try String(contentsOfFile: path, encoding: .utf8)
    for command in ["backup", "config", "stats", "share"] { #expect(script.contains(command)) }
    guard shell == "bash" else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bash", "-c", ". '\(path)' && complete -p satchel"]
    process.environment = a.environment
    let loaded = try ToolResult(process, input: nil)
    // 127: there is no such shell here.
    #expect(loaded.code == 127 || loaded.output.contains("satchel"), "\(loaded)")
  }

  #if os(Linux)
    @Test func `On a terminal an address is a QR code too, where that fits`() throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let id = try #require(a.articleIDs().first)
      for (columns, fits) in [(80, true), (20, false)] {
        let terminal = try a.terminal(["share", id, "--no-input"], size: (60, columns))
        #expect(try terminal.exitCode() == 0, "\(terminal.shown)")
        #expect(terminal.shown.contains("████") == fits, "\(terminal.shown)")
        #expect(terminal.shown.contains("too long") == !fits, "\(terminal.shown)")
      }
      let quiet = try a.terminal(["share", id, "-q"], size: (60, 80))
      #expect(try quiet.exitCode() == 0)
      #expect(!quiet.shown.contains("█"))
    }

    @Test(arguments: [30, 50, 80])
    func `Tables stand beneath each other and within the terminal`(columns: Int) throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let ids = try a.articleIDs()
      try a.run("tag", "add", ids[0], "中文标签").expect(0)
      try a.run("tag", "add", ids[0], String(repeating: "很长的标签", count: 12)).expect(0)
      let long = try world.makeFolder("a-folder-with-a-rather-long-name")
      try a.run("remote", "add", "家里", long).expect(0)
      try a.run("remote", "add", "stick", world.makeFolder("b")).expect(0)
      try a.run("view", "add", "早上", "is:unread tag:plain -site:example.org").expect(0)
      try a.run("view", "add", "evening", "is:starred", "--sort", "title").expect(0)
      try a.run("note", ids[0], "-m", String(repeating: "长笔记 ", count: 40)).expect(0)
      for command in [
        ["replica", "list"], ["remote", "list"], ["tag", "list", "-q"], ["view", "list"],
        ["log", "--limit", "20"], ["config", "list"],
      ] {
        let arguments = command + ["--no-input"]
        let terminal = try a.terminal(arguments, size: (60, columns))
        #expect(try terminal.exitCode() == 0, "\(terminal.shown)")
        let lines = terminal.shown.split(whereSeparator: \.isNewline)
        #expect(!lines.isEmpty)
        for line in lines where !line.hasPrefix("satchel:") {
          let cells = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x3000 ? 2 : 1) }
          #expect(cells <= columns, "\(command): \(line)")
        }
      }
    }
  #endif
}
