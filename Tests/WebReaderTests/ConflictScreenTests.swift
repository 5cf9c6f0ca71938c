import Foundation
import Satchel
import Testing

@testable import WebReader

/// Conflicts are shown with both sides, and settled with one click.
@Suite struct ConflictScreenTests {
  /// Two notes, two titles or the like, written apart and merged; the kitchen's is shown.
  private func pair(
    _ write: (Library, ArticleID, String) async throws -> Void
  ) async throws -> (pair: TestLibrary.Pair, id: ArticleID) {
    let pair = try await TestLibrary.Pair()
    let id = try await pair.study.add(TestLibrary.draft(1)).id
    try await pair.meet()
    try await write(pair.study, id, "from the study")
    try await write(pair.kitchen, id, "from the kitchen")
    try await pair.meet()
    return (pair, id)
  }

  private func notes() async throws -> (pair: TestLibrary.Pair, id: ArticleID) {
    try await pair { library, id, text in _ = try await library.setNote(id, text) }
  }

  /// The fields of the first form that settles one.
  private func fields(_ text: String) throws -> (conflict: String, state: String) {
    func value(_ name: String) throws -> String {
      let start = try #require(text.range(of: "name=\"\(name)\" value=\""))
      return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
    return (try value("conflict"), try value("state"))
  }

  @Test func `both sides of a note are shown with who wrote them and when`() async throws {
    let (pair, id) = try await notes()
    let text = await TestVisit(pair.study).get("conflicts").text
    for part in [
      "from the study", "from the kitchen", "<bdi class=\"writer\">study</bdi>",
      "<bdi class=\"writer\">kitchen</bdi>", ">Peas 1</a>", "Keep what is shown",
      "Take the other", try await pair.study.shortID(of: id),
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(text.components(separatedBy: "<time datetime=").count == 3)
  }

  @Test(arguments: ConflictSide.allCases)
  func `a click settles it for both, and can be undone`(side: ConflictSide) async throws {
    let (pair, id) = try await notes()
    let visit = TestVisit(pair.study)
    let shown = try await pair.study.note(of: id)
    let other = try #require(shown.conflicts.first?.text)
    let (conflict, state) = try fields(await visit.get("conflicts").text)
    let answer = await visit.post(
      "conflicts/settle",
      ["conflict": conflict, "state": state, "side": side.rawValue, "back": "/prefix/conflicts"])
    #expect(answer.status == 303 && answer.location == "/prefix/conflicts")
    #expect(try await pair.study.conflicts().count == 0)
    try await pair.meet()
    #expect(try await pair.kitchen.conflicts().count == 0)
    for library in [pair.study, pair.kitchen] {
      #expect(try await library.note(of: id).text == (side == .kept ? shown.text : other))
    }
    #expect(await visit.get("conflicts").text.contains("There are no conflicts."))
    #expect(try await pair.study.actions().first?.command.hasPrefix("settle note") == true)
  }

  @Test func `titles and notes of highlights are settled as well`() async throws {
    let (titles, id) = try await pair { library, id, text in
      _ = try await library.setTitle(id, text)
    }
    try await settle(titles.study)
    #expect(try await titles.study.conflicts().count == 0)
    #expect(try await titles.study.article(id)?.article.title.hasPrefix("from the") == true)

    let marked = try await TestLibrary.Pair()
    let article = try await marked.study.add(TestLibrary.draft(1)).id
    let row = try #require(try await marked.study.article(article))
    let highlight = try #require(
      try await marked.study.highlight(row, passage: "peas", note: "old").changed.first)
    try await marked.meet()
    for library in [marked.study, marked.kitchen] {
      let name = try await library.replicaName() ?? ""
      _ = try await library.setNote(highlight, name, over: library.note(of: highlight))
    }
    try await marked.meet()
    let text = await TestVisit(marked.study).get("conflicts").text
    #expect(
      text.contains("<blockquote dir=\"auto\">peas</blockquote>") && text.contains(">Peas 1</a>"))
    let other = try #require(try await marked.study.note(of: highlight).conflicts.first?.text)
    try await settle(marked.study, .other)
    #expect(try await marked.study.note(of: highlight).text == other)
    #expect(try await marked.study.conflicts().count == 0)
  }

  private func settle(_ library: Library, _ side: ConflictSide = .kept) async throws {
    let visit = TestVisit(library)
    let (conflict, state) = try fields(await visit.get("conflicts").text)
    let answer = await visit.post(
      "conflicts/settle", ["conflict": conflict, "state": state, "side": side.rawValue])
    #expect(answer.status == 303)
  }

