import Articles
import Documents
import LibraryStore
import Replication
import Satchel
import TestSupport
import Testing

/// Two replicas that highlight, note, import other texts, delete and restore, in any order, agree:
/// on the highlights, and on their places wherever they have the same text.
struct HighlightLaws {
  /// One history of a household.
  private struct Story {
    let house: Household
    let libraries: [Library]
    var generator: SeededGenerator
    var carried = 0

    init(seed: UInt64) async throws {
      house = try Household()
      let study = try await house.create("study")
      libraries = [study, try await house.join(study, as: "kitchen")]
      generator = SeededGenerator(seed: seed)
    }

    /// A text of few words, so that passages stand several times, or are gone.
    mutating func draft() -> ArticleDraft {
      let words = ["tea", "茶", "hot", "**cold**", "\n\n", "> and", "milk"]
      let body = (0..<Int.random(in: 0...14, using: &generator))
        .map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      let number = Int.random(in: 1...3, using: &generator)
      var draft = ArticleDraft(title: "\(number)", format: .markdown, body: Array(body.utf8))
      draft.url = "https://example.org/\(number)"
      draft.format = Bool.random(using: &generator) ? .markdown : .text
      if Int.random(in: 0..<3, using: &generator) == 0 {
        var told = HighlightDraft(
          quote: ["tea", "hot 茶", "milk"].randomElement(using: &generator) ?? "")
        told.note = Bool.random(using: &generator) ? "from elsewhere" : nil
        draft.state.highlights = [told]
      }
      return draft
    }

    mutating func step() async throws {
      let at = Int.random(in: 0...1, using: &generator)
      let library = libraries[at]
      let rows = try await library.articles(.all)
      let row = rows.randomElement(using: &generator)
      var highlights: [PlacedHighlight] = []
      for row in rows { highlights += try await library.highlights(of: row) }
      let highlight = highlights.randomElement(using: &generator)
      switch Int.random(in: 0..<14, using: &generator) {
      case 0...2:
        var options = ImportOptions()
        options.revivesDeleted = Bool.random(using: &generator)
        _ = try await library.add(draft(), options: options)
      case 3...5: if let row { try await mark(row, library) }
      case 6...7:
        guard let highlight else { return }
        let shown = try await library.note(of: highlight.id)
        let text = ["", "a", "b \(at)"].randomElement(using: &generator) ?? ""
        _ = try await library.setNote(highlight.id, text, over: shown)
      case 8: if let highlight { _ = try await library.delete([highlight.id]) }
      case 9: if let row { _ = try await library.delete([row.id]) }
      case 10:
        let deleted = try await library.articleIDs(ArticleQuery(.state(.deleted)))
        if let id = deleted.randomElement(using: &generator) { _ = try await library.restore([id]) }
      case 11: if try await !library.actions().isEmpty { _ = try await library.undo() }
      // What a deleted article held is given up, and missing when it comes back.
      case 12: _ = try await library.compact(binDays: 0).result()
      default: try await carry(from: at, withBodies: Bool.random(using: &generator))
      }
    }

    private mutating func mark(_ row: ArticleRow, _ library: Library) async throws {
      guard let text = try await library.plainText(of: row) else { return }
      let words = text.split(whereSeparator: \.isWhitespace)
      guard let start = words.indices.randomElement(using: &generator) else { return }
      let end = min(words.endIndex, start + Int.random(in: 1...3, using: &generator))
      let passage = words[start..<end].joined(separator: " ")
      do {
        let change = try await library.highlight(
          row, passage: passage, number: Int.random(in: 1...2, using: &generator),
          color: Bool.random(using: &generator) ? "yellow" : nil,
          note: Bool.random(using: &generator) ? "note" : nil)
        guard let id = change.changed.first else { return }
        let placed = try await library.highlights(of: row).first { $0.id == id }
        let range = try #require(placed?.place.range)
        let quote = try #require(placed?.row.highlight.anchor.quote)
        #expect(Array(text.unicodeScalars)[range].elementsEqual(quote.unicodeScalars))
        #expect(quote.split(whereSeparator: \.isWhitespace) == words[start..<end].map { $0 })
      } catch LibraryError.ambiguousPassage {
        // There is one place only.
      }
    }

    mutating func carry(from sender: Int, withBodies: Bool) async throws {
      var options = BundleOptions()
      options.includesBodies = withBodies
      carried += 1
      try await house.carry(
        "\(carried).satchel", from: libraries[sender], to: libraries[1 - sender], options: options)
    }

    /// What a library shows of its highlights, without the places.
    func shown(_ library: Library) async throws -> [ArticleID: [HighlightRow]] {
      var shown: [ArticleID: [HighlightRow]] = [:]
      for row in try await library.articles(.all) {
        shown[row.id] = try await library.highlights(of: row).map(\.row).sorted { $0.id < $1.id }
      }
      return shown
    }

    /// The places are those of the rule, whatever happened on the way.
    func expectPlaces(_ library: Library, _ comment: Comment) async throws {
      for row in try await library.articles(.all) {
        let isHere = row.article.body == nil || row.bodyLength != nil
        let plain = row.article.body == nil ? "" : try await library.plainText(of: row)
        for highlight in try await library.highlights(of: row) {
          guard isHere, let plain else {
            #expect(highlight.place == .unknown, comment)
            continue
          }
          let text = HighlightText(plain, of: row.article.body, version: PlainText.version)
          let place = highlight.row.highlight.anchor.place(in: text)
          #expect(highlight.place == place.map { .scalars($0) } ?? .orphan, comment)
        }
      }
    }
  }

