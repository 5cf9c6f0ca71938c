import Articles
import Files
import Formats
import Foundation
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Satchel

/// What leaves a library and comes into another one.
struct ExportTests {
  @Test(arguments: ["markdown", "jsonl"], Effort.seeds(4, 12))
  func `a library that went out comes in the same`(format: String, seed: UInt64) async throws {
    let house = try Household()
    let study = try await house.create("study")
    try await house.fill(study, seed: seed)
    let path = FilePath(house.url("out").path)
    let format = try #require(Format.writable(named: format))
    let exported = try await study.export(.all, as: format, to: path).result()
    #expect(exported.leftOut == [] && exported.withoutText == 0 && exported.missingImages == 0)

    let kitchen = try await house.create("kitchen")
    let imported = try await kitchen.importPages([path]).result()
    #expect(imported.skipped.isEmpty && imported.passedOver.isEmpty && imported.leftOut.isEmpty)
    #expect(imported.added == exported.articles && imported.highlightsLeftOut == 0)
    let (came, went) = (try await house.contents(of: kitchen), try await house.contents(of: study))
    #expect(came.keys.sorted() == went.keys.sorted())
    for (id, facts) in went { #expect(came[id] == facts, "\(id)") }

    let again = try await kitchen.importPages([path]).result()
    #expect(again.added == 0 && again.changed == 0 && again.highlights == 0)
    var options = ExportOptions()
    options.replacesFile = true
    let back = FilePath(house.url("back").path)
    _ = try await kitchen.export(.all, as: format, to: back, options: options).result()
    #expect(try house.files(in: "back") == house.files(in: "out"))
  }

  @Test(arguments: [Format.markdown, .jsonLines], [BodyFormat.markdown, .html])
  func `pictures whose addresses are no field's name go out and come in`(
    format: Format, body: BodyFormat
  ) async throws {
    let house = try Household()
    let study = try await house.create("study")
    let page = house.page(ofLongAddresses: 12, as: body)
    let id = try await study.add(page).id
    let path = FilePath(house.url("out").path)
    let summary = try await study.export(.all, as: format, to: path).result()
    #expect(summary.leftOut == [] && summary.missingImages == 0)

    let kitchen = try await house.create("kitchen")
    let imported = try await kitchen.importPages([path]).result()
    #expect(imported.added == 1 && imported.leftOut.isEmpty)
    #expect(try await house.contents(of: kitchen) == house.contents(of: study))
    let images = try await kitchen.images(of: kitchen.article(id.description))
    for image in page.images {
      #expect(images[image.reference] == ContentHash(of: image.bytes))
    }
  }

  @Test func `a picture whose address is no field's name is shown in sites and books`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let id = try await study.add(house.page(ofLongAddresses: 1, as: .html)).id
    let (site, book) = (house.url("site"), house.url("book.epub"))
    for (format, url) in [(Format.site, site), (.epub, book)] {
      let summary = try await study.export(.all, as: format, to: FilePath(url.path)).result()
      #expect(summary.leftOut == [] && summary.missingImages == 0)
    }
    let page = try String(
      contentsOf: site.appendingPathComponent("articles/\(id).html"), encoding: .utf8)
    #expect(page.contains("<img src=\"\(id)/1.png\""), "\(page)")
    // A reader of books takes the pictures that chapters name.
    let kitchen = try await house.create("kitchen")
    let row = try #require(
      try await kitchen.importPages([FilePath(book.path)]).result().added == 1
        ? try await kitchen.articles(.all).first : nil)
    #expect(try await kitchen.store.images(of: row.id).count == 1)
  }

  @Test func `a second export changes what has changed, and takes away what is gone`() async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    try await house.fill(study, seed: 3)
    let path = FilePath(house.url("out").path)
    let first = try await study.export(.all, as: .markdown, to: path).result()
    #expect(first.tally.files >= first.articles)
    let ids = try await study.articleIDs(.all)
    _ = try await study.rate(ids[0], stars: 5)
    _ = try await study.rate(ids[0], stars: 4)
    let second = try await study.export(.all, as: .markdown, to: path).result()
    #expect(second.tally.files == 1 && second.tally.removed == 0)
    _ = try await study.delete([ids[1]])
    let third = try await study.export(.all, as: .markdown, to: path).result()
    #expect(third.tally.files == 0 && third.tally.removed >= 1)
    #expect(third.articles == first.articles - 1)
  }

  @Test func `what is not here is left out and counted`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    try await house.fill(study, seed: 4)
    let kitchen = try await house.join(study, as: "kitchen")
    var options = BundleOptions()
    options.includesBodies = false
    try await house.carry("a.satchel", from: study, to: kitchen, options: options)
    for format in Format.writable {
      let path = FilePath(house.url("out-\(format.name)").path)
      let summary = try await kitchen.export(.all, as: format, to: path).result()
      let count = try await kitchen.count(of: .all)
      #expect(summary.withoutText == count && summary.articles == count, "\(format.name)")
      #expect(summary.missingImages > 0)
    }
  }

  @Test func `where nothing matches nothing is written`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    try await house.fill(study, seed: 5)
    let path = FilePath(house.url("out").path)
    let query = try ArticleQuery("tag:nothing")
    await #expect {
      try await study.export(query, as: .markdown, to: path).result()
    } throws: {
      if case LibraryError.nothingMatches = $0 { true } else { false }
    }
    #expect(!path.exists)
    let id = try #require(try await study.articleIDs(.all).first)
    _ = try await study.delete([id])
    await #expect(throws: LibraryError.self) {
      try await study.planExport(of: ArticleQuery("is:deleted"), as: .markdown, to: path)
    }
  }

  @Test func `an export that is given up leaves whole pages, and no file`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    _ = try await study.add((1...200).map { house.draft($0) })
    for format in [Format.markdown, .jsonLines, .epub, .site] {
      let path = FilePath(house.url("out-\(format.name)").path)
      let task = Task {
        try await study.export(.all, as: format, to: path).result { _ in
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      await #expect {
        try await task.value
      } throws: { error in
        if case LibraryError.endedEarly(.cancelled, .exported(articles: 64)) = error {
          return format.output?.isFolder == true
        }
        if case LibraryError.cancelled = error { return format.output?.isFolder == false }
        return false
      }
      #expect(path.exists == (format.output?.isFolder == true))
      let rest = try FileManager.default.subpathsOfDirectory(atPath: house.folder.url.path)
      #expect(!rest.contains { $0.hasSuffix(".tmp") }, "\(rest)")
      let summary = try await study.export(
        .all, as: format, to: path, options: .replacing
      ).result()
      #expect(summary.articles == 200 && summary.leftOut == [], "\(format.name)")
    }
  }

  @Test func `progress ends at the number of articles`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    _ = try await study.add((1...40).map { house.draft($0) })
    let path = FilePath(house.url("a.jsonl").path)
    var last: WorkProgress?
    for try await event in study.export(.all, as: .jsonLines, to: path) {
      if case .progress(let progress) = event { last = progress }
    }
    #expect(last == WorkProgress(.articles, done: 40, total: 40))
  }
}

