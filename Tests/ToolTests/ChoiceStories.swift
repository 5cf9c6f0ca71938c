import Foundation
import Testing

/// Which articles a change is made to, and what is never guessed.
@Suite(.ownThreads)
struct ChoiceStories {
  @Test func `A word is never taken for an article where something is changed`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    let before = try a.fingerprint()
    let short = String(ids[1].prefix(2))
    try a.run("show", short).expect(0)
    for arguments in [
      ["mark", "read", short], ["rm", String(ids[1].prefix(5))], ["progress", short, "5"],
      ["rate", short, "5"], ["restore", short, "note", "--to", "5"],
    ] {
      try ToolResult(a.process(arguments), input: nil).expect(64)
    }
    #expect(try a.fingerprint() == before)
    // The beginning of another article's id is a tag here.
    try a.run("tag", "add", ids[0], short, "news").expect(0)
    let tags = try #require(try a.json("show", ids[0])["tags"] as? [String])
    #expect(Set(tags).isSuperset(of: [short, "news"]))
    let others = try #require(try a.json("show", ids[1])["tags"] as? [String])
    #expect(!others.contains("news"))
  }

  @Test func `What is so already is said to be, and nothing is claimed`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try b.run("tag", "list").expect(0)
    let place = world.path("place")
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    try b.run("bundle", "create", world.path("2.satchel")).expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)
    try a.run("replica", "rename", "b", "c").expect(0)
    for arguments in [
      ["replica", "rename", "c", "c"],
      ["replica", "retire", "c"], ["replica", "retire", "c"], ["replica", "unretire", "c"],
      ["replica", "unretire", "c"], ["remote", "add", "stick", place],
      ["remote", "add", "stick", place],
    ] {
      let object = try ToolResult(a.process(arguments + ["--json"]), input: nil).expect(0).object()
      let (changed, unchanged) = (object["changed"] as? [String], object["unchanged"] as? Int)
      #expect((changed?.count ?? 0) + (unchanged ?? 0) == 1, "\(arguments): \(object)")
      let again = try ToolResult(a.process(arguments + ["--json"]), input: nil).expect(0).object()
      #expect(again["changed"] as? [String] == [] && again["unchanged"] as? Int == 1)
    }
    let none = try a.run("mark", "read", "--query", "no such words").expect(0)
    #expect(none.messages.contains("no articles match."), "\(none)")
    try a.run("remote", "remove", "stick").expect(0)
    try a.run("sync", world.path("x/y"), world.path("x/z")).expect(17)
    try a.run("-L", "", "status").expect(64)
  }

  @Test func `What could be an article or a tag is refused, and an option says which it is`() throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let ids = try a.articleIDs()
    try a.run("tag", "add", ids[0], ids[1], "both").expect(0)
    for id in ids[..<2] {
      #expect((try a.json("show", id)["tags"] as? [String])?.contains("both") == true)
    }
    let before = try a.fingerprint()
    // No tag is left; an article after a tag.
    for words in [[ids[0], ids[1]], [ids[0], "tea", ids[1]], [ids[0], "tea", ids[1], "rain"]] {
      let refused = try ToolResult(a.process(["tag", "add"] + words), input: nil).expect(64)
      #expect(refused.messages.contains("--tag says"), "\(refused)")
    }
    #expect(try a.fingerprint() == before)
    try a.run("tag", "add", ids[0], "--tag", ids[1]).expect(0)
    #expect((try a.json("show", ids[0])["tags"] as? [String])?.contains(ids[1]) == true)
    // Now it is a tag in use, too.
    try a.run("tag", "add", ids[0], ids[1], "more").expect(64)
    try a.run("tag", "rm", ids[0], "--tag", ids[1]).expect(0)
    #expect((try a.json("show", ids[0])["tags"] as? [String])?.contains(ids[1]) == false)
  }

  @Test func `A query changes all it finds, and says how many where they are many`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let pages = try world.makeFolder("pages")
    for number in 0..<21 {
      try world.write(
        Data("# Number \(number)\n\nText \(number).\n".utf8), to: "pages/\(number).md")
    }
    try a.run("import", pages).expect(0)
    for command in [["mark", "read"], ["rm"], ["tag", "add", "x"]] {
      for query in ["", "  "] {
        try ToolResult(a.process(command + ["--query", query]), input: nil).expect(64)
      }
    }
    let marked = try a.run("mark", "read", "--query", "title:number").expect(0)
    #expect(marked.messages.contains("21 articles match."), "\(marked)")
    let few = try a.run("tag", "add", "low", "--query", "title:\"number 1\"*").expect(0)
    #expect(!few.messages.contains("match"), "\(few)")
    #expect((try a.json("list", "--tag", "low")["articles"] as? [Any])?.count == 11)
    try a.run("tag", "rm", "low", "--query", "title:\"number 1\"*").expect(0)
    #expect((try a.json("list", "--tag", "low")["articles"] as? [Any])?.count == 0)
    try a.run("rm", "--query", "title:number", "-y").expect(0)
    #expect(try a.articleIDs().count == 12)
    try a.run("rm").expect(64)
    try a.run("rm", "abcdef", "--query", "x").expect(64)
  }

  @Test func `Pages without an article are passed over, and a folder is not added`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let pages = try world.makeFolder("pages")
    try world.write(Data("# Tea\n\nHot water.\n".utf8), to: "pages/tea.md")
    try world.write(Data(" \n".utf8), to: "pages/blank.md")
    let summary = try a.json("import", pages)
    let passedOver = try #require(summary["passed_over"] as? [[String: Any]])
    #expect(passedOver.map { $0["path"] as? String } == ["blank.md"])
    #expect((summary["skipped"] as? [Any])?.isEmpty == true)
    try a.run("import", pages, "-v").expect(0).expect(0)
    let folder = try a.run("add", pages).expect(64)
    #expect(folder.messages.contains("satchel import"), "\(folder)")
  }

  @Test func `What changes something besides articles prints one object under --json, too`() throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try a.articleIDs()[0]
    let own = try #require((try a.json("status")["replica"] as? [String: Any])?["id"] as? String)
    for (arguments, changed) in [
      (["remote", "add", "share", world.path("share")], "share"),
      (["remote", "remove", "share"], "share"), (["replica", "rename", "a", "desk"], own),
    ] {
      let result = try ToolResult(a.process(arguments + ["--json"]), input: nil).expect(0)
      #expect(result.output == "{\"changed\":[\"\(changed)\"],\"unchanged\":0}\n", "\(result)")
    }
    try a.run("note", id, "-m", "first").expect(0)
    let log = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    let stamp = try #require(log.last { $0["field"] as? String == "note" }?["stamp"] as? String)
    try a.run("note", id, "-m", "second").expect(0)
    let restored = try a.json("restore", id, "note", "--to", stamp)
    #expect(restored["changed"] as? [String] == [id] && restored["unchanged"] as? Int == 0)
  }
}
