import Foundation
import Testing

/// Pictures that articles name by an address, with the built tool and a server of this machine.
@Suite(.ownThreads, .enabled(if: hasPrograms, "curl or python3 is not installed"))
struct PictureStories {
  @Test func `Pictures come when they are asked for, are shown, counted and taken back`() throws {
    let world = try World()
    let web = try Web(world)
    let a = try laptop(
      world, "![a map](\(web.address)/map.png) ![](\(web.address)/missing) ![near](near.png)")
    let id = try #require(try a.articleIDs().first)
    let away = try a.run("show", id, "--color", "never").expect(0)
    let shown = away.output.replacing("\n", with: " ")
    #expect(shown.contains("[picture: a map, \(web.address)/map.png]"), "\(away)")
    #expect(away.output.contains("[image: near]"))
    // Nothing that only reads, or carries, asks anybody.
    try a.run("search", "map").expect(0)
    try a.run("bundle", "create", world.path("a.satchel")).expect(0)
    #expect(web.requests.isEmpty)
    // A host on this machine is asked only where that is said.
    let refused = try a.run("fetch", "--images").expect(3)
    #expect(refused.messages.contains("127.0.0.1 is a private address"), "\(refused)")
    let plan = try a.run("fetch", "--images", "--private", "-n").expect(0)
    #expect(plan.output == "Would ask for 2 pictures.\n")
    #expect(web.requests.isEmpty)
    let fetched = try a.run("fetch", "--images", "--private").expect(3)
    #expect(
      fetched.output == "Fetched 1 picture (188 bytes) of 1 article; 1 did not come.\n")
    #expect(fetched.messages == "satchel: \(web.address)/missing: the answer was 404.\n")
    #expect(try a.run("show", id).output.contains("[image: a map]"))
    #expect(try a.run("stats").output.contains("1 picture (188 bytes)"))
    let again = try a.run("fetch", "--images", "--private").expect(0)
    #expect(
      again.output
        == "Fetched no pictures; 1 here already; 1 not asked that did not come lately "
        + "(--retry asks).\n")
    #expect(web.requests.sorted() == ["/map.png", "/missing"])
    try a.run("fetch", "--images", "--private", "--retry").expect(3)
    #expect(web.requests.count == 3)
    // It is content: another replica has it without asking anybody.
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("b.satchel")).expect(0)
    try b.run("merge", world.path("b.satchel")).expect(0)
    #expect(try b.run("show", id).output.contains("[image: a map]"))
    try a.run("undo").expect(0)
    #expect(try a.run("show", id).output.contains("[picture: a map"))
    try a.run("check", "--deep").expect(0)
    #expect(web.requests.count == 3)
  }

  @Test func `A summary for scripts has promised keys, and one object is the last line`() throws {
    let world = try World()
    let web = try Web(world)
    let a = try laptop(world, "![a](\(web.address)/map.gif) ![b](\(web.address)/page)")
    let summary = try a.json("fetch", "--images", "--private")
    #expect(
      Set(summary.keys) == [
        "type", "wanted", "fetched", "bytes", "kept", "articles", "failed", "passed_over",
      ])
    #expect(summary["fetched"] as? Int == 1 && summary["wanted"] as? Int == 2)
    let failed = try #require(summary["failed"] as? [[String: String]])
    #expect(failed == [["address": "\(web.address)/page", "reason": "what came is no picture"]])
    let none = try a.json("fetch", "--images", "is:starred")
    #expect(none["wanted"] as? Int == 0)
  }

  @Test(arguments: [
    "to?file:///etc/passwd", "loop", "drawing.svg", "bomb", "long", "endless", "broken", "empty",
    "page",
  ])
  func `What is no picture is refused, whatever it is, and nothing is kept`(path: String) throws {
    let world = try World()
    let web = try Web(world)
    let a = try laptop(world, "![a](\(web.address)/\(path))")
    let before = try a.fingerprint()
    let summary = try a.json("fetch", "--images", "--private")
    #expect((summary["failed"] as? [Any])?.count == 1)
    #expect(summary["fetched"] as? Int == 0, "\(summary)")
    #expect(try a.fingerprint() == before)
    #expect(try a.run("stats").output.contains("0 pictures"))
  }

  @Test func `Without curl it says what is missing, and with other words what to say`() throws {
    let world = try World()
    var a = try laptop(world, "![a](http://pictures.example/map.png)")
    try a.run("fetch").expect(64)
    try a.run("fetch", "is:unread").expect(4)
    try a.run("fetch", "--images", "is:unred").expect(64)
    try FileManager.default.createDirectory(
      atPath: world.path("none"), withIntermediateDirectories: true)
    a.environment["PATH"] = world.path("none")
    // A name that nobody knows is found out first; an address is not.
    try world.write(Data("# B\n\n![b](http://127.0.0.1:9/map.png)\n".utf8), to: "b.md")
    try a.run("import", world.path("b.md")).expect(0)
    let missing = try a.run("fetch", "--images", "--private").expect(1)
    #expect(missing.messages.contains("curl is not installed here."), "\(missing)")
  }

  @Test func `Control-C keeps what came, leaves no curl behind, and the next one goes on`() throws {
    let world = try World()
    let web = try Web(world)
    let a = try laptop(world, "![a](\(web.address)/map.png) ![b](\(web.address)/silent)")
    let fetch = try a.start("fetch", "--images", "--private", "--progress", "plain")
    try fetch.wait("both asked") { web.requests.count == 2 }
    usleep(1_000_000)
    fetch.signal(SIGINT)
    try fetch.expect(130)
    #expect(fetch.messages.contains("interrupted. 1 picture that came stays."), "\(fetch.messages)")
    #expect(try a.run("stats").output.contains("1 picture "))
    try a.run("check", "--deep").expect(0)
    #expect(try a.run("fetch", "--images", "--private", "-n").output.contains("ask for 1 picture"))
  }

  /// A laptop with one article.
  private func laptop(_ world: World, _ text: String) throws -> Laptop {
    try world.write(Data("# Bridges\n\n\(text)\n".utf8), to: "a.md")
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try a.run("import", world.path("a.md")).expect(0)
    return a
  }

  /// The server of bad and good pictures.
  private struct Web {
    let address: String
    private let noted: String

    init(_ world: World) throws {
      noted = world.path("requests")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let script = Repository.root.appendingPathComponent("Tests/TransportsTests/picture-server.py")
      process.arguments = ["python3", script.path, noted]
      let server = try world.start(process)
      try server.wait("listening") { server.output.hasSuffix("\n") }
      let port = server.output.split(separator: " ").last?.trimmingCharacters(in: .newlines)
      address = "http://127.0.0.1:\(try #require(port))"
    }

    var requests: [String] {
      guard let text = try? String(contentsOfFile: noted, encoding: .utf8) else { return [] }
      return text.split(separator: "\n").map(String.init)
    }
  }
}

private let hasPrograms = ["curl", "python3"].allSatisfy { name in
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { access("\($0)/\(name)", X_OK) == 0 }
}
