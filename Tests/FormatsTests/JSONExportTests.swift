import Articles
import Testing

@testable import Formats

/// Exports in JSON: wallabag's and Omnivore's older one.
struct JSONExportTests {
  private let wallabag = """
    [{"is_archived":1,"is_starred":false,"user_name":"x","tags":["a b",{},{"label":"c"}],"id":"7",
      "title":"No title found","url":"https://example.org/w","content":"<p>Hot <b>tea</b>.</p>",
      "created_at":"2016-09-08T11:55:58+0200","updated_at":"2016-09-09T11:55:58+0200",
      "published_at":"2016-09-01T00:00:00+0200","published_by":["Ann","Bob"],"language":"en_US",
      "annotations":[{"quote":"Hot tea","text":"mm","created_at":"2016-09-10T11:55:58+0200"},
      {"quote":"gone"},{}]},
     {"is_archived":false,"is_starred":1,"tags":"x,y","id":8,"title":"Two",
      "url":"https://example.org/2","content":"wallabag can't retrieve contents for this article."}]
    """

  @Test func `wallabag's entries, with their texts, marks and annotations`() throws {
    let found = try drafts(.wallabag, wallabag)
    #expect(found.map(\.title) == ["", "Two"])
    #expect(found.map(\.text) == ["<p>Hot <b>tea</b>.</p>", ""])
    #expect(found[0].format == .html && found[0].author == "Ann, Bob")
    #expect(found[0].language == "en-US" && found[0].published == "2016-08-31T22:00:00Z")
    #expect(found.map(\.tags) == [["a b", "c"], ["x", "y"]])
    #expect(found.map(\.state.isArchived) == [true, nil])
    #expect(found.map(\.state.isRead) == [true, nil])
    #expect(found.map(\.state.isStarred) == [false, true])
    #expect(found[0].state.addedMilliseconds == 1_473_328_558_000)
    #expect(found[0].state.changedMilliseconds == 1_473_414_958_000)
    #expect(found[0].state.highlights.map(\.quote) == ["Hot tea", "gone"])
    #expect(found[0].state.highlights[0].note == "mm")
    #expect(found[0].state.highlights[0].createdMilliseconds == 1_473_501_358_000)
    #expect(found.allSatisfy { $0.isRecorded })
  }

  @Test func `the first version's entries, whose members stand there twice`() throws {
    let found = try drafts(
      .wallabag,
      """
      [{"0":"1","id":"1","1":"T","title":"T","2":"https://example.org/1","url":"https://example.org/1",
        "3":"1","is_read":"1","4":"0","is_fav":"0","5":"<p>x</p>","content":"<p>x</p>","tags":"a,b"}]
      """)
    #expect(found.map(\.title) == ["T"] && found.map(\.text) == ["<p>x</p>"])
    #expect(found.map(\.state.isRead) == [true] && found.map(\.state.isStarred) == [false])
    #expect(found.map(\.tags) == [["a", "b"]])
  }

  @Test func `Omnivore's older file has texts and highlights in it`() throws {
    let found = try drafts(
      .omnivore,
      """
      [{"slug":"a","title":"T","description":"About","author":null,"url":"https://example.org/1",
        "state":"Archived","readingProgress":41.6,"labels":[{"name":"x"},"y"],
        "savedAt":"2023-01-02T03:04:05.678Z","updatedAt":"2023-02-02T03:04:05.678Z",
        "publishedAt":null,"content":"<p>tea</p>",
        "highlights":[{"quote":"tea","annotation":"mm","createdAt":"2023-01-03T00:00:00Z"}]},
       {"slug":"b","title":"News","url":"https://omnivore.app/no_url?q=1","readingProgress":100,
        "content":"<p>n</p>"},
       {"slug":"c","title":"Nothing","url":"https://omnivore.app/no_url?q=2"}]
      """)
    #expect(found.map(\.url) == ["https://example.org/1", nil])
    let first = try #require(found.first)
    #expect(first.title == "T" && first.summary == "About" && first.author == nil)
    #expect(first.published == nil && first.tags == ["x", "y"] && first.text == "<p>tea</p>")
    #expect(first.state.isArchived == true && first.state.isRead == nil)
    #expect(first.state.progressPercent == 42)
    #expect(first.state.addedMilliseconds == 1_672_628_645_678)
    #expect(first.state.changedMilliseconds == 1_675_307_045_678)
    #expect(first.state.highlights.map(\.quote) == ["tea"])
    #expect(first.state.highlights.map(\.note) == ["mm"])
    #expect(found[1].state.isRead == true && found[1].state.isArchived == nil)
  }

  @Test(arguments: [1, 5, 1 << 16])
  func `records are cut out one by one, and what is wrong with one costs that one`(size: Int) throws
  {
    let text = #" [ {"a":"]},{"} , {"b":[1,{}]},{"c": },  7, "\"]" ,{"d":1}]trailing"#
    #expect(
      try records(text, size: size) == [
        #"{"a":"]},{"}"#, #"{"b":[1,{}]}"#, #"{"c": }"#, "7", #""\"]" "#, #"{"d":1}"#,
      ])
    #expect(try records("{\"a\":1}\n{\"b\":2}\n\n", size: size) == ["{\"a\":1}", "{\"b\":2}"])
    #expect(try records("[}{\"a\":1}", size: size) == ["}", "{\"a\":1}"])
    #expect(try records("]\n7", size: size) == ["]", "7"])
    #expect(try records("[]", size: size) == [] && records(" ", size: size) == [])
    let items = try exportItems(
      .wallabag, "[{\"url\":\"https://a.example/1\"},{\"b\": },7,{\"url\":")
    #expect(items.map(\.reason) == [nil, .notJSON, .notJSON, .cutOff])
    #expect(items.map(\.place).last == "export, record 4")
  }

  @Test(arguments: [1, 1 << 16])
  func `a record beyond the limit is passed over, and the next one is read`(size: Int) throws {
    let text = "[{\"a\":\"\(String(repeating: "x,}", count: 20))\"},{\"b\":1}]"
    var reader = JSONRecords(Trickle(text, size: size), limit: 40)
    #expect(try reader.next()?.bytes == .failure(.tooLarge(limit: 40)))
    #expect(try reader.next()?.bytes == .success(Array("{\"b\":1}".utf8)))
    #expect(try reader.next() == nil)
  }

  private func records(_ text: String, size: Int) throws -> [String] {
    var reader = JSONRecords(Trickle(text, size: size))
    var found: [String] = []
    while let record = try reader.next() {
      found.append(String(decoding: try record.bytes.get(), as: UTF8.self))
    }
    return found
  }
}
