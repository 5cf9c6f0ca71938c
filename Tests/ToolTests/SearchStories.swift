import Foundation
import Testing

/// Finding articles again with the built tool.
@Suite(.ownThreads)
struct SearchStories {
  @Test func `Two characters find an article, in either script`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    for query in ["温壶", "溫壺", "茶师", "茶師"] {
      #expect(try titles(a, query) == ["一壶茶的水温：老茶师的五个习惯"], "\(query)")
    }
    try a.add("# 茶園\n\n採茶的人在山上。\n", url: "https://example.org/tea")
    #expect(try titles(a, "茶园 采茶") == ["茶園"])
  }

  @Test func `Words, phrases, exclusions and alternatives choose articles`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try a.add("# One\n\nGreen tea in the garden of the House.\n", url: "https://example.org/1")
    try a.add("# Two\n\nThe garden grows; tea does not.\n", url: "https://example.org/2")
    try a.add("# Tea\n\nMilk and cafés.\n", url: "https://example.org/3")
    #expect(try titles(a, "garden", "TEA") == ["One", "Two"])
    #expect(try titles(a, "\"green tea\"") == ["One"])
    #expect(try titles(a, "garden", "-green") == ["Two"])
    #expect(try titles(a, "-quietly", "-green", "garden") == ["Two"])
    #expect(try titles(a, "cafes", "OR", "grows") == ["Tea", "Two"])
    #expect(try titles(a, "title:tea") == ["Tea"])
    #expect(try titles(a, "hous*") == ["One"])
    #expect(try titles(a, "example.org/3") == [])
  }

  @Test func `An answer has the promised keys, and stdout to itself`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let first = try a.run("search", "温壶", "--json").expect(0)
    #expect(first.output.split(separator: "\n").count == 1)
    #expect(first.messages == "")
    let found = try a.json("search", "温壶")
    #expect(found["matches"] as? Int == 1)
    let article = try #require((found["articles"] as? [[String: Any]])?.first)
    let listed = try #require((a.json("list")["articles"] as? [[String: Any]])?.first)
    #expect(Set(article.keys) == Set(listed.keys).union(["snippet"]))
    #expect((article["snippet"] as? String)?.contains("温壶") == true)
    #expect(try a.run("search", "温壶").output == a.run("search", "溫壺").output)
  }

  @Test func `What is not found is no error, and what cannot be asked is one`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("search", "tea").expect(10)
    try a.run("init", "--name", "a").expect(0)
    let nothing = try a.run("search", "tea").expect(0)
    #expect(nothing.output == "")
    #expect(nothing.messages == "satchel: no articles match.\n")
    #expect(try a.run("search", "tea", "-q").expect(0).messages == "")
    #expect(try a.json("search", "tea")["matches"] as? Int == 0)
    #expect(try a.run("search", "!?").expect(64).messages.contains("no word to look for"))
    #expect(try a.run("search", "-tea").expect(0).output == "")
    try a.run("search").expect(64)
    try a.run("search", "tea", "--no-such-flag").expect(64)
    try a.run("search", "tea", "--limit", "-1").expect(64)
    try a.run("search", "\"tea").expect(64)
    try a.run("search", "tea", "NEAR", "*").expect(0)
  }

  @Test func `A search takes the flags of a list, and finds archived articles`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let all = try titles(a, "的", "OR", "the", "--limit", "0")
    #expect(all.count == 12)
    let some = try a.run("search", "的", "OR", "the", "--limit", "5").expect(0)
    #expect(some.messages.contains("5 of 12 articles that match"))
    let tea = try #require((a.json("search", "温壶")["articles"] as? [[String: Any]])?.first)
    let id = try #require(tea["id"] as? String)
    try a.run("mark", "archived", id).expect(0)
    try a.run("mark", "read", id).expect(0)
    #expect(try titles(a, "温壶").count == 1)
    #expect(try titles(a, "温壶", "--archived").count == 1)
    #expect(try titles(a, "温壶", "--unread").count == 0)
    #expect(try titles(a, "温壶", "--tag", "tea").count == 1)
    #expect(try titles(a, "温壶", "--tag", "rail").count == 0)
    #expect(try titles(a, "温壶", "--since", "2026-12-01").count == 0)
  }

  @Test func `What is found is bold on a terminal, and nothing there is obeyed`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try a.add("# T\n\nbefore \u{1b}[31m tea\u{7} after\n", url: "https://example.org/1")
    let shown = try a.run("search", "tea", "--color", "always").expect(0).output
    #expect(shown.contains("before \\u{1b}[31m \u{1b}[1mtea\u{1b}[0m\\u{7} after"), "\(shown)")
    let plain = try a.run("search", "tea").expect(0).output
    #expect(plain.contains("before \\u{1b}[31m tea\\u{7} after"))
    #expect(!plain.contains("\u{1b}"))
  }

  @Test func `What changed since is found: marks, edits, deletions, merges`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    #expect(try titles(a, "温壶").count == 1)
    let b = try world.joined("b", to: a)
    #expect(try titles(b, "温壶").count == 0)
    try a.run("bundle", "create", world.path("1.satchel"), "--no-bodies").expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    #expect(try titles(b, "老茶师").count == 1)
    #expect(try titles(b, "温壶").count == 0)
    try a.run("bundle", "create", world.path("2.satchel")).expect(0)
    try b.run("merge", world.path("2.satchel")).expect(0)
    let found = try b.json("search", "温壶")
    let id = try #require((found["articles"] as? [[String: Any]])?.first?["id"] as? String)
    try b.run("note", id, "-m", "for Grandmother").expect(0)
    #expect(try titles(b, "grandmother").count == 1)
    try b.run("rm", id).expect(0)
    #expect(try titles(b, "grandmother", "OR", "温壶").count == 0)
  }

  @Test func `A disk without room fails a search and nothing else`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    // No file of this process may grow beyond 40 KiB.
    var full = a
    full.launcher = ["/bin/bash", "-c", "trap '' XFSZ; ulimit -f 40; exec \"$@\"", "bash"]
    let result = try full.run("search", "温壶").expect(18)
    #expect(result.messages.contains("the search index cannot be written"), "\(result)")
    #expect(result.messages.contains("The library is as it was."))
    #expect(try titles(a, "温壶").count == 1)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: "\(a.library)/search.sqlite\(ending)")
    }
    try FileManager.default.createDirectory(
      atPath: "\(a.library)/search.sqlite", withIntermediateDirectories: false)
    // There are other places.
    #expect(try titles(a, "温壶").count == 1)
    try a.run("check", "--deep").expect(0)
    try a.run("list").expect(0)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func `A first search that ends early is gone on with`(signal: Int32) throws {
    let world = try World()
    let a = try world.laptopWithMuch(megabytes: 4)
    let search = try a.start("search", "page", "--progress", "plain")
    try search.progress(1)
    search.signal(signal)
    let code = try search.exitCode()
    #expect(code == (signal == SIGKILL ? SIGKILL : 130), "\(search.messages)")
    try a.run("check").expect(0)
    let again = try a.run("search", "title:page", "--limit", "0").expect(0)
    #expect(again.output.split(separator: "\n").filter { $0.contains("Page") }.count >= 40)
    #expect(try a.json("search", "title:page")["matches"] as? Int == 40)
  }

  @Test func `Two first searches at once both answer`() throws {
    let world = try World()
    let a = try world.laptopWithMuch(megabytes: 4)
    let searches = try (0..<2).map { _ in try a.start("search", "title:page", "--json") }
    for search in searches {
      try search.expect(0)
      #expect(search.output.contains("\"matches\":40"), "\(search.output)\(search.messages)")
    }
  }

  private func titles(_ laptop: Laptop, _ words: String...) throws -> [String] {
    let result = try ToolResult(laptop.process(["search"] + words + ["--json"]), input: nil)
      .expect(0)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let articles = try #require((object as? [String: Any])?["articles"] as? [[String: Any]])
    return articles.compactMap { $0["title"] as? String }.sorted()
  }
}

extension Laptop {
  fileprivate func add(_ page: String, url: String) throws {
    try run("add", "-", "--url", url, input: page).expect(0)
  }
}
