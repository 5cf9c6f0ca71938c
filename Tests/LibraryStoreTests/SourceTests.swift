import Articles
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What is remembered of imported folders and repositories (Protocol 5.13).
struct SourceTests {
  private let test: TestStore
  private let ids = (1...4).map { Sample.article(UInt64($0)) }

  init() throws { test = try TestStore(1) }

  /// Imports the sample's articles, a page each, from two sources.
  private func start() async throws {
    for number in UInt64(1)...4 { try await test.store.put(number, title: "\(number)") }
    try await note((0..<3).map { ("one", "\($0).md", ids[$0]) } + [("two", "x.md", ids[3])])
    try await note([("two", "copy.md", ids[0])])
    _ = try await settle("one", commit: "c1") { _, _ in true }
  }

  private func note(
    _ pages: [(source: String, page: String, id: ArticleID)], dryRun: Bool = false
  ) async throws {
    try await test.store.write(
      [],
      pages: pages.map {
        SourcePage(source: $0.source, page: $0.page, article: $0.id, mark: "blob \($0.page)")
      }, now: Sample.now, dryRun: dryRun)
  }

  private func settle(
    _ place: String, commit: String? = nil, dryRun: Bool = false,
    bringing brought: Set<ArticleID> = [],
    _ hasPage: @escaping @Sendable (String, ArticleID?) -> Bool
  ) async throws -> SourceState {
    var survey = SourceSurvey(place: place, manner: "plain")
    survey.commit = commit
    survey.hasPage = hasPage
    survey.hasArticle = { brought.contains($0) }
    return try await test.store.settle([survey], dryRun: dryRun)
  }

  @Test func `An article is gone when no source has a page of it`() async throws {
    try await start()
    #expect(try await test.store.source(at: "one")?.commit == "c1")
    #expect(try await test.store.source(at: "one")?.pages == 3)
    #expect(try await test.store.source(at: "three") == nil)
    // The first article has another page in the other source.
    let state = try await settle("one") { page, _ in page == "2.md" }
    #expect(state.gone.map(\.id) == [ids[1]])
    #expect(state.gone.allSatisfy { $0.isNew && !$0.isMarked && $0.page == "1.md" })
    #expect(state.articles == ["one": 3])
    #expect(try await settle("one", { _, _ in true }).gone.allSatisfy { !$0.isNew })
    let both = try await settle("two") { page, _ in page == "x.md" }
    #expect(both.gone.map(\.id) == [ids[0]])
    // What comes back is there.
    try await note([("one", "1.md", ids[1])])
    #expect(try await settle("one", { _, _ in true }).gone.map(\.id) == [ids[0]])
  }

  @Test func `A page with another article has that one alone`() async throws {
    try await start()
    try await note([("one", "1.md", ids[3])])
    let state = try await settle("one") { [ids] page, article in
      page == "1.md" ? article == ids[3] : true
    }
    #expect(state.gone.map(\.id) == [ids[1]])
  }

  @Test func `A dry run remembers nothing, and knows what it would have brought`() async throws {
    try await start()
    try await note([("one", "9.md", ids[1])], dryRun: true)
    let state = try await settle("one", commit: "c2", dryRun: true, bringing: [ids[1]]) {
      page, _ in page == "0.md"
    }
    #expect(state.gone.map(\.id) == [ids[2]])
    #expect(try await test.store.source(at: "one")?.commit == "c1")
    #expect(try await test.store.pages(ofSource: "one").count == 3)
    #expect(try await settle("one", { _, _ in true }).gone.isEmpty)
  }

  @Test func `Each kind of mark keeps an article, and a tag that came with it keeps none`()
    async throws
  {
    try await start()
    func gone() async throws -> [ArticleID: Bool] {
      let state = try await settle("one") { _, _ in false }
      return Dictionary(uniqueKeysWithValues: state.gone.map { ($0.id, $0.isMarked) })
    }
    let id = ids[1]
    let tag = try ArticleField.tag("channel")
    try await test.store.write([id.edit(tag, .flag(true))], now: Sample.now)
    #expect(try await gone() == [id: true, ids[2]: false])
    try await test.store.write(
      [],
      pages: [SourcePage(source: "one", page: "1.md", article: id, tags: ["channel"])],
      now: Sample.now)
    #expect(try await gone()[id] == false)
    for (edit, back) in [
      (id.mark(.read), id.mark(.unread)), (id.mark(.starred), id.mark(.unstarred)),
      (id.mark(.archived), id.mark(.unarchived)),
      (id.edit(ArticleField.progress, .integer(1)), id.edit(ArticleField.progress, .integer(0))),
      (id.edit(ArticleField.rating, .integer(1)), id.edit(ArticleField.rating, .integer(0))),
      (try id.note("mine"), try id.note("")),
    ] {
      try await test.store.write([edit], now: Sample.now)
      #expect(try await gone()[id] == true, "\(edit.register.field.name)")
      try await test.store.write([back], now: Sample.now)
      #expect(try await gone()[id] == false, "\(edit.register.field.name)")
    }
    try await test.store.write([try id.title("Mine")], now: Sample.now)
    #expect(try await gone()[id] == true)
  }

  @Test func `Pruning is one action, undone for good, and undoing has pages read again`()
    async throws
  {
    try await start()
    _ = try await settle("one", commit: "c2") { page, _ in page == "0.md" }
    let label = ActionLabel("import --prune")
    let dry = try await test.store.prune(
      [ids[1], ids[2]], action: label, now: Sample.now, dryRun: true)
    #expect(dry.changed.count == 2)
    #expect(try await test.store.presence(of: ids).values.allSatisfy { !$0.isDeleted })
    _ = try await test.store.prune([ids[1], ids[2]], action: label, now: Sample.now, dryRun: false)
    let presence = try await test.store.presence(of: ids)
    #expect(presence[ids[1]]?.isWithdrawn == true && presence[ids[0]]?.isDeleted == false)
    #expect(try await settle("one", commit: "c2", { _, _ in true }).gone.isEmpty)

    _ = try #require(try await test.store.undo(as: ActionLabel("undo"), now: Sample.now))
    #expect(try await test.store.presence(of: ids)[ids[1]]?.isDeleted == false)
    #expect(try await settle("one", { page, _ in page == "0.md" }).gone.isEmpty)
    #expect(try await test.store.source(at: "one")?.commit == nil)
    #expect(try await test.store.pages(ofSource: "two").allSatisfy { $0.mark == nil })
  }
}
