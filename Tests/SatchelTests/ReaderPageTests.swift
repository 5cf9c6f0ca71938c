import Foundation
import Satchel
import Testing

/// What the product has for pages that show articles.
@Suite struct ReaderPageTests {
  private func library(_ text: String, _ format: BodyFormat = .markdown) async throws
    -> (Library, ArticleRow)
  {
    let library = try await Library.inMemory()
    let draft = ArticleDraft(title: "Tea", format: format, body: Array(text.utf8))
    let id = try await library.add(draft).id
    return (library, try #require(try await library.article(id)))
  }

  private func html(_ page: ReaderPage) -> String {
    String(decoding: page.text?.html ?? [], as: UTF8.self)
  }

  @Test func `a page has the text with its highlights marked, and no second title`() async throws {
    let (library, row) = try await library("# Tea\n\n## How\n\nBoil water, and wait.")
    let made = try await library.highlight(row, passage: "water", color: "green")
    let page = try await library.readerPage(of: row) { _ in nil }
    let id = try #require(made.changed.first)
    #expect(
      html(page) == """
        <h3>How</h3>
        <p>Boil <mark id="mark-\(id)" class="green">water</mark>, and wait.</p>

        """)
    #expect(page.highlights == (try await library.highlights(of: row)))
    #expect(page.text?.partsOfMarks == [page.highlights[0].markID: 1])
  }

  @Test func `only pictures that are here and may be shown are shown`() async throws {
    let library = try await Library.inMemory()
    var draft = ArticleDraft(
      title: "Tea", format: .markdown,
      body: Array("![a](a.png) ![b](b.svg) ![c](https://e.org/c.png)".utf8))
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
    draft.images = [
      ImageDraft(reference: "a.png", bytes: png),
      ImageDraft(reference: "b.svg", bytes: Array("<svg onload='x()'/>".utf8)),
    ]
    let row = try #require(try await library.article(try await library.add(draft).id))
    let images = try await library.images(of: row)
    let (picture, drawing) = (try #require(images["a.png"]), try #require(images["b.svg"]))
    #expect(images.held == [picture, drawing])
    #expect(images.held("a.png") == picture && images.held("https://e.org/c.png") == nil)
    #expect(try await library.pictureKind(of: picture) == .png)
    #expect(try await library.pictureKind(of: drawing) == nil)
    let page = try await library.readerPage(of: row) { $0 == picture ? "/\($0)" : nil }
    #expect(
      html(page) == """
        <p><img src="/\(picture)" alt="a" loading="lazy"> [image: b] <a href="https://e.org/c.png" \
        rel="noreferrer noopener">[image: c]</a></p>

        """)
  }

  @Test func `a very long text is shown in parts, and first the one in which its reader stopped`()
    async throws
  {
    let words = String(repeating: "tea ", count: 250)
    let text = (0..<1_200).map { "Paragraph \($0) of \(words)" }.joined(separator: "\n\n")
    let (library, row) = try await library(text)
    let first = try #require(try await library.readerPage(of: row) { _ in nil }.text)
    #expect(first.number == 1 && first.count > 2)
    _ = try await library.setProgress(row.id, percent: 99)
    let read = try #require(try await library.article(row.id))
    let last = try #require(try await library.readerPage(of: read) { _ in nil }.text)
    #expect(last.number == first.count && last.count == first.count)
    #expect(String(decoding: last.html, as: UTF8.self).contains("Paragraph 1199 of"))
    let chosen = try await library.readerPage(of: read, part: 1) { _ in nil }
    #expect(chosen.text?.html == first.html)
    let none = try await library.readerPage(of: read, part: 99) { _ in nil }
    #expect(none.text?.html.isEmpty == true && none.text?.count == first.count)
    for part in 1...first.count {
      let part = try await library.readerPage(of: read, part: part) { _ in nil }
      #expect((part.text?.html.count ?? 0) < HTMLPart.usualBytes + (128 << 10))
    }
  }

  @Test func `an article without a text has a page without one`() async throws {
    let library = try await Library.inMemory()
    let id = try await library.add(ArticleDraft(title: "Tea", url: "https://e.org/")).id
    let row = try #require(try await library.article(id))
    let page = try await library.readerPage(of: row) { _ in nil }
    #expect(page.text == nil && page.highlights.isEmpty)
  }

