import Foundation
import Testing

extension Trait where Self == ConditionTrait {
  /// For stories that a browser takes part in.
  static var inBrowser: Self { .enabled(if: Browser.isPossible, "Chromium is not installed") }
}

/// Pages of others in the reader's own browser.
@Suite(.ownThreads, .inBrowser)
struct BrowserForeignStories {
  @Test func `A page of another port of this machine reads nothing and changes nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    #expect(try browser.words().contains("The compost heap that feeds a street"))
    let before = try a.fingerprint()

    let site = try world.site("site")
    let id = try #require(try a.articleIDs().first)
    try world.write(Data(Attack.page(on: list, article: id).utf8), to: "site/attack.html")
    try browser.open("\(site.address)attack.html")
    try browser.wait("the attack's end") { try browser.title == "over" }
    let outcome = try #require(try browser.run("return outcome;") as? [String: String])
    let refused = ["read", "write", "json", "image", "script", "style", "events"]
    #expect(outcome == Dictionary(uniqueKeysWithValues: refused.map { ($0, "refused") }))
    try expectNothingSeen(in: browser)
    #expect(try a.fingerprint() == before)
  }

  @Test func `A form of another page that leads here is refused`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    let before = try a.fingerprint()
    let site = try world.site("site")
    let id = try #require(try a.articleIDs().first)
    let form = """
      <form method="post" action="\(list)article/\(id)/mark"><input name="mark" value="starred">
      <button>go</button></form>
      """
    try world.write(Data(form.utf8), to: "site/form.html")
    try browser.open("\(site.address)form.html")
    try browser.click("button")
    try browser.wait("an answer") { try browser.address.hasPrefix(list) }
    #expect(try browser.words().contains("refused"))
    #expect(try a.fingerprint() == before)
  }

  @Test func `A name that somebody lets point here gets nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let page = try a.web()
    var options = Browser.Options()
    options.names = "MAP evil.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    let browser = try Browser(in: world, options)
    let list = try page.enter(browser)
    #expect(try browser.words().contains("compost"))
    try browser.open(list.replacing("127.0.0.1", with: "evil.example"))
    #expect(try browser.words().contains("refused"))
    #expect(try !browser.words().contains("compost"))
  }

  @Test func `The cookie of a page that has ended opens no other one`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (first, browser) = (try a.web(), try Browser(in: world))
    let old = try first.enter(browser)
    let cookies = try browser.debug("Network.getAllCookies")["cookies"] as? [[String: Any]] ?? []
    let cookie = try #require(
      cookies.first { ($0["name"] as? String) == "satchel-\(first.port)" })
    first.process.signal(SIGINT)
    try first.process.exitCode()

    let second = try a.web("--port", "\(first.port)")
    try browser.open(old)
    #expect(try !browser.words().contains("compost"))
    // Whoever knows the new address has still no session there.
    let other = try Browser(in: world)
    let new = try second.enter(other)
    for path in ["/", try #require(URL(string: new)).path()] {
      try browser.debug(
        "Network.setCookie",
        [
          "name": cookie["name"] ?? "", "value": cookie["value"] ?? "", "path": path,
          "url": "http://127.0.0.1:\(first.port)",
        ])
    }
    try browser.open(new)
    #expect(try browser.words().contains("satchel web --open"))
    #expect(try !browser.words().contains("compost"))
    #expect(try other.words().contains("compost"))
  }

  /// In no frame and in no window of the foreign page stands anything of the library.
  private func expectNothingSeen(in browser: Browser) throws {
    for frame in 0..<(try browser.count("iframe")) {
      try browser.send("POST", "frame", ["id": frame])
      #expect(try !browser.words("html").contains("compost"), "frame \(frame)")
      try browser.send("POST", "frame", ["id": NSNull()])
    }
    let windows = try #require(try browser.send("GET", "window/handles") as? [String])
    #expect(windows.count == 2)
    for window in windows {
      try browser.send("POST", "window", ["handle": window])
      #expect(try !browser.words("html").contains("compost"))
    }
  }
}

/// A page that knows where the reader's page is, prefix and all, and tries what a page can try.
private enum Attack {
  static func page(on list: String, article: String) -> String {
    """
    <!doctype html><title>foreign</title>
    <iframe src="\(list)"></iframe><iframe name="target"></iframe>
    <form method="post" target="target" action="\(list)article/\(article)/mark">
    <input name="mark" value="starred"></form>
    <script>
    const list = "\(list)", mark = list + "article/\(article)/mark", outcome = {};
    const say = (name, work) => work.then(() => "done", () => "refused")
      .then((word) => { outcome[name] = word; });
    const load = (name, fields) => new Promise((done, failed) => {
      document.body.append(Object.assign(document.createElement(name), fields,
        { onload: done, onerror: failed }));
    });
    const send = (fields) => fetch(mark, { method: "POST", credentials: "include", ...fields });
    document.forms[0].submit();
    window.open(list);
    Promise.all([
      say("read", fetch(list, { credentials: "include" })),
      say("write", send({ body: new URLSearchParams({ mark: "starred" }) })),
      say("json", send({ body: "{}", headers: { "Satchel-Token": "x" } })),
      say("image", load("img", { src: list + "image/x" })),
      say("script", load("script", { src: list })),
      say("style", load("link", { rel: "stylesheet", href: list })),
      say("events", new Promise((done, failed) => {
        const events = new EventSource(list + "events?since=0", { withCredentials: true });
        events.onopen = done;
        events.onerror = failed;
      })),
    ]).then(() => { document.title = "over"; });
    </script>
    """
  }
}