  @Test(arguments: ConflictSide.allCases)
  func `an article deleted here and annotated there comes back, or stays away`(
    side: ConflictSide
  ) async throws {
    let pair = try await TestLibrary.Pair()
    let id = try await pair.study.add(TestLibrary.draft(1)).id
    try await pair.meet()
    _ = try await pair.study.delete([id])
    _ = try await pair.kitchen.setNote(id, "Keep this.")
    try await pair.meet()
    let text = await TestVisit(pair.study).get("conflicts").text
    #expect(text.contains("Keep this.") && text.contains("Bring it back with the note"))
    try await settle(pair.study, side)
    #expect(try await pair.study.conflicts().count == 0)
    try await pair.meet()
    for library in [pair.study, pair.kitchen] {
      #expect(try await library.article(id)?.article.isDeleted == (side == .kept))
    }
  }

  @Test func `what was settled meanwhile, or written since, is told and nothing is changed`()
    async throws
  {
    let (pair, id) = try await notes()
    let visit = TestVisit(pair.study)
    let (conflict, state) = try fields(await visit.get("conflicts").text)
    // Somebody else writes a third text.
    _ = try await pair.kitchen.setNote(
      id, "a third", over: Shown(unwritten: pair.kitchen.note(of: id).register))
    try await pair.meet()
    let revision = try await pair.study.revision()
    let late = await visit.post(
      "conflicts/settle", ["conflict": conflict, "state": state, "side": "other"])
    #expect(late.status == 409 && late.text.contains("look again"))
    #expect(try await pair.study.revision() == revision)
    try await settle(pair.study)
    let settled = await visit.post(
      "conflicts/settle", ["conflict": conflict, "state": state, "side": "other"])
    #expect(settled.status == 409 && settled.text.contains("already been settled"))
    for fields: KeyValuePairs in [
      ["conflict": conflict, "state": state], ["side": "kept"], ["side": "both", "conflict": "x"],
    ] {
      #expect(await visit.post("conflicts/settle", fields).status == 400)
    }
  }

  @Test func `of long texts only what differs is marked`() async throws {
    let long = (1...200).map { "Line \($0) says something." }.joined(separator: "\n")
    let (pair, _) = try await pair { library, id, text in
      let line = text.contains("study") ? "Line 100 says this." : "Line 100 says that."
      _ = try await library.setNote(
        id, long.replacing("Line 100 says something.", with: line))
    }
    let text = await TestVisit(pair.study).get("conflicts").text
    let words = ["this", "that"]
    #expect(words.contains { text.contains("<del>\($0)</del>") })
    #expect(words.contains { text.contains("<ins>\($0)</ins>") })
    #expect(!text.contains("Line 50 says") && text.contains("Line 99 says"))
    #expect(text.utf8.count < 10_000)
  }

  @Test func `many are shown in pages, and a session that only reads cannot choose`() async throws {
    let pair = try await TestLibrary.Pair()
    var ids: [ArticleID] = []
    for number in 1...12 { ids.append(try await pair.study.add(TestLibrary.draft(number)).id) }
    try await pair.meet()
    for id in ids {
      for library in [pair.study, pair.kitchen] {
        _ = try await library.setNote(id, "<b>\(try await library.replicaName() ?? "")</b>")
      }
    }
    try await pair.meet()
    var visit = TestVisit(pair.study)
    let first = await visit.get("conflicts").text
    #expect(first.components(separatedBy: "<article class=\"conflict\"").count == 11)
    #expect(first.contains("1–10 of 12") && first.contains("conflicts?from=11"))
    #expect(!first.contains("<b>"))
    // One that was refused is shown where it was.
    let late = await visit.post(
      "conflicts/settle",
      ["conflict": "0-1", "side": "kept", "back": "/prefix/conflicts?from=11"])
    #expect(late.status == 409 && late.text.contains("11–12 of 12"))
    visit.isReadOnly = true
    let last = await visit.get("conflicts?from=11").text
    #expect(last.components(separatedBy: "<article class=\"conflict\"").count == 3)
    #expect(!last.contains("<form method=\"post\""))
  }
}

@Suite struct DifferenceTextTests {
  @Test func `changes are marked where they stand, and what is alike is cut`() {
    let markup = DifferenceText(from: "红茶很好\n<a>", to: "绿茶很好\n<b>").markup.html
    #expect(
      markup
        == "<del>红</del><ins>绿</ins>茶很好<br>\n&lt;<del>a</del><ins>b</ins>&gt;")
    let same = String(repeating: "peas and ", count: 200)
    let cut = DifferenceText(from: same + "one", to: same + "two").markup.html
    #expect(cut.utf8.count < 400 && cut.hasSuffix("<del>one</del><ins>two</ins>"))
  }

  @Test func `texts that have nothing in common stay within bounds`() {
    let (old, new) = ("a b ", "c d ")
    let markup = DifferenceText(
      from: String(repeating: old, count: 20_000), to: String(repeating: new, count: 20_000)
    ).markup
    #expect(markup.html.count < 2 * DifferenceText.maximumCharacters)
    #expect(markup.html.contains("<del>"))
  }
}
