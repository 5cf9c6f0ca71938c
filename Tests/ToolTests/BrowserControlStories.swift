import Foundation
import Testing

/// What a page owes to those who use it with a keyboard, a finger, or their ears.
@Suite(.ownThreads, .inBrowser)
struct BrowserControlStories {
  @Test(arguments: [390, 1280])
  func `Controls have names, room and a ring, and no page is wider than its window`(
    width: Int
  ) throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let id = try #require(try a.articleIDs().first)
    try a.run("note", id, "-m", "one").expect(0)
    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    try browser.debug(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500])
    let places = [
      "", "?q=tea", "?q=is:foo", "article/\(id)", "tags", "sites", "conflicts", "bin", "history",
      "sync", "add", "settings", "help", "nothing/here",
    ]
    for place in places {
      try browser.open(list + place)
      #expect(try problems(browser) == [], "\(place)")
      #expect(try nameless(browser) == [], "\(place)")
      #expect(try browser.count("h1") == 1, "\(place)")
    }
  }

  @Test func `Tab goes through a page in its order, and shows where it is`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let (page, browser) = (try a.web(), try Browser(in: world))
    try page.enter(browser)
    try browser.press(Keys.tab)
    #expect(try focused(browser)["class"] as? String == "skip")
    #expect(try focused(browser)["top"] as? Double ?? -1 >= 0)
    try browser.press(Keys.enter)
    try browser.press(Keys.tab)
    #expect(try focused(browser)["isInMain"] as? Bool == true)
    var last = -1
    for _ in 0..<20 {
      let focus = try focused(browser)
      let place = try #require(focus["place"] as? Int)
      #expect(place > last && focus["ring"] as? Double ?? 0 >= 2, "\(focus)")
      last = place
      try browser.press(Keys.tab)
    }
  }

  /// What has the focus: its place among all elements, its ring's width, whether it is in sight.
  private func focused(_ browser: Browser) throws -> [String: Any] {
    let focus = try browser.run(
      """
      const one = document.activeElement, style = getComputedStyle(one);
      return {
        place: [...document.querySelectorAll("*")].indexOf(one), class: one.className,
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        top: one.getBoundingClientRect().top, isInMain: Boolean(one.closest("main")),
      };
      """)
    return try #require(focus as? [String: Any])
  }

  /// Controls that are too small (WCAG 2.2, 2.5.8, where links in a sentence are left out), or stand
  /// beside the page.
  private func problems(_ browser: Browser) throws -> [String] {
    let found = try browser.run(
      """
      const name = (one) => one.outerHTML.slice(0, 120), problems = [];
      const wide = document.documentElement.scrollWidth;
      if (wide > innerWidth) { problems.push(`${wide} pixels wide`); }
      for (const one of document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        const box = one.getBoundingClientRect();
        const isInText = one.localName === "a" && getComputedStyle(one).display === "inline";
        if (box.width === 0 || one.matches(".skip") || isInText) { continue; }
        const area = one.labels?.[0]?.contains(one) ? one.labels[0].getBoundingClientRect() : box;
        if (area.width < 24 || area.height < 24) {
          problems.push(`${area.width} x ${area.height}: ${name(one)}`);
        }
      }
      return problems;
      """)
    return try #require(found as? [String])
  }

  /// What has no name in the tree that assistive programs read.
  private func nameless(_ browser: Browser) throws -> [String] {
    let roles: Set<String> = [
      "button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "navigation",
      "progressbar", "image", "DisclosureTriangle", "spinbutton",
    ]
    let tree = try browser.debug("Accessibility.getFullAXTree")
    let nodes = try #require(tree["nodes"] as? [[String: Any]])
    #expect(nodes.count > 20)
    func value(_ node: [String: Any], _ key: String) -> String {
      ((node[key] as? [String: Any])?["value"] as? String ?? "")
    }
    return nodes.filter {
      roles.contains(value($0, "role")) && value($0, "name").isEmpty
        && $0["ignored"] as? Bool != true
    }.map { "\(value($0, "role")): \($0["properties"] ?? "")" }
  }
}

/// Keys that are no letters, as WebDriver spells them.
enum Keys {
  static let tab = "\u{E004}"
  static let enter = "\u{E007}"
  static let escape = "\u{E00C}"
}