  @Test func `progress that is kept while one reads is no action`() async throws {
    let (library, row) = try await library("Tea.")
    _ = try await library.mark([row.id], .starred)
    _ = try await library.keepProgress(row.id, percent: 40)
    #expect(try await library.article(row.id)?.article.progressPercent == 40)
    await #expect(throws: LibraryError.self) {
      try await library.keepProgress(row.id, percent: 101)
    }
    _ = try await library.undo()
    let after = try await library.article(row.id)?.article
    #expect(after?.isStarred == false && after?.progressPercent == 40)
  }

  @Test func `the places of a passage are told with what stands around them`() async throws {
    let (library, row) = try await library("red tea, green tea\n\nand black\ntea")
    let places = try await library.places(of: " tea ", in: row)
    #expect(
      places.map(\.prefix) == ["red ", "red tea, green ", "red tea, green tea\n\nand black "])
    #expect(places.map(\.suffix).last == "")
    #expect(try await library.places(of: "tea", in: row, limit: 2).count == 2)
    #expect(try await library.places(of: "coffee", in: row).isEmpty)
    #expect(try await library.places(of: " ", in: row).isEmpty)
    for (index, place) in places.enumerated() {
      let made = try await library.highlight(row, passage: "tea", number: index + 1)
      let highlight = try #require(try await library.highlight(made.changed[0]))
      #expect(highlight.highlight.anchor.start == place.start)
    }
  }
}

/// What stands beside an article in a list that was asked for a while ago.
@Suite struct ArticleNeighborsTests {
  @Test func `neighbors stay what they were, but for those that were deleted`() async throws {
    let library = try await Library.inMemory()
    var ids: [ArticleID] = []
    for number in 0..<6 {
      var draft = ArticleDraft(
        title: "\(number)", format: .text, body: Array("text \(number)".utf8))
      draft.published = "2020-01-0\(9 - number)"
      ids.append(try await library.add(draft).id)
    }
    let query = try ArticleQuery("is:unread")
    let listing = try await library.list(query)
    _ = try await library.mark([ids[1], ids[3]], .read)
    _ = try await library.delete([ids[2]])
    let neighbors = try #require(try await listing.neighbors(of: ids[1]))
    #expect(neighbors.previous?.id == ids[0] && neighbors.next?.id == ids[3])
    #expect(neighbors.nextUnread?.id == ids[4])
    let first = try #require(try await listing.neighbors(of: ids[0]))
    #expect(first.previous == nil && first.next?.id == ids[1])
    let last = try #require(try await listing.neighbors(of: ids[5]))
    #expect(last.next == nil && last.nextUnread == nil)
    #expect(try await library.list(query).neighbors(of: ids[1]) == nil)
  }
}

/// Notes that are written in forms which were open for long.
@Suite struct OpenFormTests {
  /// A form: what it began with, and what it keeps of that.
  private func open(_ library: Library, _ id: ArticleID) async throws -> String {
    let shown = try await library.note(of: id)
    return try #require(ShownMemo(shown, text: shown.text ?? "").text)
  }

  private func send(
    _ text: String, with memo: String, _ library: Library, _ id: ArticleID
  ) async throws {
    let register = try await library.note(of: id).register
    let shown = try #require(ShownMemo(memo)?.shown(of: register, sending: text))
    _ = try await library.setNote(id, text, over: shown)
  }

  @Test func `saving an old form keeps what another laptop wrote meanwhile as a conflict`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    let id = try await study.add(house.draft(1)).id
    _ = try await study.setNote(id, "first")
    try await house.carry("1.satchel", from: study, to: kitchen)
    let (one, two) = (try await open(study, id), try await open(study, id))
    _ = try await kitchen.setNote(id, "from the kitchen")
    try await house.carry("2.satchel", from: kitchen, to: study)
    #expect(try await study.note(of: id).text == "from the kitchen")

    // The first form is sent as it was: nobody wrote anything.
    try await send("first", with: one, study, id)
    #expect(try await study.note(of: id).text == "from the kitchen")
    #expect(try await study.conflicts(inNoteOf: id).isEmpty)
    // The second was changed: what it did not show stays beside it.
    try await send("from the study", with: two, study, id)
    #expect(try await study.note(of: id).text == "from the study")
    var lost = try await study.conflicts(inNoteOf: id)
    #expect(lost.map(\.lost.value.text) == ["from the kitchen"])
    // So does what the first form sends now, though it never saw the second.
    try await send("from the first", with: one, study, id)
    lost = try await study.conflicts(inNoteOf: id)
    let texts = lost.map(\.lost.value.text) + [try await study.note(of: id).text]
    #expect(Set(texts) == ["from the kitchen", "from the study", "from the first"])

    try await house.carry("3.satchel", from: study, to: kitchen)
    #expect(try await kitchen.status().fingerprint == study.status().fingerprint)
    // A form that shows all of them answers all.
    let settled = try await open(study, id)
    try await send("all", with: settled, study, id)
    #expect(try await study.conflicts(inNoteOf: id).isEmpty)
  }

  @Test func `an empty form that is sent empty takes nothing away`() async throws {
    let library = try await Library.inMemory()
    let id = try await library.add(
      ArticleDraft(title: "Tea", format: .text, body: Array("Tea".utf8))
    ).id
    let memo = try await open(library, id)
    _ = try await library.setNote(id, "meanwhile")
    try await send("", with: memo, library, id)
    #expect(try await library.note(of: id).text == "meanwhile")
    #expect(try await library.conflicts(inNoteOf: id).isEmpty)
  }
}
