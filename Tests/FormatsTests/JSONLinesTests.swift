import Articles
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// Articles as lines of JSON, and read again.
@Suite struct JSONLinesTests {
  @Test func `an article is one object under the names that scripts know`() throws {
    let article = exportedArticle("A \"b\"", "# T\n\u{1}") {
      $0.url = "https://example.org/a"
      $0.tags = ["a", "b"]
      $0.images = [ImageDraft(reference: "i.png", bytes: [0, 1, 2, 255])]
      $0.state.isRead = true
      $0.state.addedMilliseconds = 1_780_000_000_123
      $0.state.highlights = [exportedHighlight("T", color: "blue", note: "n")]
    }
    let text = try exportedText(.jsonLines, [article])
    #expect(
      text.hasPrefix("{\"satchel\":1,\"id\":\"\(article.id)\",\"url\":\"https://example.org/a\""))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["title"] as? String == "A \"b\"" && object["read"] as? Bool == true)
    #expect(
      object["content"] as? String == "# T\n\u{1}" && object["format"] as? String == "markdown")
    #expect(object["added"] as? String == "2026-05-28T20:26:40.123Z")
    let images = try #require(object["images"] as? [[String: String]])
    #expect(images == [["reference": "i.png", "data": "AAEC/w=="]])
    let marks = try #require(object["highlights"] as? [[String: Any]])
    #expect(marks.first?["colour"] as? String == "blue" && marks.first?["start"] as? Int == 7)
    let body = try #require(object["body"] as? [String: Any])
    #expect(body["size"] as? Int == 5 && body["present"] as? Bool == true)
  }

  @Test(arguments: 1...60)
  func `whatever an article holds comes back`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let articles = (1...4).map { number in
      exportedArticle(text(&random), number: number) { draft in
        draft.body = (0..<Int.random(in: 1...40, using: &random)).map { _ in
          UInt8.random(in: 0...(seed % 2 == 0 ? 255 : 126), using: &random)
        }
        draft.format = BodyFormat.allCases.randomElement(using: &random) ?? .text
        draft.url = maybe(&random)
        draft.author = maybe(&random)
        draft.editor = maybe(&random)
        draft.site = maybe(&random)
        draft.published = maybe(&random)
        draft.language = maybe(&random)
        draft.summary = maybe(&random)
        draft.tags = (0..<Int.random(in: 0...3, using: &random)).map { _ in text(&random) }
        draft.images = (0..<Int.random(in: 0...2, using: &random)).map { count in
          ImageDraft(
            reference: text(&random),
            bytes: (0..<count * 7).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        draft.state.isRead = .random(using: &random)
        draft.state.isStarred = .random(using: &random)
        draft.state.isArchived = .random(using: &random)
        draft.state.progressPercent = .random(in: 0...100, using: &random)
        draft.state.rating = .random(in: 0...5, using: &random)
        draft.state.note = maybe(&random)
        draft.state.addedMilliseconds = .random(in: 0...4_000_000_000_000, using: &random)
        draft.state.highlights = (0..<2).map {
          exportedHighlight(
            text(&random) + "x", number: $0, color: maybe(&random), note: maybe(&random))
        }
      }
    }
    let bytes = try exportedFile(.jsonLines, articles)
    let recorded = articles.map { article in
      var draft = article.draft.withoutBlanks()
      draft.isRecorded = true
      return FormatItem.Outcome.article(draft)
    }
    #expect(try read(bytes).map(\.outcome) == recorded)
  }

  @Test func `one bad line is told with its number, and the rest is read`() throws {
    let good = try exportedText(.jsonLines, [exportedArticle("Good")])
    let lines = [
      good, "{\"satchel\":1", "", "[]", "{\"satchel\":2,\"content\":\"x\"}",
      "{\"satchel\":1,\"content_base64\":\"?\"}",
      "{\"satchel\":1,\"content\":\"x\",\"images\":[{\"reference\":\"a\",\"data\":\"=\"}]}",
      "{\"satchel\":1,\"title\":\"no text\"}", good,
    ]
    let items = try read(
      Array(lines.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined().utf8))
    #expect(items.map(\.place) == [1, 2, 4, 5, 6, 7, 8, 9].map { "a.jsonl, line \($0)" })
    let skipped = items.filter { if case .skipped = $0.outcome { true } else { false } }
    #expect(skipped.count == 6)
    // Neither a text nor an address.
    #expect(items[6].outcome == .skipped(.noAddress))
  }

  @Test func `a text that is not here is said to be missing`() throws {
    let text = try exportedText(.jsonLines, [exportedArticle("T", "", hasText: false)])
    #expect(text.contains("\"body\":null,\"content\":null"))
  }

  @Test func `shares add up to the file, with and without a last line feed`() throws {
    let text = try exportedText(
      .jsonLines, [exportedArticle("T"), exportedArticle("U", number: 2)])
    for bytes in [Array(text.utf8), Array(text.utf8.dropLast())] {
      try withFolder { folder in
        try folder.write("a.jsonl", bytes)
        var reader = try Format.jsonLines.reader(of: .path(folder.place.pushing("a.jsonl")))
        var sum = 0
        while let record = reader.next() { sum += record.share }
        #expect(sum == bytes.count && reader.total == ReadingTotal(.bytes, bytes.count))
      }
    }
  }

  @Test func `a file of them is known by its first bytes`() throws {
    try withFolder { folder in
      try folder.write("a", try exportedFile(.jsonLines, [exportedArticle("T")]))
      #expect(Format.detected(at: folder.place.pushing("a")) == .jsonLines)
    }
  }
}

extension JSONLinesTests {
  private func read(_ bytes: [UInt8]) throws -> [FormatItem] {
    try withFolder { folder in
      try folder.write("a.jsonl", bytes)
      return try Array(Format.jsonLines.reader(of: .path(folder.place.pushing("a.jsonl"))).items())
    }
  }

  private func text(_ random: inout SeededGenerator) -> String {
    let pieces = ["\"", "\\", "\n", "\u{0}", "\u{1f}", "\u{7f}", "桥", "🙂", "<", "/", "é", "x"]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  private func maybe(_ random: inout SeededGenerator) -> String? {
    Bool.random(using: &random) ? text(&random) : nil
  }
}
