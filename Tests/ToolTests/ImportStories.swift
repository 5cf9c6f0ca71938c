import Foundation
import Testing

/// Importing what lies in folders, with and without a word for what it is.
@Suite(.ownThreads)
struct ImportStories {
  private static let mirrored = """
    ### 评论 | 山东的天气
    ------------------------
    #### [首页](https://mirror.example/m/) &nbsp;&nbsp;|&nbsp;&nbsp;
    <div><p>今天下雨。</p></div><hr/>
    手机上长按并复制下列链接或二维码分享本文章：<br/>https://mirror.example/m/blob/a.md<br/>
    原文地址：https://news.example.org/2026/03/13/a.html
    ------------------------
    #### [首页](https://mirror.example/m/)
    """
  private static let bookmarks = """
    <!DOCTYPE NETSCAPE-Bookmark-file-1>
    <TITLE>Bookmarks</TITLE>
    <DL><p><DT><A HREF="https://a.example/" ADD_DATE="1">A</A></DL>
    """
  private static let pocket = "title,url,time_added,tags,status\nB,https://a.example/b,1,,unread\n"

  @Test func `A mixed folder needs no word for what it is, and a word for it changes nothing`()
    throws
  {
    let world = try World()
    let a = try newLaptop(in: world)
    let folder = try world.makeFolder("pages")
    try world.write(Data(Self.mirrored.utf8), to: "pages/mirrored.md")
    try world.write(Data("# Peas\n\nThe first row.\n".utf8), to: "pages/peas.md")
    try world.write(Data("Just text.\n".utf8), to: "pages/note.txt")
    let saved = "<html><title>Saved</title><body><p>A saved page.</p></body></html>"
    try world.write(Data(saved.utf8), to: "pages/saved.html")
    let summary = try a.run("import", folder, "--json").expect(0).object()
    #expect(summary["added"] as? Int == 4, "\(summary)")
    let rows = try #require(try a.json("list", "--all")["articles"] as? [[String: Any]])
    #expect(
      Set(rows.compactMap { $0["title"] as? String }) == ["山东的天气", "Peas", "Just text.", "Saved"])
    let mirrored = try #require(rows.first { $0["title"] as? String == "山东的天气" })
    #expect(mirrored["url"] as? String == "https://news.example.org/2026/03/13/a.html")
    // What the mirror put around the article is no text of it.
    let text = try a.run("show", "https://news.example.org/2026/03/13/a.html").expect(0).output
    #expect(text.contains("今天下雨。") && !text.contains("手机上长按"), "\(text)")
    let before = try a.fingerprint()
    for words in [["import", "mirror", folder], ["import", folder]] {
      #expect(try ToolResult(a.process(words), input: nil).expect(0).code == 0)
      #expect(try a.fingerprint() == before, "\(words)")
    }
  }

  @Test func `An address is kept without a text, and its page joins it`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    let address = "https://example.org/peas"
    let added = try a.run("add", address, "--tag", "later").expect(0)
    #expect(added.output.contains(address), "\(added)")
    #expect(try a.run("list", "is:link").expect(0).output.contains("\(address)  [later]"))
    let shown = try a.run("show", address).expect(0)
    #expect(shown.messages.contains("it is an address without a text"), "\(shown)")
    #expect(!shown.messages.contains("bundle"), "\(shown)")
    let json = try a.json("show", address)
    #expect(json["body"] is NSNull && json["text"] is NSNull, "\(json)")
    #expect(try a.json("status")["missing_bodies"] as? Int == 0)
    try a.run("note", address, "-m", "From Anna").expect(0)
    #expect(try a.run("show", address).expect(0).output.contains("Note: From Anna"))

    try world.write(Data("# Peas\n\nThe first row.\n".utf8), to: "peas.md")
    try a.run("add", world.path("peas.md"), "--url", address).expect(0)
    #expect(try a.run("show", address).expect(0).output.contains("The first row."))
    #expect(try a.run("list", "is:link").expect(0).output.isEmpty)

    #expect(try a.run("add").expect(64).messages.contains("Name a file, or an address."))
    #expect(try a.run("add", "--url", "https://example.org/b", "--title", "B").expect(0).code == 0)
    #expect(try a.run("add", "https://").expect(64).messages.contains("is no address"))
  }

  @Test func `A page that names no encoding is read in the one that is said`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    let folder = try world.makeFolder("old")
    // 天气 in GB18030.
    let page = Data("# ".utf8) + Data([0xCC, 0xEC, 0xC6, 0xF8]) + Data("\n\nRain.\n".utf8)
    try world.write(page, to: "old/weather.md")
    let refused = try a.run("import", folder).expect(3)
    #expect(refused.messages.contains("--encoding gb18030"), "\(refused)")
    #expect(try a.articleIDs().isEmpty)
    try a.run("import", folder, "--encoding", "gb18030").expect(0)
    try a.run("add", world.path("old/weather.md"), "--encoding", "gb18030").expect(0)
    let id = try #require(try a.articleIDs().first)
    #expect(try a.articleIDs().count == 1)
    #expect(try a.json("show", id)["title"] as? String == "天气")
    #expect(try a.run("import", folder, "--encoding", "klingon").code != 0)
  }

  @Test func `A file added in an encoding is the article that it says there`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    // “é” in windows-1252, at an address of its own.
    try world.write(Data("# Caf".utf8) + Data([0xE9]) + Data("\n\nOpen.\n".utf8), to: "cafe.md")
    #expect(try a.run("add", world.path("cafe.md")).code != 0)
    #expect(try a.articleIDs().isEmpty)
    try a.run("add", world.path("cafe.md"), "--encoding", "windows-1252").expect(0)
    let id = try #require(try a.articleIDs().first)
    #expect(try a.json("show", id)["title"] as? String == "Café")
  }

  @Test func `A list of links among pages is named, and imported by itself it is many articles`()
    throws
  {
    let world = try World()
    let a = try newLaptop(in: world)
    let folder = try world.makeFolder("exports")
    try world.write(Data(Self.bookmarks.utf8), to: "exports/bookmarks.html")
    try world.write(Data(Self.pocket.utf8), to: "exports/part_000000.csv")
    try world.write(Data("# Peas\n\nThe first row.\n".utf8), to: "exports/peas.md")
    let result = try a.run("import", folder).expect(3)
    for (name, format) in [("bookmarks.html", "bookmarks"), ("part_000000.csv", "pocket")] {
      let line = result.messages.split(separator: "\n").first { $0.contains(name) }
      #expect(line?.contains("a file of the format \(format)") == true, "\(result)")
      let file = world.path("exports/\(name)")
      #expect(try a.run("add", file).code != 0)
      #expect(try a.run("import", file, "--json").expect(0).object()["added"] as? Int == 1)
      #expect(try a.run("import", format, file).expect(0).output.contains("1 unchanged"))
    }
    #expect(try a.articleIDs().count == 3)
  }

  @Test func `One bad record is named with its line, and the rest is taken in once`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    let table = """
      title,url,time_added,tags,status
      A walk,https://a.example/1,1400000000,long read|später,archive
      "open,https://a.example/2,1400000000,,unread
      ,https://a.example/3,1500000000,,unread

      """
    try world.write(Data(table.utf8), to: "part_000000.csv")
    let file = world.path("part_000000.csv")
    let first = try a.run("import", file).expect(3)
    #expect(first.output == "Added 2 articles; 1 record skipped.\n", "\(first)")
    #expect(
      first.messages.contains(
        "part_000000.csv, line 3: a quotation mark opens in its column 1 and does not close"))
    let walk = try a.json("show", "https://a.example/1")
    #expect(walk["read"] as? Bool == true && walk["archived"] as? Bool == true)
    #expect(walk["tags"] as? [String] == ["long read", "später"])
    #expect(walk["added"] as? String == "2014-05-13T16:53:20Z")
    // An article without a title is listed by its address.
    #expect(try a.run("list").expect(0).output.contains("https://a.example/3"))
    let before = try a.fingerprint()
    #expect(try a.run("import", file).expect(3).output.hasPrefix("Added 0 articles; 2 unchanged"))
    #expect(try a.fingerprint() == before)
    // What is done by hand stays, whatever is imported again.
    try a.run("mark", "unarchived", "https://a.example/1").expect(0)
    try a.run("import", file).expect(3)
    #expect(try a.json("show", "https://a.example/1")["archived"] as? Bool == false)
  }

  @Test func `A table of unknown columns says what they are, and is read by those that are named`()
    throws
  {
    let world = try World()
    let a = try newLaptop(in: world)
    try world.write(Data("Titel;Adresse\nEins;https://a.example/1\n".utf8), to: "t.csv")
    let refused = try a.run("import", world.path("t.csv"))
    #expect(refused.code != 0 && refused.messages.contains("of Titel, Adresse"), "\(refused)")
    let named = ["--column", "url=Adresse", "--column", "title=Titel"]
    #expect(
      try ToolResult(a.process(["import", "csv", world.path("t.csv")] + named), input: nil)
        .expect(0).output == "Added 1 article.\n")
    #expect(try a.json("show", "https://a.example/1")["title"] as? String == "Eins")
    #expect(try a.run("import", world.path("t.csv"), "--column", "seite=x").expect(64).code == 64)
  }

  @Test func `Two laptops that import one export agree, whatever was done on them since`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    let b = try world.joined("b", to: a)
    let entry = """
      [{"is_archived":1,"is_starred":0,"tags":["tea"],"title":"Tea","url":"https://a.example/tea",
      "content":"<p>Hot tea.</p>","created_at":"2016-09-08T11:55:58+0200",
      "annotations":[{"quote":"Hot","text":"mm"}]}]
      """
    try world.write(Data(entry.utf8), to: "w.json")
    try a.run("import", world.path("w.json")).expect(0)
    try b.run("import", "wallabag", world.path("w.json")).expect(0)
    try b.run("mark", "unarchived", "https://a.example/tea").expect(0)
    let stick = try world.makeFolder("stick")
    for laptop in [a, b, a] { try laptop.run("sync", stick).expect(0) }
    #expect(try a.fingerprint() == b.fingerprint())
    #expect(try a.json("conflicts")["conflicts"] as? [String] == [])
    let tea = try a.json("show", "https://a.example/tea")
    #expect(tea["archived"] as? Bool == false && tea["read"] as? Bool == true)
    #expect((tea["highlights"] as? [[String: Any]])?.count == 1)
  }

  @Test func `A feed is piped in, and lines of JSON are read from a file`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    let feed = """
      <rss version="2.0"><channel><item><title>Tea</title><link>https://a.example/tea</link>
      <description>&lt;p&gt;Hot tea.&lt;/p&gt;</description></item></channel></rss>
      """
    let piped = try ToolResult(a.process(["import", "feed", "-"]), input: feed)
    #expect(piped.output == "Added 1 article.\n", "\(piped)")
    #expect(try a.run("show", "https://a.example/tea").expect(0).output.contains("Hot tea."))
    let unnamed = try ToolResult(a.process(["import", "-"]), input: feed)
    #expect(unnamed.output == "Added 0 articles; 1 unchanged.\n", "\(unnamed)")
    let page = try ToolResult(a.process(["import", "-"]), input: "# Cold\n\nCold tea.\n")
    #expect(page.output == "Added 1 article.\n", "\(page)")
    let line = #"{"satchel":1,"id":"x","url":"https://a.example/1","title":"One","tags":["a"]}"#
    try world.write(Data("\(line)\n".utf8), to: "out.jsonl")
    try a.run("import", world.path("out.jsonl")).expect(0)
    let lines = try ToolResult(a.process(["import", "-"]), input: "\(line)\n")
    #expect(lines.output == "Added 0 articles; 1 unchanged.\n", "\(lines)")
    #expect(try a.json("show", "https://a.example/1")["title"] as? String == "One")
  }

  @Test func `A folder that is called as a format is imported as a folder`() throws {
    let world = try World()
    let a = try newLaptop(in: world)
    _ = try world.makeFolder("mirror")
    try world.write(Data(Self.mirrored.utf8), to: "mirror/a.md")
    let process = a.process(["import", "mirror"])
    process.currentDirectoryURL = world.folder
    _ = try ToolResult(process, input: nil).expect(0)
    #expect(try a.articleIDs().count == 1)
    // With another word behind it, the first one is the format.
    let both = a.process(["import", "mirror", "mirror"])
    both.currentDirectoryURL = world.folder
    _ = try ToolResult(both, input: nil).expect(0)
    #expect(try a.articleIDs().count == 1)
  }

  private func newLaptop(in world: World) throws -> Laptop {
    let laptop = world.laptop("a")
    try laptop.run("init", "--name", "a").expect(0)
    return laptop
  }
}
