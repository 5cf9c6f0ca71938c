import Foundation
import Testing

/// Two people with a library each, who read it in their browsers.
@Suite(.ownThreads, .inBrowser)
struct BrowserStories {
  @Test func `What two read, mark, highlight and note in their browsers is one in the end`() throws
  {
    let world = try World()
    let a = try Reader(try world.laptopWithSamples(), in: world)
    try a.laptop.run("remote", "add", "share", try world.makeFolder("share")).expect(0)
    try a.laptop.run("sync").expect(0)
    let b = try Reader(try world.joined("b", to: a.laptop), in: world)
    try b.laptop.run("remote", "add", "share", world.path("share")).expect(0)
    try b.laptop.run("sync").expect(0)

    try a.open("The compost heap")
    try a.mark("starred")
    try a.highlight("There is no secret. There is a fork.", color: "green", note: "Ada")
    try a.write(note: "Read this aloud on Sunday.")
    try a.readOn(to: 0.6)
    try b.open("The compost heap")
    try b.mark("read")
    try b.highlight("one bucket of green", color: "pink", note: "")
    try b.write(note: "Send it to grandmother.")

    try a.sync()
    try b.sync()
    try a.sync()
    #expect(try a.laptop.fingerprint() == b.laptop.fingerprint())
    // The conflict stands in both pages, and is settled in one.
    try b.browser.open("\(b.list)conflicts")
    try a.browser.open("\(a.list)conflicts")
    for browser in [a.browser, b.browser] {
      #expect(try browser.words("main").contains("Read this aloud on Sunday."))
      #expect(try browser.words("main").contains("Send it to grandmother."))
    }
    let kept = try a.browser.words(".other blockquote")
    try a.browser.click("button[value=other]")
    try a.browser.wait("no conflict") { try a.browser.count("article.conflict") == 0 }
    try a.sync()
    try b.sync()
    #expect(try a.laptop.fingerprint() == b.laptop.fingerprint())
    let (one, other) = (try a.record(), try b.record())
    #expect(one == other)
    #expect(one.note == kept && one.isStarred && one.isRead)
    #expect(one.quotes == ["There is no secret. There is a fork.", "one bucket of green"])
    #expect((55...75).contains(one.progress))

    // Where one stopped the other goes on.
    try b.open("The compost heap")
    #expect(try b.browser.run("return scrollY") as? Double ?? 0 > 100)
    #expect(try b.browser.count("#text mark.green") == 1)
    #expect(try b.browser.count("#text mark.pink") == 1)
  }

  @Test func `A list that is looked at shows what another program changed`() throws {
    let world = try World()
    let a = try Reader(try world.laptopWithSamples(), in: world)
    let id = try #require(try a.laptop.articleIDs().first)
    try a.laptop.run("mark", "starred", id).expect(0)
    try a.browser.wait("a star") { try a.browser.count("#list > .starred") == 1 }
    // An article is not taken from under its reader's eyes.
    try a.open("The compost heap")
    try a.laptop.run("mark", "unstarred", id).expect(0)
    try a.browser.wait("an offer") { try a.browser.count(".news button") == 1 }
    try a.browser.click(".news button")
    try a.browser.wait("the page anew") { try a.browser.count(".news") == 0 }
  }

  @Test func `An article is read when its end was seen, for whoever wants that`() throws {
    let world = try World()
    let a = try Reader(try world.laptopWithSamples(), in: world)
    try a.browser.open("\(a.list)settings")
    try a.browser.click("[name=end]")
    try a.browser.click("button.main")
    try a.browser.wait("the setting") { try a.browser.count("body[data-end]") == 1 }
    try a.browser.open(a.list)
    try a.open("The compost heap")
    try a.readOn(to: 1)
    try a.browser.wait("the mark") { try a.record().isRead }
    #expect(try a.record().progress == 100)
  }
}

/// Somebody who reads a library in a browser.
private struct Reader {
  let laptop: Laptop
  let page: WebPage
  let browser: Browser
  let list: String

