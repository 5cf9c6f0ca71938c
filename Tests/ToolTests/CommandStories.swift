import Foundation
import Testing

/// The command surface that scripts rely on.
@Suite(.ownThreads)
struct CommandStories {
  @Test func `Every promised key of JSON is there`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("bundle", "create", world.path("all.satchel")).expect(0)
    let status = try a.json("status")
    #expect(
      Set(status.keys).isSuperset(of: [
        "library", "replica", "articles", "unread", "starred", "operations", "knowledge",
        "fingerprint", "missing_bodies", "conflicts", "replicas", "remotes", "bytes",
      ]))
    let shown = try a.json("show", id)
    #expect(
      Set(shown.keys).isSuperset(of: [
        "id", "url", "title", "author", "site", "published", "language", "tags", "read",
        "starred", "archived", "progress", "rating", "added", "body", "text", "note",
        "highlights",
      ]))
    let merged = try a.json("merge", world.path("all.satchel"))
    #expect(
      Set(merged.keys).isSuperset(of: [
        "type", "received", "sent", "articles_added", "articles_changed", "conflicts", "missing",
        "fingerprint", "seconds",
      ]))
    let inspected = try a.json("bundle", "inspect", world.path("all.satchel"), "--diff")
    let bundle = try #require((inspected["bundles"] as? [[String: Any]])?.first)
    #expect(
      Set(bundle.keys).isSuperset(of: [
        "path", "library", "sender", "created", "operations", "bodies", "bytes", "covers",
        "basis", "scope", "sealed", "signature", "would",
      ]))
    let operations = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    #expect(
      Set(try #require(operations.first).keys) == [
        "replica", "sequence", "stamp", "time", "entity", "field", "value", "winner",
      ])
  }

  @Test func `Exit codes tell what went wrong`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("status").expect(10)
    try a.run("init", "--name", "a").expect(0)
    try a.run("init", "--name", "a").expect(1)
    try a.run("show", "zzzzzzzz").expect(4)
    try a.run("mark", "read", "nothing-like-it").expect(4)
    try a.run("bundle", "create", world.path("x.satchel"), "--for", "nobody").expect(4)
    try a.run("list", "--no-such-flag").expect(64)
    try a.run("join", "SATCHEL1NOTACODE", world.path("b")).expect(12)
    let error = try a.run("show", "zzzzzzzz", "--json").expect(4)
    let object = try JSONSerialization.jsonObject(with: Data(error.messages.utf8))
    #expect((object as? [String: Any])?["code"] as? Int == 4)
  }

  @Test func `Global flags may stand anywhere`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let before = try a.run("--json", "list", "--limit", "1").expect(0).output
    let after = try a.run("list", "--limit", "1", "--json").expect(0).output
    #expect(before == after)
    #expect(before.hasPrefix("{"))
  }

  @Test func `A dry run says what would change and changes nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    let before = try a.json("status") as NSDictionary
    for arguments in [
      ["mark", "read", id], ["tag", "add", id, "x"], ["note", id, "-m", "x"], ["rm", id],
      ["progress", id, "5"], ["rate", id, "5"], ["bundle", "create", world.path("x.satchel")],
      ["import", Repository.root.appendingPathComponent("README.md").path], ["compact"],
    ] {
      let process = a.process(arguments + ["-n"])
      let result = try ToolResult(process, input: nil).expect(0)
      #expect(result.output.contains("Would"), "\(arguments): \(result)")
    }
    #expect(try a.json("status") as NSDictionary == before)
    #expect(!FileManager.default.fileExists(atPath: world.path("x.satchel")))
  }

  @Test func `Doing anything twice does no harm`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    for arguments in [
      ["mark", "read", id], ["tag", "add", id, "x"], ["tag", "rm", id, "x"],
      ["note", id, "-m", "x"], ["progress", id, "5"], ["rate", id, "5"],
      ["import", "mirror", Repository.sampleLibrary],
    ] {
      try ToolResult(a.process(arguments), input: nil).expect(0)
      let once = try a.json("status") as NSDictionary
      try ToolResult(a.process(arguments), input: nil).expect(0)
      #expect(try a.json("status") as NSDictionary == once, "\(arguments)")
    }
    // A tag that was taken off is not put on again by an import.
    let shown = try a.json("show", id)
    let tag = try #require((shown["tags"] as? [String])?.first)
    try a.run("tag", "rm", id, tag).expect(0)
    try a.run("import", "mirror", Repository.sampleLibrary).expect(0)
    #expect(try a.json("show", id)["tags"] as? [String] == [])
  }

  @Test func `An article is added from standard input and shown as readable text`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let page = "# 茶\n\nHot **water** & <b>patience</b>.\n"
    try a.run("add", "-", "--url", "https://Example.org/tea/#top", "--tag", "drinks", input: page)
      .expect(0)
    let result = try a.run("show", "http://www.example.org/tea").expect(0)
    #expect(result.output.contains("Hot water & patience."))
    #expect(result.output.contains("[drinks]"))
    let raw = try a.run("show", "http://www.example.org/tea", "--format", "markdown").expect(0)
    #expect(raw.output == page)
    let source = try a.run("show", "http://www.example.org/tea", "--format", "html-source")
    #expect(source.expect(0).output == page)
    let html = try a.run("show", "http://www.example.org/tea", "--format", "html").expect(0)
    #expect(html.output.contains("<strong>water</strong> &amp; "), "\(html)")
  }

  @Test func `A note is taken from standard input, and an earlier one restored by its stamp`()
    throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("note", id, "-F", "-", input: "first\n").expect(0)
    let log = try #require(try a.json("log", id)["operations"] as? [[String: Any]])
    let first = try #require(log.last { $0["field"] as? String == "note" })
    #expect(first["value"] as? String == "first")
    try a.run("note", id, "-m", "second").expect(0)
    let stamp = try #require(first["stamp"] as? String)
    try a.run("restore", id, "note", "--to", stamp).expect(0)
    #expect(try a.json("note", id)["note"] as? String == "first")
    let again = try a.run("restore", id, "note", "--to", stamp).expect(0)
    #expect(again.output == "Nothing changed: it was so already.\n", "\(again)")
    let refused = try a.run("restore", id, "note", "--to", "5").expect(4)
    #expect(refused.messages.contains("no operation on note"), "\(refused)")
  }

  @Test func `A deleted article stays deleted until it is added again`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(a.articleIDs().first)
    try a.run("rm", id).expect(0)
    #expect(try a.run("show", id).expect(0).output.contains("deleted"))
    let again = try a.json("import", "mirror", Repository.sampleLibrary)
    #expect(again["deleted"] as? Int == 1)
    #expect(try a.articleIDs().count == 11)
  }

  @Test func `An article deleted here and annotated there is a conflict that can be undone`() throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    let id = try #require(a.articleIDs().first)
    try a.run("rm", id).expect(0)
    try b.run("note", id, "-m", "keep this").expect(0)
    try b.run("bundle", "create", world.path("2.satchel")).expect(0)
    try a.run("merge", world.path("2.satchel")).expect(0)
    let conflicts = try #require(try a.json("conflicts")["conflicts"] as? [[String: Any]])
    #expect(conflicts.first?["field"] as? String == "deleted")
    let name = try #require(conflicts.first?["n"] as? String)
    let shown = try a.run("conflicts").expect(0).output
    #expect(shown.contains("satchel restore \(id) deleted --conflict \(name)\n"), "\(shown)")
    try a.run("restore", id, "deleted", "--conflict", name).expect(0)
    #expect(try a.json("show", id)["note"] as? String == "keep this")
    #expect(try (a.json("conflicts")["conflicts"] as? [Any])?.isEmpty == true)
  }

  @Test func `A split bundle merges in any order`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try FileManager.default.createDirectory(
      atPath: world.path("pages"), withIntermediateDirectories: true)
    var generator = SystemRandomNumberGenerator()
    for number in 0..<60 {
      // Text that does not compress, so that there is something to split.
      let noise = (0..<3_000).map { _ in String(generator.next(), radix: 36) }
      try world.write(
        Data("# Page \(number)\n\n\(noise.joined(separator: " "))\n".utf8), to: "pages/\(number).md"
      )
    }
    try a.run("import", world.path("pages")).expect(0)
    let b = try world.joined("b", to: a)
    let created = try a.json("bundle", "create", world.path("s.satchel"), "--split", "1M")
    let paths = try #require(created["paths"] as? [String])
    #expect(paths.count >= 2)
    for path in paths {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(try #require(size) <= 1 << 20)
      try b.run("bundle", "verify", path).expect(0)
    }
    for path in paths.reversed().dropLast() {
      let result = try b.run("merge", path)
      #expect([0, 16].contains(result.code), "\(result)")
    }
    try b.run("merge", paths[0]).expect(0)
    try b.run("bundle", "create", world.path("b.satchel"), "--for", "a").expect(0)
    try a.run("merge", world.path("b.satchel")).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try b.json("status")["missing_bodies"] as? Int == 0)
  }
}