  @Test(arguments: Effort.seeds(8, 30))
  func `replicas show the same highlights, in the places of the rule`(seed: UInt64) async throws {
    let comment: Comment = "seed \(seed)"
    var story = try await Story(seed: seed)
    for _ in 0..<40 { try await story.step() }
    for _ in 0..<2 {
      for sender in 0...1 { try await story.carry(from: sender, withBodies: true) }
    }
    let (study, kitchen) = (story.libraries[0], story.libraries[1])
    #expect(try await study.status().fingerprint == kitchen.status().fingerprint, comment)
    #expect(try await story.shown(study) == story.shown(kitchen), comment)
    for library in story.libraries {
      try await story.expectPlaces(library, comment)
      #expect(try await library.check(deep: true).result().damage == [], comment)
    }
  }
}

/// Highlights that come with what is imported (Protocol 5.12).
struct ImportedHighlightTests {
  private func draft(_ body: String, _ highlights: [(quote: String, note: String?)])
    -> ArticleDraft
  {
    var draft = ArticleDraft(title: "Tea", format: .markdown, body: Array(body.utf8))
    draft.url = "https://example.org/tea"
    draft.state.highlights = highlights.map {
      var told = HighlightDraft(quote: $0.quote)
      told.note = $0.note
      return told
    }
    return draft
  }

  private func quotes(_ library: Library) async throws -> [String] {
    var quotes: [String] = []
    for row in try await library.articles(.all) {
      quotes += try await library.highlights(of: row).map {
        let place = $0.place.range.map { "\($0.lowerBound) " } ?? "- "
        let note = $0.row.highlight.note.map { ": \($0)" } ?? ""
        return place + $0.row.highlight.anchor.quote + note
      }
    }
    return quotes
  }

  @Test func `those whose words stand in the text are found there, the others are orphans`()
    async throws
  {
    let house = try Household()
    let library = try await house.create("study")
    let told: [(quote: String, note: String?)] = [
      ("tea", "one"), ("cold  tea", nil), ("tea", "two"), ("coffee", "gone"), ("tea.", nil),
    ]
    let addition = try await library.add([draft("Hot tea and\ncold tea.", told)])
    // A second note on the same words has no place.
    #expect(addition.summary.highlights == 4 && addition.summary.highlightsLeftOut == 1)
    let expected = ["4 tea: one", "12 cold tea", "17 tea.", "- coffee: gone"]
    #expect(try await quotes(library) == expected)
    let again = try await library.add([draft("Hot tea and\ncold tea.", told)])
    #expect(again.summary.highlights == 0)
    #expect(try await quotes(library) == expected)
  }

  @Test func `those of an address without a text find their places when it comes`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    var address = ArticleDraft(title: "Tea", url: "https://example.org/tea")
    address.state.highlights = [HighlightDraft(quote: " hot\n tea "), HighlightDraft(quote: " ")]
    let addition = try await library.add([address])
    #expect(addition.summary.highlights == 1 && addition.summary.highlightsLeftOut == 1)
    #expect(try await quotes(library) == ["- hot tea"])
    _ = try await library.add([draft("Some hot tea.", [])])
    #expect(try await quotes(library) == ["5 hot tea"])
  }

  @Test func `two laptops that import one file have one highlight`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    _ = try await study.add([draft("Hot tea.", [("Hot tea", "first")])])
    _ = try await kitchen.add([draft("Very hot. Hot tea.", [("Hot tea", nil)])])
    try await house.carry("1.satchel", from: study, to: kitchen)
    try await house.carry("2.satchel", from: kitchen, to: study)
    #expect(try await quotes(study) == quotes(kitchen))
    #expect(try await quotes(study) == ["10 Hot tea: first"])
    #expect(try await study.status().fingerprint == kitchen.status().fingerprint)
  }

  @Test func `what its reader did stays, and an import that was undone can be made again`()
    async throws
  {
    let house = try Household()
    let library = try await house.create("study")
    let told = draft("Hot tea.", [("tea", "theirs"), ("Hot", nil)])
    _ = try await library.add([told])
    _ = try await library.undo()
    #expect(try await quotes(library) == [])
    let again = try await library.add([told])
    #expect(again.summary.highlights == 2)
    #expect(try await quotes(library) == ["0 Hot", "4 tea: theirs"])
    let row = try #require(try await library.articles(.all).first)
    let rows = try await library.highlights(of: row)
    _ = try await library.delete([rows[0].id])
    let shown = try await library.note(of: rows[1].id)
    _ = try await library.setNote(rows[1].id, "mine", over: shown)
    _ = try await library.add([told])
    #expect(try await quotes(library) == ["4 tea: mine"])
    // Another text: found again, or an orphan until the words come back.
    _ = try await library.add([draft("No hot tea.", [])])
    #expect(try await quotes(library) == ["7 tea: mine"])
    _ = try await library.add([draft("Coffee.", [])])
    #expect(try await quotes(library) == ["- tea: mine"])
    _ = try await library.add([told])
    #expect(try await quotes(library) == ["4 tea: mine"])
  }
}