  init(_ laptop: Laptop, in world: World) throws {
    self.laptop = laptop
    page = try laptop.web()
    browser = try Browser(in: world)
    list = try page.enter(browser)
  }

  /// Opens the article that all stories are about, from the list.
  func open(_ title: String) throws {
    try browser.open("\(list)?q=compost")
    try browser.wait("the article in the list") { try browser.count("#list h2 a") > 0 }
    let row = try browser.run(
      """
      const link = [...document.querySelectorAll("#list h2 a")]
        .find((one) => one.innerText.startsWith(arguments[0]));
      location.assign(link.href);
      """, title)
    #expect(row is NSNull)
    try browser.wait("the article") { try browser.words("h1").hasPrefix(title) }
  }

  func mark(_ mark: String) throws {
    try browser.click("#mark button[value=\(mark)]")
    try browser.wait(mark) { try browser.count("#mark button[value=un\(mark)]") == 1 }
  }

  /// Selects a passage and chooses a color, as with a mouse.
  func highlight(_ passage: String, color: String, note: String) throws {
    let isFound = try browser.run(
      """
      const [words, range] = [arguments[0], new Range()];
      const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const place = walker.currentNode.data.indexOf(words);
        if (place < 0) { continue; }
        range.setStart(walker.currentNode, place);
        range.setEnd(walker.currentNode, place + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return true;
      }
      return false;
      """, passage)
    #expect(isFound as? Bool == true, "\(passage)")
    try browser.wait("the bar") { try browser.count(".bar:not([hidden])") == 1 }
    if !note.isEmpty { try browser.type(note, into: ".bar input") }
    try browser.click(".bar .\(color)")
    try browser.wait("the mark") { try browser.words("#text mark.\(color)") == passage }
  }

  func write(note: String) throws {
    try browser.type(note, into: "#note textarea")
    try browser.click("#note button")
    try browser.wait("the note") { try record().note == note }
  }

  /// Scrolls until so much of the text was seen, and leaves for the list.
  func readOn(to share: Double) throws {
    try browser.debug(
      "Emulation.setDeviceMetricsOverride",
      ["width": 800, "height": 300, "deviceScaleFactor": 1, "mobile": false])
    try browser.run(
      """
      const box = document.getElementById("text").getBoundingClientRect();
      scrollTo(0, scrollY + box.top + box.height * arguments[0] - innerHeight + 2);
      """, share)
    try browser.wait("the scrolling") {
      try browser.run("return new Promise((done) => requestAnimationFrame(() => done(true)))")
        as? Bool == true
    }
    try browser.open(list)
    try browser.wait("the progress") { try record().progress > 0 }
  }

  /// Has the page synchronize, and waits for the end.
  func sync() throws {
    try browser.open("\(list)sync")
    try browser.run("window.isOld = true")
    try browser.click("form[action$='/sync'] button")
    try browser.wait("the end") {
      try browser.run("return !window.isOld") as? Bool == true
        && browser.count("[data-syncing]") == 0
        && browser.words("main").contains(/[Rr]eceived|[Nn]othing new/)
    }
  }

  func record() throws -> ArticleRecord {
    let found = try laptop.json("list", "--all", "title:compost")["articles"] as? [[String: Any]]
    let id = try #require(found?.first?["id"] as? String)
    return ArticleRecord(try laptop.json("show", id))
  }
}

/// What `show --json` says of an article.
private struct ArticleRecord: Equatable {
  let note: String?
  let isRead: Bool
  let isStarred: Bool
  let progress: Int
  let quotes: [String]

  init(_ object: [String: Any]) {
    let article = object["article"] as? [String: Any] ?? object
    note = article["note"] as? String
    isRead = article["read"] as? Bool ?? false
    isStarred = article["starred"] as? Bool ?? false
    progress = article["progress"] as? Int ?? 0
    let highlights = article["highlights"] as? [[String: Any]] ?? []
    quotes = highlights.compactMap { $0["quote"] as? String }.sorted()
  }
}
