import Articles
import Formats
import LibraryStore
import Testing

@testable import Satchel

/// Articles that leave a library for foreign files and come into another one, with their state.
struct FormatStoryTests {
  @Test func `a folder of pages carries a library's articles and state to another`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    try house.write("# One\n\n![m](map.png)\n", to: "pages/a/one.md")
    try house.write("picture", to: "pages/a/map.png")
    try house.write("---\ntitle: Two\nurl: https://example.org/2\n---\nText\n", to: "pages/two.md")
    try house.write("<title>Three</title><p>x", to: "pages/three.html")
    _ = try await study.importPages([FilePath(house.url("pages").path)]).result()
    let ids = try await study.articles().map(\.id)
    _ = try await study.mark(ids, .read)
    _ = try await study.mark([ids[0]], .starred)
    _ = try await study.mark([ids[1]], .archived)
    _ = try await study.setProgress(ids[1], percent: 40)
    _ = try await study.rate(ids[2], stars: 5)
    _ = try await study.setNote(ids[2], "Two\nlines")
    _ = try await study.tag(ids, ["kept", "a: b"])

    let folder = FilePath(house.url("out").path)
    try await export(study, to: folder)
    let kitchen = try await house.create("kitchen")
    let summary = try await kitchen.importPages([folder]).result()
    #expect(summary.added == 3 && summary.skipped.isEmpty && summary.passedOver.isEmpty)
    #expect(try await articles(of: kitchen) == articles(of: study))

    let again = try await kitchen.importPages([folder]).result()
    #expect(again.added == 0 && again.changed == 0 && again.unchanged == 3)
  }

  @Test func `lines of JSON carry everything to another library`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    var page = ArticleDraft(title: "Tea", format: .markdown, body: Array("Hot tea, hot tea.".utf8))
    page.url = "https://example.org/tea"
    page.images = [ImageDraft(reference: "m.png", bytes: [0, 255])]
    let link = ArticleDraft(title: "", url: "https://example.org/link")
    let bare = ArticleDraft(title: "Bare", format: .text, body: [0xFF, 0x41])
    let ids = try await study.add([page, link, bare]).articles.map(\.id)
    _ = try await study.mark([ids[0]], .read)
    _ = try await study.mark([ids[1]], .starred)
    _ = try await study.setNote(ids[1], "Two\nlines")
    _ = try await study.tag(ids, ["kept", "a: b"])
    let row = try #require(try await study.article(ids[0]))
    _ = try await study.highlight(row, passage: "hot tea", number: 1, color: "yellow", note: "mm")

    let file = FilePath(house.url("out.jsonl").path)
    try await export(study, to: file, as: .jsonLines)
    let kitchen = try await house.create("kitchen")
    let summary = try await kitchen.importPages([file]).result()
    #expect(summary.added == 3 && summary.skipped.isEmpty && summary.highlights == 1)
    #expect(try await articles(of: kitchen) == articles(of: study))
    let (told, kept) = (
      try await study.highlights(of: row), try await kitchen.highlights(of: row)
    )
    #expect(told == kept && told.count == 1)
    let again = try await kitchen.importPages([file]).result()
    #expect(again.unchanged == 3 && again.added + again.changed + again.highlights == 0)
  }

  @Test(arguments: [
    ("a.csv", "url,title\nhttps://example.org/1,One\n\n"),
    ("a.html", "<DL><DT><A HREF='https://example.org/1' ADD_DATE='1'>One</A></DL>\n\n"),
    ("a.json", "[{\"is_archived\":1,\"url\":\"https://example.org/1\",\"is_starred\":0}]\n\n"),
  ])
  func `the progress of an import ends at its total`(name: String, text: String) async throws {
    let house = try Household()
    let study = try await house.create("study")
    try house.write(text, to: name)
    var last: WorkProgress?
    for try await event in study.importPages([FilePath(house.url(name).path)]) {
      if case .progress(let progress) = event, progress.step == .work { last = progress }
    }
    #expect(try await study.count(of: .all) == 1)
    #expect(last == WorkProgress(.bytes, done: text.utf8.count, total: text.utf8.count))
  }

  @Test func `state that was imported never undoes what was done here`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    func page(_ properties: String) -> String {
      "---\ntitle: T\nsource: https://example.org/t\n\(properties)satchel: 1\n---\nText\n"
    }
    let pages = FilePath(house.url("pages").path)
    try house.write(page(""), to: "pages/t.md")
    _ = try await study.importPages([pages]).result()
    let id = try #require(try await study.articles().first?.id)
    _ = try await study.mark([id], .read)
    _ = try await study.mark([id], .unread)
    _ = try await study.setNote(id, "mine")

    let state = "read: true\nstarred: true\nnote: theirs\nrating: 2\ncreated: 2020-01-01\n"
    try house.write(page(state), to: "pages/t.md")
    let summary = try await study.importPages([pages]).result()
    #expect(summary.changed == 1)
    let article = try await study.article("https://example.org/t").article
    #expect(!article.isRead && article.isStarred && article.rating == 2)
    #expect(article.note == "mine")
    #expect(article.addedMilliseconds > 1_700_000_000_000)
  }

  @Test func `a new article was added when it was saved elsewhere`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    try house.write(
      "---\ntitle: T\ncreated: 2020-01-01\nsatchel: 1\n---\nText\n", to: "pages/t.md")
    _ = try await study.importPages([FilePath(house.url("pages").path)]).result()
    #expect(try await study.articles().first?.article.addedMilliseconds == 1_577_836_800_000)
  }
}

extension FormatStoryTests {
  private func export(
    _ library: Library, to folder: FilePath, as format: Format = .markdown
  ) async throws {
    let summary = try await library.export(.all, as: format, to: folder).result()
    #expect(summary.leftOut == [] && summary.missingImages == 0)
    if format == .markdown { #expect(summary.tally.files == summary.articles + 1) }
  }

  private func articles(of library: Library) async throws -> [ArticleID: Article] {
    let rows = try await library.articles(.all)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.article) })
  }
}
