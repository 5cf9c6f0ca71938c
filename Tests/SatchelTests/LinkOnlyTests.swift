import Articles
import Replication
import Satchel
import Testing

/// Articles that are an address and have no text (Protocol 5.2).
struct LinkOnlyTests {
  private let address = "https://example.org/tea"

  private func link(_ title: String = "") -> ArticleDraft {
    ArticleDraft(title: title, url: address)
  }

  private func page() -> ArticleDraft {
    var page = ArticleDraft(title: "Tea", format: .markdown, body: Array("Hot tea.".utf8))
    page.url = "http://www.example.org/tea/"
    return page
  }

  @Test func `nothing of it is missing, it is found, and its text is empty`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    let added = try await library.add(link())
    #expect(added.outcome == .added)
    #expect(try await library.add(link()).outcome == .unchanged)
    let row = try await library.article(address)
    #expect(row.article.body == nil && row.article.title.isEmpty && row.article.heading == address)
    #expect(row.article.site == "example.org")
    #expect(try await library.status().missingBodies == 0)
    for (query, count) in [("is:link", 1), ("is:missing", 0), ("site:example.org", 1)] {
      #expect(try await library.count(of: ArticleQuery(ArticleFilter(query))) == count, "\(query)")
    }
    #expect(try await library.plainText(of: row) == nil)
    _ = try await library.mark([row.id], .starred)
    #expect(try await library.check(deep: true).result().damage == [])
  }

  @Test func `a text that comes later joins it, from a page or from another replica`() async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    _ = try await study.add(link("Something about tea"))
    try await house.carry("1.satchel", from: study, to: kitchen)
    #expect(try await kitchen.add(page()).outcome == .changed)
    try await house.carry("2.satchel", from: kitchen, to: study)
    let row = try await study.article(address)
    #expect(try await study.articles(.all).count == 1)
    #expect(try await study.plainText(of: row) == "Hot tea.")
    #expect(row.article.title == "Tea" && row.article.format == .markdown)
    // The address once more takes nothing away.
    _ = try await study.add(link())
    #expect(try await study.plainText(of: study.article(address)) == "Hot tea.")
  }

  @Test func `what is neither an address nor a text is no article`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    await #expect(throws: LibraryError.self) {
      try await library.add(ArticleDraft(title: "t", format: .text, body: []))
    }
    await #expect(throws: LibraryError.self) {
      try await library.add(ArticleDraft(title: "t", url: "tea"))
    }
    #expect(try await library.articles(.all).isEmpty)
  }

  @Test func `what an export file tells changes nothing that is here, and gives way to a page`()
    async throws
  {
    let house = try Household()
    let library = try await house.create("study")
    var told = link("tea.html - example.org")
    told.isRecorded = true
    told.state.addedMilliseconds = 1_400_000_000_000
    #expect(try await library.add(told).outcome == .added)
    #expect(try await library.add(page()).outcome == .changed)
    var other = told
    (other.title, other.summary, other.body) = ("Other", "About tea", Array("Other".utf8))
    #expect(try await library.add(other).outcome == .changed)
    let row = try await library.article(address)
    #expect(row.article.title == "Tea" && row.article.summary == "About tea")
    #expect(try await library.plainText(of: row) == "Hot tea.")
    #expect(row.article.addedMilliseconds == 1_400_000_000_000)
  }
}
