import Foundation
import TestSupport
import Testing

/// Documents that would do something if a page let them.
@Suite(.ownThreads, .inBrowser)
struct BrowserHostileStories {
  @Test func `No document reaches out, runs a script or moves its page`() throws {
    let world = try World()
    let sink = try world.site("sink")
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    let records = try hostileRecords(sink: sink.address.dropLast())
    try world.write(Data(records.joined(separator: "\n").utf8), to: "hostile.jsonl")
    try a.run("import", "jsonl", world.path("hostile.jsonl")).expect(0)
    let ids = try a.articleIDs()
    #expect(ids.count == records.count && ids.count >= 25)

    let (page, browser) = (try a.web(), try Browser(in: world))
    let list = try page.enter(browser)
    // What the documents' scripts would call.
    try browser.debug(
      "Page.addScriptToEvaluateOnNewDocument", ["source": "window.x = () => { window.ran = true; }"]
    )
    let places = ids.map { "article/\($0)" } + ["", "tags", "sites", "history", "?q=tea"]
    for place in places {
      try browser.open(list + place)
      #expect(try browser.address == list + place)
      #expect(try browser.count("main h1") == 1, "\(place)")
      #expect(try browser.count("#text") == (place.hasPrefix("article/") ? 1 : 0), "\(place)")
      #expect(try browser.run("return window.ran || false") as? Bool == false, "\(place)")
      #expect(try offences(browser) == [], "\(place)")
    }
    #expect(sink.requests == "")
    // It would have heard.
    try browser.open("\(sink.address)1.js")
    try browser.wait("a request") { sink.requests.contains("/1.js") }
  }

  /// Each document once, with names as hostile as it.
  private func hostileRecords(sink: Substring) throws -> [String] {
    let names = HostileDocument.names(sink: String(sink))
    return try HostileDocument.all(sink: String(sink)).enumerated().map { number, document in
      let name = names[number % names.count]
      let record: [String: Any] = [
        "satchel": 1, "url": "https://hostile.example/\(number)", "title": "\(number) \(name)",
        "author": name, "site": name, "tags": [name], "note": name, "read": false,
        "format": document.format.rawValue, "content": document.text,
      ]
      let data = try JSONSerialization.data(withJSONObject: record, options: .sortedKeys)
      // A record is known by how it begins.
      let text = String(decoding: data, as: UTF8.self).replacing("\"satchel\":1,", with: "")
      return "{\"satchel\":1,\(text.dropFirst())"
    }
  }

  /// Elements and attributes that no page of ours has, as the browser's own parser found them.
  private func offences(_ browser: Browser) throws -> [String] {
    let found = try browser.run(
      """
      const foreign = "script, iframe, frame, object, embed, svg, math, style, link, base, meta, "
        + "video, audio, template, [srcdoc], [style], [srcset], [autofocus], [formaction]";
      const offences = [...document.body.querySelectorAll(foreign)];
      for (const one of document.body.querySelectorAll("*")) {
        for (const { name, value } of one.attributes) {
          const address = ["href", "src", "action"].includes(name) && new URL(value, location.href);
          const isOdd = address && (!["http:", "https:", "mailto:"].includes(address.protocol)
            || (name !== "href" && address.origin !== location.origin));
          if (name.startsWith("on") || isOdd) { offences.push(one); }
        }
      }
      return offences.map((one) => one.outerHTML.slice(0, 200));
      """)
    return try #require(found as? [String])
  }
}
