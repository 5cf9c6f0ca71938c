import Foundation
import Testing

/// Settings of a machine.
@Suite(.ownThreads)
struct ConfigStories {
  @Test func `A setting is set, counts, and is taken back`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    func titles(_ arguments: String...) throws -> [String] {
      let result = try ToolResult(a.process(["list", "--json"] + arguments), input: nil).object()
      return try #require(result["articles"] as? [[String: Any]]).compactMap {
        $0["title"] as? String
      }
    }
    let (byDay, byTitle) = (try titles(), try titles("--sort", "title"))
    #expect(byDay != byTitle)
    let dry = try a.run("config", "set", "list.sort", "title", "-n").expect(0)
    #expect(dry.output == "Would set list.sort to title.\n")
    #expect(try titles() == byDay)
    try a.run("config", "set", "list.sort", "title").expect(0)
    #expect(try a.json("config", "set", "list.sort", "title")["unchanged"] as? Int == 1)
    #expect(try titles() == byTitle)
    #expect(try titles("--sort", "published") == byDay)
    #expect(try titles("--reverse") == byTitle.reversed())
    try a.run("config", "set", "list.sort", "--", "-title").expect(0)
    #expect(try titles() == byTitle.reversed())
    #expect(try a.run("config", "get", "list.sort").expect(0).output == "-title\n")
    try a.run("config", "set", "list.sort").expect(0)
    #expect(try a.run("config", "get", "list.sort").expect(0).output == "published\n")
    #expect(try titles() == byDay)
  }

  @Test func `A view is what list and next show when nothing else is asked for`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    try a.run("mark", "starred", ids[2]).expect(0)
    try a.run("view", "add", "stars", "is:starred").expect(0)
    try a.run("config", "set", "list.view", "stars").expect(0)
    try a.run("config", "set", "next.view", "@stars").expect(0)
    func listed(_ arguments: String...) throws -> Int {
      let result = try ToolResult(a.process(["list", "--json"] + arguments), input: nil).object()
      return try #require(result["articles"] as? [Any]).count
    }
    #expect(try listed() == 1)
    #expect(try listed("--limit", "5") == 1)
    #expect(try listed("--unread") == ids.count)
    #expect(try listed("is:unread") == ids.count)
    #expect(try a.json("next", "-n")["id"] as? String == ids[2])
    try a.run("view", "rm", "stars").expect(0)
    for command in ["list", "next"] {
      let result = try a.run(command).expect(4)
      #expect(result.messages.contains("\(command).view is set to @stars"), "\(result)")
    }
    #expect(try listed("--all") == ids.count)
  }

  @Test
  func `What there is not is an error with a guess, and a bad line in the file is passed over`()
    throws
  {
    let world = try World()
    var a = try world.laptopWithSamples()
    a.environment["XDG_CONFIG_HOME"] = world.path("settings")
    for arguments in [["get", "list.srot"], ["set", "list.srot", "title"]] {
      let result = try ToolResult(a.process(["config"] + arguments), input: nil).expect(64)
      #expect(result.messages.contains("Did you mean 'list.sort'?"), "\(result)")
    }
    for (key, value) in [("list.sort", "size"), ("color", "red"), ("pager", ""), ("pager", "a\nb")]
    {
      try a.run("config", "set", key, value).expect(64)
    }
    #expect(!FileManager.default.fileExists(atPath: world.path("settings/satchel/config")))
    _ = try world.makeFolder("settings/satchel")
    let text = "# mine\n\n list.sort=title \nlist.srot = added\ncolor = red\n"
    try world.write(Data(text.utf8), to: "settings/satchel/config")
    let list = try a.run("list").expect(0)
    #expect(
      list.messages.contains("line 4: There is no setting 'list.srot'. Did you mean"), "\(list)")
    #expect(list.messages.contains("line 5: colors are auto, always or never."), "\(list)")
    let settings = try a.json("config", "list")
    #expect(settings["path"] as? String == world.path("settings/satchel/config"))
    let entries = try #require(settings["settings"] as? [[String: Any]])
    #expect(
      entries.filter { $0["set"] as? Bool == true }.compactMap { $0["key"] as? String } == [
        "list.sort"
      ])
    // What a person wrote stays as it was.
    try a.run("config", "set", "list.sort", "site").expect(0)
    try a.run("config", "set", "pager", "less -S").expect(0)
    let written = String(decoding: try world.read("settings/satchel/config"), as: UTF8.self)
    #expect(
      written == "# mine\n\nlist.sort = site\nlist.srot = added\ncolor = red\npager = less -S\n")
  }

  @Test func `Colors are as the flag says, else as the setting`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    func isStyled(_ arguments: String...) throws -> Bool {
      try ToolResult(a.process(["show", id] + arguments), input: nil).expect(0).output
        .contains("\u{1b}[")
    }
    #expect(try !isStyled())
    try a.run("config", "set", "color", "always").expect(0)
    #expect(try isStyled())
    #expect(try !isStyled("--color", "never"))
    #expect(try !isStyled("--color", "auto"))
  }
}
