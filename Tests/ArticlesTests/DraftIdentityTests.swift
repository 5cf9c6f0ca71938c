import Articles
import Replication
import Testing

/// What a draft is called, before it has a place in a library (Protocol 5.3).
@Suite struct DraftIdentityTests {
  @Test func `copies of one address are one article, whatever else differs`() throws {
    let first = draft(url: "http://www.example.org/a/?utm_source=x", body: "one")
    let second = draft(url: "https://example.org/a", body: "two")
    #expect(try first.preimage(body: hash(1)) == second.preimage(body: hash(2)))
    let third = draft(url: "https://example.org/b", body: "one")
    #expect(try first.preimage(body: hash(1)) != third.preimage(body: hash(1)))
  }

  @Test func `without an address the text decides`() throws {
    let page = draft(url: nil, body: "one")
    #expect(try page.preimage(body: hash(1)) == ArticleID.preimage(body: hash(1)))
    #expect(try page.preimage(body: hash(1)) != page.preimage(body: hash(2)))
  }

  @Test func `an address that is none names no article`() throws {
    for text in ["", ":", "example.org/a", "http://"] {
      let page = draft(url: text, body: "one").withoutBlanks()
      #expect(page.url == nil, "\(text)")
      #expect(try page.preimage(body: hash(1)) == ArticleID.preimage(body: hash(1)))
    }
    let address = "mailto:a@example.org"
    #expect(draft(url: address, body: "one").withoutBlanks().url == address)
  }

  @Test func `blank tags are dropped, an import's own tags are added once`() {
    var page = draft(url: nil, body: "one")
    page.tags = ["", "a", "\u{3000}", "b"]
    let tagged = page.withoutBlanks().completed(tags: ["b", "c"])
    #expect(tagged.tags == ["a", "b", "c"])
  }

  @Test func `a site is the address's unless the draft names one`() {
    var page = draft(url: "https://www.Example.org/a", body: "one")
    #expect(page.completed(tags: []).site == "example.org")
    page.site = "The Example"
    #expect(page.completed(tags: []).site == "The Example")
    #expect(draft(url: nil, body: "one").completed(tags: []).site == nil)
  }

  @Test(arguments: [-1, 0, 1])
  func `a text or an address past the limit is refused`(excess: Int) {
    let body = [UInt8](repeating: 0x78, count: Limits.bodyBytes + excess)
    let long = ArticleDraft(title: "t", format: .text, body: body)
    #expect(long.excess == (excess > 0 ? .body(limit: Limits.bodyBytes) : nil))
    let start = "https://example.org/"
    let address = start + String(repeating: "a", count: Limits.urlBytes - start.utf8.count + excess)
    #expect(
      draft(url: address, body: "one").excess
        == (excess > 0 ? .address(limit: Limits.urlBytes) : nil))
  }

  private func draft(url: String?, body: String) -> ArticleDraft {
    var draft = ArticleDraft(title: "t", format: .text, body: Array(body.utf8))
    draft.url = url
    return draft
  }

  private func hash(_ byte: UInt8) throws -> ContentHash {
    try #require(ContentHash(bytes: [UInt8](repeating: byte, count: 32)))
  }
}
