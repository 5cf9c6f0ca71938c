import Foundation
import Testing

/// Browsers that run no script: all but progress and keys is there for them.
@Suite(.ownThreads, .inBrowser)
struct BrowserPlainStories {
  @Test func `Without script one reads, marks, tags, notes, highlights, searches and syncs`() throws
  {
    let world = try World()
    let a = try world.laptopWithSamples()
    try a.run("remote", "add", "share", try world.makeFolder("share")).expect(0)
    var options = Browser.Options()
    options.runsScript = false
    let (page, browser) = (try a.web(), try Browser(in: world, options))
    let list = try page.enter(browser)
    func submit(_ button: String, until condition: () throws -> Bool) throws {
      try browser.click(button)
      try browser.wait(button, until: condition)
    }

    try browser.type("compost", into: "#q")
    try submit("form.query button") { try browser.count("#list > li") == 1 }
    let id = try #require(try browser.attribute("data-id", of: "#list > li"))
    try submit("[value='starred \(id)']") { try browser.count("#list > .starred") == 1 }
    try submit("#list h2 a") { try browser.count("#text") == 1 }
    try submit("#mark [value=read]") { try browser.count("#mark [value=unread]") == 1 }
    try browser.type("evening", into: "#add-tag")
    try submit("#tag button") { try browser.words("#state").contains("evening") }
    try browser.type("Read it aloud.", into: "#note textarea")
    try submit("#note button") { try a.run("show", id).output.contains("Read it aloud.") }
    try browser.click("details.mark summary")
    try browser.type("There is a fork.", into: "#highlight-quote")
    try submit("#highlight button") {
      try browser.words("#text mark.yellow") == "There is a fork."
    }
    try browser.open("\(list)settings")
    try browser.click("[value=huge]")
    try submit("button.main") { try browser.count("html.huge") == 1 }
    try browser.open("\(list)sync")
    try submit("form[action$='/sync'] button") {
      try browser.words("main").contains("Synchronized with share")
    }
    try browser.open("\(list)history")
    try submit("form[action$='/undo'] button") { try browser.count("form[action$='/undo']") == 1 }

    // The last action was the highlight.
    let shown = try a.json("show", id)
    #expect((shown["highlights"] as? [Any])?.isEmpty != false)
    #expect(shown["read"] as? Bool == true && shown["starred"] as? Bool == true)
    #expect((shown["tags"] as? [String])?.contains("evening") == true)
    #expect(try browser.run("return document.scripts.length") as? Int == 1)
  }
}
