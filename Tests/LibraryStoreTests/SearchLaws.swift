import Articles
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What the index finds is what looking through every article finds, after any history.
struct SearchLaws {
  @Test(arguments: Effort.seeds(5, 16))
  func `a search finds what looking through all articles finds`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    var library = RandomLibrary()
    for step in 0..<12 {
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        try await library.change(test.store, using: &generator)
      }
      for _ in 0..<4 {
        let typed = RandomLibrary.query(using: &generator)
        guard let filter = try? ArticleFilter(typed) else { continue }
        let place = Comment(rawValue: "seed \(seed), step \(step): \(typed)")
        guard let expected = library.matches(filter) else {
          await #expect(throws: QueryError.noWords, place) { try await test.store.found(typed) }
          continue
        }
        #expect(try await test.store.found(typed) == expected, place)
        let listed = try await test.store.articles(
          ArticleQuery(filter, includingArchived: true), today: 0)
        #expect(listed.map { Int($0.article.addedMilliseconds) }.sorted() == expected, place)
      }
      if step == 6 {
        SearchIndex.remove(test.store.file.folder.appending(SearchIndex.fileName))
      }
    }
  }
}

/// A few articles of few words, as they should be.
private struct RandomLibrary {
  private var pages: [UInt64: Page] = [:]

  private struct Page {
    var title = ""
    var text: String?
    var hasBody = false
    var tags: Set<String> = []
    var note = ""
    var isDeleted = false
    var isRead = false
  }

  private static let words = ["tea", "Tee", "中", "国", "國", "，", "garden", "café", ".", "人"]

  private static func text(_ count: Int, using generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
  }

  static func query(using generator: inout SeededGenerator) -> String {
    var text = ""
    for number in 0..<Int.random(in: 1...4, using: &generator) {
      if number > 0 { text += Int.random(in: 0..<3, using: &generator) == 0 ? " OR " : " " }
      text += item(using: &generator)
    }
    return Int.random(in: 0..<4, using: &generator) == 0
      ? "\(item(using: &generator)) -(\(text))" : text
  }

  private static func item(using generator: inout SeededGenerator) -> String {
    let word = text(Int.random(in: 1...2, using: &generator), using: &generator)
    let fields = ["", "", "", "title:", "text:", "note:"]
    let field = fields.randomElement(using: &generator) ?? ""
    let items = [
      "\(field)\(word)", "\(field)\"\(word)\"", "\(field)\(word)*", "is:read", "is:noted",
      "is:deleted",
      "is:missing", "is:link", "tag:\(word)", "tag:t*", "&",
    ]
    let number = Int.random(in: 0..<items.count + 6, using: &generator)
    let item = number < items.count ? items[number] : items[0]
    return (Int.random(in: 0..<4, using: &generator) == 0 ? "-" : "") + item
  }

  mutating func change(
    _ store: ReplicaStore, using generator: inout SeededGenerator
  ) async throws {
    let number = UInt64.random(in: 1...8, using: &generator)
    let id = Sample.article(number)
    var page = pages[number] ?? Page()
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1, 2:
      page.title = RandomLibrary.text(3, using: &generator)
      page.text = "\(number) " + RandomLibrary.text(12, using: &generator)
      page.hasBody = Bool.random(using: &generator)
      try await store.put(number, title: page.title, text: page.text, withBody: page.hasBody)
    case 3:
      guard let text = page.text, !page.isDeleted else { return }
      _ = try await store.merge(
        operations: [], bodies: [SearchSample.chunk(text)], now: Sample.now)
      page.hasBody = true
    case 4:
      let tag = RandomLibrary.text(1, using: &generator)
      page.tags.formSymmetricDifference([tag])
      try await store.write([id.tag(tag, present: page.tags.contains(tag))], now: Sample.now)
    case 5:
      page.note = RandomLibrary.text(2, using: &generator)
      try await store.write([id.note(page.note)], now: Sample.now)
    case 6:
      page.isDeleted.toggle()
      try await store.write([id.delete(page.isDeleted)], now: Sample.now)
    default:
      page.isRead = true
      try await store.write([id.mark(.read)], now: Sample.now)
    }
    // What was never given a number cannot be told apart from others.
    if pages[number] == nil && page.title.isEmpty {
      page.title = "untitled"
      try await store.put(number, title: page.title)
    }
    pages[number] = page
  }

  /// The numbers of the pages that the query means; nil where it asks for words and has none.
  func matches(_ filter: ArticleFilter) -> [Int]? {
    if RandomLibrary.isVacuous(filter) { return nil }
    let showsDeleted = filter.mentions(.deleted)
    return pages.filter {
      (showsDeleted || !$0.value.isDeleted) && RandomLibrary.matches($0.value, filter) ?? true
    }.map { Int($0.key) }.sorted()
  }

  /// Whether every item of it is without a word.
  private static func isVacuous(_ filter: ArticleFilter) -> Bool { matches(Page(), filter) == nil }

  /// Nil for what asks for nothing.
  private static func matches(_ page: Page, _ filter: ArticleFilter) -> Bool? {
    switch filter {
    case .all(let parts):
      let known = parts.compactMap { matches(page, $0) }
      return known.isEmpty ? nil : known.allSatisfy { $0 }
    case .any(let parts):
      let known = parts.compactMap { matches(page, $0) }
      return known.isEmpty ? nil : known.contains(true)
    case .not(let part): return matches(page, part).map { !$0 }
    case .words(let words):
      var tokens = SearchTokens(recordingPlaces: true)
      let terms = SearchTerm.terms(of: words, &tokens)
      return terms.isEmpty ? nil : terms.allSatisfy { holds(page, $0) }
    case .state(.read): return page.isRead
    case .state(.noted): return !page.note.isEmpty
    case .state(.deleted): return page.isDeleted
    case .state(.link): return page.text == nil
    case .state(.missing): return page.text != nil && !page.hasBody
    case .tag(let name): return page.tags.contains { name.means($0) }
    default: preconditionFailure("no query of these laws says \(filter)")
    }
  }

  private static func holds(_ page: Page, _ term: SearchTerm) -> Bool {
    let columns: [FilterWords.Place: [[UInt8]]] = [
      .title: tokens([page.title]), .text: tokens(page.hasBody ? [page.text ?? ""] : []),
      .note: tokens([page.note]),
      .author: tokens(page.tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }),
    ]
    let places = term.place == .anywhere ? Array(columns.values) : [columns[term.place] ?? []]
    return places.contains { column in
      column.indices.contains { start in
        let part = column[start...].prefix(term.words.count)
        guard part.count == term.words.count else { return false }
        return zip(part, term.words).enumerated().allSatisfy { offset, pair in
          let isOpen = term.isPrefix && offset == term.words.count - 1
          return isOpen ? pair.0.starts(with: pair.1) : pair.0 == pair.1
        }
      }
    }
  }

  private static func tokens(_ texts: [String]) -> [[UInt8]] {
    var tokens = SearchTokens()
    for text in texts { tokens.append(text) }
    return tokens.bytes.split(separator: 0x20).map { Array($0) }
  }
}
