import Articles
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What the index finds is what looking through every article finds, after any history.
struct SearchLaws {
  @Test(arguments: UInt64(0)..<24)
  func `a search finds what looking through all articles finds`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    var library = RandomLibrary()
    for step in 0..<12 {
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        try await library.change(test.store, using: &generator)
      }
      for _ in 0..<6 {
        let typed = RandomLibrary.query(using: &generator)
        guard let query = try? SearchQuery(typed) else { continue }
        let place = Comment(rawValue: "seed \(seed), step \(step): \(typed)")
        #expect(try await test.store.found(typed) == library.matches(query), place)
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
  }

  private static let words = ["tea", "Tee", "中", "国", "國", "，", "garden", "café", ".", "人"]

  private static func text(_ count: Int, using generator: inout SeededGenerator) -> String {
    (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
      .joined(separator: Bool.random(using: &generator) ? " " : "")
  }

  static func query(using generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      let word = text(Int.random(in: 1...2, using: &generator), using: &generator)
      return ["", "", "-", "title:", "\"", "OR "].randomElement(using: &generator).map {
        $0 == "\"" ? "\"\(word)\"" : $0 + word
      } ?? word
    }.joined(separator: " ") + (Bool.random(using: &generator) ? "" : "*")
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
    default: try await store.write([id.mark(.read)], now: Sample.now)
    }
    // What was never given a number cannot be told apart from others.
    if pages[number] == nil && page.title.isEmpty {
      page.title = "untitled"
      try await store.put(number, title: page.title)
    }
    pages[number] = page
  }

  func matches(_ query: SearchQuery) -> [Int] {
    pages.filter { !$0.value.isDeleted && RandomLibrary.matches($0.value, query) }
      .map { Int($0.key) }.sorted()
  }

  private static func matches(_ page: Page, _ query: SearchQuery) -> Bool {
    let title = tokens([page.title])
    let columns = [
      title, tokens(page.hasBody ? [page.text ?? ""] : []),
      tokens([page.note] + page.tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }),
    ]
    func holds(_ term: SearchQuery.Term) -> Bool {
      (term.isInTitle ? [title] : columns).contains { column in
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
    return query.required.allSatisfy { $0.contains(where: holds) }
      && !query.excluded.contains(where: holds)
  }

  private static func tokens(_ texts: [String]) -> [[UInt8]] {
    var tokens = SearchTokens()
    for text in texts { tokens.append(text) }
    return tokens.bytes.split(separator: 0x20).map { Array($0) }
  }
}