extension ExportOptions {
  fileprivate static var replacing: ExportOptions {
    var options = ExportOptions()
    options.replacesFile = true
    return options
  }
}

extension Household {
  /// Articles of all formats with images, states and highlights, some of them orphans.
  fileprivate func fill(_ library: Library, seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    func text() -> String {
      let words = [
        "桥", "\"", "\n", "<b>", "a: b", "# x", "- y", "'", "\\", "🙂", "---", "&amp;", "word",
      ]
      return (0..<Int.random(in: 1...5, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    var drafts: [ArticleDraft] = []
    for number in 1...Int.random(in: 4...10, using: &random) {
      let body =
        "Passage one and passage two, 桥上的人。 \(number) \(text())\n\n![p](img/\(number).png)\n"
      var draft = ArticleDraft(
        title: number == 1 ? "" : text(),
        format: BodyFormat.allCases.randomElement(using: &random) ?? .text,
        body: Array(body.utf8))
      if draft.format == .html {
        draft.body += Array("<img src=\"img/\(number).png\">".utf8)
      }
      if Bool.random(using: &random) { draft.url = "https://example.org/\(seed)/\(number)" }
      if Bool.random(using: &random) { draft.author = text() }
      if Bool.random(using: &random) { draft.editor = text() }
      if Bool.random(using: &random) { draft.site = "site \(number % 3)" }
      if Bool.random(using: &random) { draft.summary = text() }
      draft.published =
        ["2020-03-13", "2021-05-06T07:08:09Z", nil].randomElement(using: &random) ?? nil
      draft.language = ["en", "zh-Hant", nil].randomElement(using: &random) ?? nil
      draft.tags = (0..<Int.random(in: 0...3, using: &random)).map { "t\($0) " + text() }
      if draft.format != .text {
        draft.images = [ImageDraft(reference: "img/\(number).png", bytes: [1, UInt8(number)])]
      }
      draft.state.isRead = .random(using: &random)
      draft.state.isStarred = .random(using: &random)
      draft.state.isArchived = .random(using: &random)
      draft.state.progressPercent = .random(in: 0...100, using: &random)
      draft.state.rating = .random(in: 0...5, using: &random)
      if Bool.random(using: &random) { draft.state.note = "n " + text() }
      drafts.append(draft)
    }
    _ = try await library.add(drafts)
    for row in try await library.articles(.all) {
      guard let row = try await library.article(row.id), Bool.random(using: &random) else {
        continue
      }
      for passage in ["Passage one", "passage two"] where Bool.random(using: &random) {
        _ = try await library.highlight(
          row, passage: passage, color: Bool.random(using: &random) ? "blue" : nil,
          note: Bool.random(using: &random) ? "h " + text() : nil)
      }
    }
    // The text of an address changes under its highlights.
    for draft in drafts where draft.url != nil && Bool.random(using: &random) {
      var changed = draft
      let reference = draft.images.first?.reference ?? "none"
      changed.body = Array("Other words. ![p](\(reference)) <img src=\"\(reference)\">".utf8)
      _ = try await library.add(changed)
    }
  }

  /// A page whose pictures have addresses of some 1,500 bytes, as of a network that signs them.
  fileprivate func page(ofLongAddresses count: Int, as format: BodyFormat) -> ArticleDraft {
    let addresses = (1...count).map {
      "https://pictures.example/\($0).png?sign=" + String(repeating: "a1%2F", count: 300)
    }
    let text = addresses.map { format == .html ? "<p><img src=\"\($0)\">" : "![a](\($0))" }
    var draft = ArticleDraft(
      title: "Signed", format: format, body: Array(text.joined(separator: "\n").utf8))
    draft.url = "https://example.org/signed"
    draft.images = addresses.enumerated().map {
      ImageDraft(reference: $1, bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, UInt8($0)])
    }
    return draft
  }

  /// Everything of a library that it prints, and the bytes of its texts and images.
  fileprivate func contents(of library: Library) async throws -> [String: [String]] {
    var contents: [String: [String]] = [:]
    for row in try await library.articles(.all) {
      let article = row.article
      let text = try await library.store.bodies([article.body])
      let images = try await library.store.images(of: row.id)
      var facts = [
        row.shortID, article.title, article.format.rawValue, "\(article.addedMilliseconds)",
        "\(article.isRead) \(article.isStarred) \(article.isArchived)",
        "\(article.progressPercent) \(article.rating)", "\(article.tags)", "\(text)",
        "\(images)", "\(article.body?.description ?? "")",
      ]
      facts += [
        article.url, article.author, article.editor, article.site, article.published,
        article.language, article.summary, article.note,
      ].map { $0 ?? "none" }
      for placed in try await library.highlights(of: row) {
        facts.append("\(placed.row.shortID) \(placed.place) \(placed.row.highlight)")
      }
      contents[row.id.description] = facts
    }
    return contents
  }

  /// The files of an export, by their names.
  fileprivate func files(in name: String) throws -> [String: Data] {
    let path = url(name).path
    if let data = FileManager.default.contents(atPath: path), !FilePath(path).isFolder {
      // Two libraries may list what has one day in two orders.
      let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").sorted()
      return ["": Data(lines.joined(separator: "\n").utf8)]
    }
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      files[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
    }
    return files
  }
}
