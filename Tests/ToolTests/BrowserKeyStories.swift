import Foundation
import Testing

/// Hands that stay on the keys.
@Suite(.ownThreads, .inBrowser)
struct BrowserKeyStories {
  @Test func `A list is walked, marked and read with the keys of news readers`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    let rows = try #require(
      try browser.run("return [...document.querySelectorAll('#list > li')].map(r => r.dataset.id)")
        as? [String])

    try browser.press("jjjk")
    #expect(try selected(browser) == rows[1])
    try browser.press("s")
    try browser.wait("a star") { try browser.count("#list > .starred") == 1 }
    #expect(try selected(browser) == rows[1])
    // What is read leaves the list of the unread; the next row takes its place.
    try browser.press("r")
    try browser.wait("a row less") { try browser.count("#list > li") == rows.count - 1 }
    #expect(try selected(browser) == rows[2])
    try browser.press("ja")
    try browser.wait("another row less") { try browser.count("#list > li") == rows.count - 2 }
    #expect(try selected(browser) == rows[4])
    #expect(try ids(a, "is:starred") == [rows[1]])
    #expect(try ids(a, "is:read") == [rows[1]])
    #expect(try ids(a, "is:archived") == [rows[3]])

    try browser.press("o")
    try browser.wait("the article") { try browser.address.contains("/article/\(rows[4])") }
    try browser.press("?")
    try browser.wait("the help") { try browser.address == "\(list)help" }
    try browser.press("/")
    #expect(try browser.run("return document.activeElement.id") as? String == "q")
    // In a field keys are letters.
    try browser.press("jsr?")
    #expect(try browser.run("return document.activeElement.value") as? String == "jsr?")
  }

  @Test func `The next unread article is one key away`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    let rows = try a.articleIDs()
    try a.run("mark", "read", rows[0], rows[2]).expect(0)
    try browser.open("\(list)?q=-is:archived")
    let unread = try #require(
      try browser.run("return document.querySelector('#list > .unread').dataset.id") as? String)
    try browser.press("n")
    try browser.wait("the article") { try browser.address.contains("/article/\(unread)") }
    #expect(![rows[0], rows[2]].contains(unread))
  }

  /// The id of the row that the keys are at, which has the focus too.
  private func selected(_ browser: Browser) throws -> String? {
    try browser.run(
      """
      const row = document.querySelector("#list > .selected");
      return row && row.contains(document.activeElement) ? row.dataset.id : null;
      """) as? String
  }

  private func ids(_ laptop: Laptop, _ query: String) throws -> [String] {
    let found = try laptop.json("list", query)["articles"] as? [[String: Any]]
    return (found ?? []).compactMap { $0["id"] as? String }
  }
}
