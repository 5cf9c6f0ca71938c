import Satchel
import Testing

@testable import WebReader

@Suite struct FrameTests {
  private func page(
    _ browser: TestVisit, section: PageFrame.Section? = nil, facts: LibraryFacts = LibraryFacts()
  ) -> String {
    var visit = browser.visit(.get, "")
    visit.facts = facts
    let answer = PageFrame(visit: visit, title: "T<i>", section: section).page("<h1>x</h1>\n")
    return TestVisit.Answer(response: answer).text
  }

  @Test func `a page leads to every place, and says which one it is`() async throws {
    let browser = TestVisit(try await Library.inMemory())
    let html = page(browser, section: .tags, facts: LibraryFacts(conflicts: 3))
    for place in PageFrame.Section.allCases where place != .list {
      #expect(html.contains("<a href=\"/prefix/\(place.rawValue)\""), "\(place)")
    }
    #expect(html.contains("<a href=\"/prefix/tags\" aria-current=\"page\">Tags</a>"))
    #expect(html.matches(of: /aria-current/).count == 1)
    #expect(html.contains("Conflicts <span class=\"alarm\">3</span>"))
    #expect(html.contains("<title>T&lt;i&gt; · Satchel</title>"))
  }

  @Test func `a page leads to itself anew, spelt as this program spells addresses`() async throws {
    let browser = TestVisit(try await Library.inMemory())
    let text = await browser.get("tags?from=2&a%22%26b=%3Cc").text
    #expect(
      text.contains(
        "<a href=\"/prefix/tags?from=2&amp;a%22%26b=%3Cc\">Load this page again</a>"))
  }

  @Test func `conflicts are a place where there are any`() async throws {
    let browser = TestVisit(try await Library.inMemory())
    #expect(!page(browser).contains("/prefix/conflicts"))
  }

  @Test func `who only reads gets no token, and nothing that changes something`() async throws {
    var browser = TestVisit(try await Library.inMemory())
    #expect(page(browser).contains("data-token=\"token\""))
    browser.isReadOnly = true
    let html = page(browser)
    #expect(!html.contains("token") && !html.contains("/prefix/sync") && !html.contains("/add"))
    #expect(!html.contains("method=\"post\""))
  }

  @Test func `the size of text and the end of an article are as the reader chose`() async throws {
    var browser = TestVisit(try await Library.inMemory())
    #expect(page(browser).contains("class=\"medium\"") && !page(browser).contains("data-end"))
    browser.preferences = Preferences(cookie: "huge.end")
    #expect(page(browser).contains("class=\"huge\"") && page(browser).contains(" data-end"))
  }

  @Test(arguments: [Asset.style, .script, .icon])
  func `a page's own files are kept for good under the hash of their bytes`(
    asset: Asset
  ) async throws {
    let browser = TestVisit(try await Library.inMemory())
    let address = "/prefix/\(asset.kind)/\(asset.hash)"
    #expect(page(browser).contains("\"\(address)\""))
    let answer = await browser.get(address)
    #expect(answer.status == 200 && answer.text == asset.text)
    #expect(answer.header("Content-Type") == asset.type)
    #expect(answer.header("Cache-Control") == "private, max-age=31536000, immutable")
    #expect(await browser.get("\(asset.kind)/0123456789abcdef").status == 404)
  }

  @Test func `what a page says of the library is of its present revision`() async throws {
    let library = try await Library.inMemory()
    let browser = TestVisit(library)
    let before = await browser.get("help").header("Satchel-Revision")
    #expect(before == "\(try await library.revision())")
    try await library.rename("the <study>")
    let after = await browser.get("help")
    #expect(after.header("Satchel-Revision") == "\(try await library.revision())")
    #expect(after.text.contains("the &lt;study&gt;</a>"))
  }
}

@Suite struct ScriptTests {
  @Test func `the script is one small file in strict mode that makes no markup of text`() {
    #expect(Script.text.utf8.count < 10_000)
    #expect(Script.text.hasPrefix("\"use strict\";\n"))
    for unsafe in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "http"] {
      #expect(!Script.text.contains(unsafe), "\(unsafe)")
    }
  }
}
