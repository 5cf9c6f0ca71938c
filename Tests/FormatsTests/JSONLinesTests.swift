import Articles
import Files
import Replication
import TestSupport
import Testing

@testable import Formats

/// A library's own lines of JSON: what is written is read back, whatever it holds.
struct JSONLinesTests {
  private func draft(using generator: inout SeededGenerator) -> ArticleDraft {
    let texts = ["", "tea", "a \"b\" \\ c", "中文\n\u{1}\u{7F}", "\u{2028}😀", " spaces "]
    func text() -> String { texts.randomElement(using: &generator) ?? "" }
    func some() -> String? { Bool.random(using: &generator) ? text() : nil }
    func flag() -> Bool { Bool.random(using: &generator) }
    var draft = ArticleDraft(
      title: text(), url: "https://example.org/\(UInt8.random(in: 0...9, using: &generator))")
    (draft.author, draft.editor, draft.site) = (some(), some(), some())
    (draft.published, draft.language, draft.summary) = (some(), some(), some())
    draft.tags = flag() ? ["a, b", "中"] : []
    draft.format = .markdown
    if flag() {
      draft.format = [.markdown, .html, .text].randomElement(using: &generator) ?? .text
      draft.body = flag() ? Array("# \(text())x".utf8) : [0xFF, 0, 0xC0] + Array(text().utf8)
    }
    if flag() {
      draft.images = [
        ImageDraft(
          reference: "a/ü.png",
          bytes: [0, 1, 2, 255].suffix(Int.random(in: 0...4, using: &generator)))
      ]
    }
    var state = DraftState()
    (state.isRead, state.isStarred, state.isArchived) = (flag(), flag(), flag())
    (state.progressPercent, state.rating) = (Int.random(in: 0...100, using: &generator), 3)
    state.note = some()
    state.addedMilliseconds = Int64.random(in: 0...2_000_000_000_000, using: &generator)
    if flag() {
      let anchor = HighlightAnchor(
        body: flag() ? ContentHash(bytes: [UInt8](repeating: 7, count: 32)) : nil, textVersion: 1,
        quote: "tea\n \"x\"", prefix: text(), suffix: text(), start: 3, end: 9)
      let highlight = Highlight(
        article: ArticleID(key: Identifier(high: 1, low: 2)), anchor: anchor,
        color: flag() ? "yellow" : nil, note: some(), addedMilliseconds: 1_500_000_000_123)
      state.highlights = [HighlightDraft(HighlightID(key: Identifier(high: 3, low: 4)), highlight)]
    }
    draft.state = state
    draft.isRecorded = true
    return draft
  }

  @Test(arguments: UInt64(0)..<60)
  func `a line says all of an article`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try withFolder { folder in
      let place = folder.place.pushing("a.jsonl")
      let drafts = (0..<3).map { _ in draft(using: &generator) }
      var writer = try Format.jsonLines.writer(at: place)
      for draft in drafts {
        try writer.write(ExportedArticle(ArticleID(key: Identifier(high: 1, low: 2)), draft))
      }
      try writer.finish()
      #expect(Format.detected(at: place) == .jsonLines)
      let items = Array(try Format.jsonLines.reader(of: .path(place)).items())
      #expect(items.map(\.draft) == drafts, "seed \(seed)")
    }
  }

  @Test func `a line of another version, or that is torn, costs itself alone`() throws {
    let whole = "{\"satchel\":1,\"url\":\"https://a.example/1\"}"
    let text = [
      whole, "{\"satchel\":2,\"url\":\"https://a.example/1\"}", "{\"url\":\"https://a.example/1\"}",
      "{\"satchel\":1,\"bytes\":\"x\"}", "{\"satchel\":1}", whole,
    ].joined(separator: "\n")
    let items = try exportItems(.jsonLines, text)
    #expect(items.map(\.reason) == [nil, .notJSON, .notJSON, .notJSON, .noAddress, nil])
  }

  @Test func `base64 is what RFC 4648 says`() {
    for (text, coded) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ] {
      #expect(Base64.text(of: Array(text.utf8)) == coded)
      #expect(Base64.bytes(of: coded) == Array(text.utf8))
    }
    for coded in ["Z", "Zg=", "Zg", "Z===", "Zh==", "Zm9=", "Z g=", "===="] {
      #expect(Base64.bytes(of: coded) == nil, "\(coded)")
    }
    let all = (0...255).map { UInt8($0) }
    #expect(Base64.bytes(of: Base64.text(of: all)) == all)
  }
}
