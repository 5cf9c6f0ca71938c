import Foundation
import Testing

/// Reading in a browser: `web` and `open`, with curl for a browser.
@Suite(.enabled(if: Curl.isThere, "curl is not here")) struct WebStories {
  private let world: World
  private var laptop: Laptop
  private let browser: String

  init() throws {
    world = try World()
    laptop = try world.laptopWithSamples()
    // A browser that keeps what it was given, and shows nothing.
    browser = try world.script(
      "browser",
      "cp \"$1\" \(world.path("opened")).new && mv \(world.path("opened")).new \(world.path("opened"))"
    )
    laptop.environment["BROWSER"] = browser
  }

  @Test func `A page lets in whoever has the link, once, and ends with Control-C`() throws {
    let page = try laptop.start("web", "--json")
    try page.wait("listening") { page.output.contains("\n") }
    let event = try Curl.object(page.output)
    let link = try #require(event["link"] as? String)
    #expect(event["type"] as? String == "listening" && event["address"] as? String == "127.0.0.1")
    #expect(link.hasPrefix("http://127.0.0.1:\(try #require(event["port"] as? Int))/start/"))
    let root = String(link.prefix(upTo: try #require(link.range(of: "/start/")).lowerBound))
    #expect(try Curl.get(root).status == 404)
    let jar = world.path("jar")
    let place = try Curl.enter(link, jar: jar)
    #expect(place.hasPrefix(root))
    #expect(try Curl.get(place, "--cookie", jar).status == 200)
    #expect(try Curl.get(place).status == 403)
    #expect(try Curl.get(link).status == 403, "a code is good once")
    #expect(try Curl.get("\(place)undo", "--cookie", jar, "--data", "token=x").status == 403)
    page.signal(SIGINT)
    try page.expect(0)
    #expect(try pages().isEmpty)
  }

  @Test func `A browser is handed a file that its user alone can read`() throws {
    let page = try laptop.start("web", "--open")
    try page.wait("the browser") { page.output.contains("Opened") }
    let files = try state().filter { $0.hasPrefix("open-") }
    let file = "\(stateFolder)/\(try #require(files.first))"
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let link = try link()
    #expect(!page.output.contains(link), "what is printed is another one")
    _ = try Curl.enter(link, jar: world.path("jar"))
    // A second one opens the page that runs, and leaves it running.
    try laptop.run("web", "--open").expect(0)
    let second = try self.link()
    #expect(second != link && second.prefix(22) == link.prefix(22))
    page.signal(SIGINT)
    try page.expect(0)
  }

  @Test func `An article opens in the page that runs, or in one that is started for it`() throws {
    let id = try #require(try laptop.articleIDs().first)
    try laptop.run("open", id).expect(0).says("Opened the page in your browser.")
    let pid = try #require(try pages().first?["pid"] as? Int)
    defer { kill(pid_t(pid), SIGKILL) }
    let jar = world.path("jar")
    let place = try Curl.enter(try link(), jar: jar)
    #expect(place.contains("/article/\(id.prefix(8))"))
    #expect(try Curl.get(place, "--cookie", jar).status == 200)
    try laptop.run("open", id).expect(0)
    #expect(try pages().compactMap { $0["pid"] as? Int } == [pid])
    // It keeps the session, so that forms in pages that are open go on working.
    #expect(try Curl.enter(try link(), jar: jar, hasSession: true) == place)
    kill(pid_t(pid), SIGTERM)
    for _ in 0..<500 where try !pages().isEmpty { usleep(10_000) }
    #expect(try pages().isEmpty)
  }

  @Test func `A deleted article opens, and a name of none or of several does not`() throws {
    let id = try #require(try laptop.articleIDs().first)
    try laptop.run("rm", id, "-y").expect(0)
    try laptop.run("open", "zzzzzzzz").expect(4).says("no article is called zzzzzzzz")
    try laptop.run("open", "").expect(4)
    #expect(try pages().isEmpty, "nothing was started for them")
    try laptop.run("open", id).expect(0)
    let pid = try #require(try pages().first?["pid"] as? Int)
    kill(pid_t(pid), SIGKILL)
  }

  @Test func `A browser is started as its entry says, and what it opens is told of`() throws {
    var laptop = laptop
    // As other programs know it: the file stands where the entry says, within a word too.
    let script = try world.script(
      "word", "case $1 in file=*) exec \(browser) \"${1#file=}\" ;; *) exit 1 ;; esac")
    laptop.environment["BROWSER"] = "\(script) file=%s"
    let page = try laptop.start("web", "--open", "--json")
    try page.wait("both lines") { page.output.split(separator: "\n").count == 2 }
    let lines = try page.output.split(separator: "\n").map { try Curl.object(String($0)) }
    #expect(Set(lines[0].keys) == ["type", "address", "port", "link"])
    #expect(lines[0]["type"] as? String == "listening")
    #expect(Set(lines[1].keys) == ["type", "opened"])
    #expect(lines[1]["type"] as? String == "opened" && lines[1]["opened"] as? Bool == true)
    #expect(try link().hasPrefix("http://127.0.0.1:"))
    page.signal(SIGINT)
    try page.expect(0)
    let id = try #require(try laptop.articleIDs().first)
    try laptop.run("open", id).expect(0).says("If nothing shows: satchel web prints a link.")
    if let pid = try pages().first?["pid"] as? Int { kill(pid_t(pid), SIGKILL) }
  }

  @Test func `Without a browser the link is printed`() throws {
    var laptop = laptop
    laptop.environment["BROWSER"] = "no-such-browser-of-satchel:"
    let page = try laptop.start("web", "--open")
    try page.wait("both links") { page.output.split(separator: "\n").count == 3 }
    #expect(page.messages.contains("no browser could be opened"))
    let links = page.output.split(separator: "\n").filter { $0.hasPrefix("http://127.0.0.1:") }
    #expect(Set(links).count == 2)
    laptop.environment["BROWSER"] = try world.script("broken", "exit 3")
    try laptop.run("web", "--open").expect(0).says("no browser could be opened")
    page.signal(SIGTERM)
    try page.expect(0)
  }

  @Test func `An address that others reach, and a port that is taken, are told of`() throws {
    try laptop.run("web", "--bind", "0.0.0.0").expect(64).says("127.0.0.1")
    try laptop.run("web", "--write").expect(64).says("--lan")
    try laptop.run("web", "--lan", "--bind", "::1").expect(64)
    try laptop.run("web", "--port", "65536").expect(64)
    let server = try laptop.serve()
    try laptop.run("web", "--port", "\(server.port)").expect(1)
      .says("cannot listen on 127.0.0.1:\(server.port)")
    server.process.signal(SIGINT)
    try laptop.run("-L", world.path("nowhere"), "web").expect(10)
  }
}

extension WebStories {
  private var stateFolder: String { world.path("a/state/satchel") }

  private func state() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: stateFolder)
  }

  /// What running pages say of themselves.
  private func pages() throws -> [[String: Any]] {
    try state().filter { $0.hasPrefix("web-") }.map { name in
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(stateFolder)/\(name)"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
  }

  /// Where the page leads to that the browser was given last.
  private func link() throws -> String {
    let page = String(decoding: try world.read("opened"), as: UTF8.self)
    return String(try #require(page.firstMatch(of: /url=([^"]+)"/)).1)
  }
}

extension ToolResult {
  fileprivate func says(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect((output + messages).contains(text), "\(self)", sourceLocation: sourceLocation)
  }
}

/// The program, as a browser without script.
private enum Curl {
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")

  struct Answer {
    let status: Int
    let location: String
    let body: String
  }

  static func get(_ address: String, _ options: String...) throws -> Answer {
    try get(address, options)
  }

  private static func get(_ address: String, _ options: [String]) throws -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    process.arguments =
      ["-sS", "--noproxy", "*", "-w", "\n%{http_code} %{redirect_url}"] + options + [address]
    let result = try ToolResult(process, input: nil).expect(0)
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    let words = try #require(lines.last).split(separator: " ")
    return Answer(
      status: try #require(words.first.flatMap { Int($0) }),
      location: words.count > 1 ? String(words[1]) : "",
      body: lines.dropLast().joined(separator: "\n"))
  }

  /// Follows a link that lets in; returns where it leads to.
  static func enter(_ link: String, jar: String, hasSession: Bool = false) throws -> String {
    let start = try get(link)
    #expect(start.status == 200)
    let path = try #require(start.body.firstMatch(of: /url=([^"]+)"/)).1
    let root = try #require(link.firstMatch(of: /^http:\/\/[^\/]+/)).0
    let options = hasSession ? ["--cookie", jar] : []
    let entered = try get("\(root)\(path)", ["--cookie-jar", jar] + options)
    #expect(entered.status == 303)
    return entered.location
  }

  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
