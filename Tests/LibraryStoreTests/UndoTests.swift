import Articles
import Coding
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Undoing the last action (Protocol 5.7).
struct UndoTests {
  private let test: TestStore

  init() throws { test = try TestStore(1) }

  private func act(_ name: String, _ edits: [Edit]...) async throws {
    let label = ActionLabel(name)
    for part in edits {
      try await test.store.write(part, action: label, now: Sample.now)
    }
  }

  private func undo() async throws -> Undone {
    try #require(try await test.store.undo(as: ActionLabel("undo"), now: Sample.now))
  }

  private func article(_ number: UInt64) async throws -> Article {
    try #require(try await test.store.article(Sample.article(number))).article
  }

  /// Whether each of the sample's articles is so.
  private func holds(
    _ numbers: [UInt64], _ isSo: (Article) -> Bool
  ) async throws -> [Bool] {
    var held: [Bool] = []
    for number in numbers { held.append(isSo(try await article(number))) }
    return held
  }

  @Test func `an action of several transactions is undone whole, and so is its undoing`()
    async throws
  {
    for number in UInt64(1)...3 { try await test.store.put(number, title: "\(number)") }
    let ids = (1...3).map { Sample.article(UInt64($0)) }
    try await test.store.write([ids[0].mark(.read)], now: Sample.now)
    try await act("mark", ids.map { $0.mark(.read) }, [ids[1].mark(.starred)])
    let actions = try await test.store.actions()
    #expect(actions.map(\.command) == ["mark"])
    #expect(actions[0].articles == 2 && actions[0].registers == 3)
    let undone = try await undo()
    #expect(undone.action.command == "mark" && undone.left.isEmpty)
    #expect(undone.written.changed == Set(ids[1...].map(\.entity)))
    #expect(try await article(1).isRead)
    #expect(try await holds([1, 2, 3], \.isRead) == [true, false, false])
    #expect(try await !article(2).isStarred)
    #expect(try await test.store.actions().map(\.command) == ["undo", "mark"])
    _ = try await self.undo()
    #expect(try await holds([1, 2, 3], \.isRead) == [true, true, true])
    #expect(try await article(2).isStarred)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `what was written since stays, whoever wrote it`() async throws {
    let other = try TestStore(2)
    for number in UInt64(1)...3 { try await test.store.put(number, title: "\(number)") }
    let ids = (1...3).map { Sample.article(UInt64($0)) }
    try await act("rm", ids.map { $0.delete(true) })
    try await send(from: test.store, to: other.store)
    try await other.store.write([ids[0].delete(false)], now: Sample.now + 1)
    try await other.store.write([ids[0].delete(true)], now: Sample.now + 2)
    try await send(from: other.store, to: test.store)
    try await test.store.write([ids[1].mark(.starred)], now: Sample.now)
    let undone = try await undo()
    #expect(undone.left == [ids[0].entity])
    #expect(try await article(1).isDeleted)
    #expect(try await holds([1, 2, 3], \.isDeleted) == [true, false, false])
    #expect(try await article(2).isStarred)
    try await send(from: test.store, to: other.store)
    #expect(try await other.store.report().fingerprint == test.store.report().fingerprint)
  }

  @Test func `what an action made is taken back, unless it was changed since`() async throws {
    func draft(_ number: UInt64) throws -> [Edit] {
      let id = Sample.article(number)
      return [
        id.edit(ArticleField.title, try .text("page \(number)")), try id.tag("news", present: true),
      ]
    }
    try await act(
      "import", try draft(1) + draft(2), try draft(3) + [Sample.article(1).mark(.starred)])
    try await test.store.write([Sample.article(2).mark(.read)], now: Sample.now)
    #expect(try await test.store.actions()[0].articles == 3)
    let undone = try await undo()
    #expect(undone.left == [Sample.article(2).entity])
    #expect(try await holds([1, 2, 3], \.isDeleted) == [true, false, true])
    let presence = try await test.store.presence(of: (1...3).map { Sample.article(UInt64($0)) })
    #expect(
      presence.mapValues(\.isWithdrawn) == [
        Sample.article(1): true, Sample.article(2): false, Sample.article(3): true,
      ])
    // Undoing that brings them back.
    _ = try await self.undo()
    #expect(try await holds([1, 2, 3], \.isDeleted) == [false, false, false])
    #expect(try await article(1).isStarred)
  }

  @Test func `a note comes back as what was shown, and what was settled stays in the log`()
    async throws
  {
    let other = try TestStore(2)
    let id = Sample.article(1)
    try await test.store.put(1, title: "tea")
    try await send(from: test.store, to: other.store)
    try await test.store.write([id.note("here")], now: Sample.now)
    try await other.store.write([id.note("there")], now: Sample.now + 1)
    try await send(from: other.store, to: test.store)
    #expect(try await article(1).note == "there")
    let shown = try await test.store.shown(RegisterID(id.entity, ArticleField.note))
    try await act("note", [id.note("settled", over: shown)])
    _ = try await undo()
    #expect(try await article(1).note == "there")
    #expect(try await test.store.conflictPlaces().count == 0)
    #expect(try await test.store.count("SELECT count(*) FROM replaced WHERE length > 0") >= 2)
  }

  @Test func `a dry run undoes nothing, and what wrote nothing is no action`() async throws {
    #expect(try await test.store.undo(as: ActionLabel("undo"), now: Sample.now) == nil)
    try await test.store.put(1, title: "tea")
    try await act("mark", [Sample.article(1).mark(.read)])
    try await act("again", [Sample.article(1).mark(.read)])
    let dry = try #require(
      try await test.store.undo(as: ActionLabel("undo"), now: Sample.now, dryRun: true))
    #expect(dry.action.command == "mark" && dry.written.changed == [Sample.article(1).entity])
    #expect(try await article(1).isRead)
    #expect(try await test.store.actions().map(\.command) == ["mark"])
  }

  @Test func `an action that is no longer the newest, or has grown, is left alone`() async throws {
    let undo = ActionLabel("undo")
    func undone(_ state: String?) async throws -> String? {
      try await test.store.undo(as: undo, ifNewestIs: state, now: Sample.now)?.action.command
    }
    try await test.store.put(1, title: "tea")
    let id = Sample.article(1)
    let label = ActionLabel("mark")
    try await test.store.write([id.mark(.read)], action: label, now: Sample.now)
    let first = try #require(try await test.store.actions().first?.state)
    try await test.store.write([id.mark(.starred)], action: label, now: Sample.now)
    let grown = try #require(try await test.store.actions().first?.state)
    try await act("archive", [id.mark(.archived)])
    let newest = try #require(try await test.store.actions().first?.state)
    for state in [first, grown, ""] { #expect(try await undone(state) == nil) }
    #expect(try await test.store.actions().first?.state == newest)
    #expect(try await undone(newest) == "archive")
    let shown = try await article(1)
    #expect(!shown.isArchived && shown.isRead && shown.isStarred)
  }

  @Test func `the newest fifty are kept, and no more than so many bytes`() async throws {
    try await test.store.put(1, title: "tea")
    let id = Sample.article(1)
    for number in 1...Limits.actions + 3 {
      try await act("\(number)", [id.mark(number % 2 == 0 ? .unread : .read)])
    }
    let actions = try await test.store.actions()
    #expect(actions.count == Limits.actions)
    #expect(actions.first?.command == "\(Limits.actions + 3)" && actions.last?.command == "4")
    #expect(try await test.store.count("SELECT count(*) FROM action_dot") == Limits.actions)
    try await test.store.change {
      try $0.db.execute(
        sql: "UPDATE action SET bytes = ? WHERE command = '50'", arguments: [Limits.actionBytes])
    }
    try await act("one more", [id.mark(.starred)])
    #expect(try await test.store.actions().map(\.command) == ["one more", "53", "52", "51"])
    #expect(try await test.store.count("SELECT count(*) FROM action_register") == 4)
  }

  @Test(arguments: Effort.seeds(8, 30))
  func `undoing gives back what was shown before, and replicas agree`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let other = try TestStore(2)
    func edits(_ count: Int) throws -> [Edit] {
      try (0..<count).map { _ in
        let id = Sample.article(UInt64.random(in: 1...5, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return id.mark(Mark.allCases.randomElement(using: &generator) ?? .read)
        case 1:
          return try id.tag(
            "t\(Int.random(in: 0...2, using: &generator))", present: .random(using: &generator))
        case 2: return try id.note("note \(Int.random(in: 0...9, using: &generator))")
        case 3: return id.delete(.random(using: &generator))
        case 4:
          return id.edit(
            ArticleField.progress, .integer(Int64.random(in: 0...100, using: &generator)))
        default:
          return id.edit(
            ArticleField.title, try .text("title \(Int.random(in: 0...9, using: &generator))"),
            .importing)
        }
      }
    }
    for round in 0..<6 {
      try await test.store.write(edits(5), now: Sample.wildClock(using: &generator))
      try await send(from: test.store, to: other.store)
      try await other.store.write(edits(5), now: Sample.wildClock(using: &generator))
      try await send(from: other.store, to: test.store)
      let before = try await shown()
      try await act("act", try edits(4), try edits(3))
      let after = try await shown()
      guard before != after else { continue }
      _ = try await undo()
      let place = Comment(rawValue: "seed \(seed), round \(round)")
      #expect(try await shown() == before, place)
      _ = try await undo()
      #expect(try await shown() == after, place)
      #expect(try await test.store.check(deep: false, repair: false).damage == [], place)
    }
    try await send(from: test.store, to: other.store)
    try await send(from: other.store, to: test.store)
    #expect(try await other.store.report().fingerprint == test.store.report().fingerprint)
  }

  /// The articles that are not deleted: one that an action made is deleted when that is undone.
  private func shown() async throws -> [UInt64: Article] {
    var articles: [UInt64: Article] = [:]
    for number in UInt64(1)...5 {
      guard let row = try await test.store.article(Sample.article(number)) else { continue }
      articles[number] = row.article.isDeleted ? nil : row.article
    }
    return articles
  }
}

/// Deleted articles and what they held (Protocol 5.7).
struct BinTests {
  private static let day: Int64 = 86_400_000
  private let text = String(repeating: "Tea is a leaf in water. ", count: 40)
  private var hash: ContentHash { ContentHash(of: Array(text.utf8)) }

  @Test func `a deleted article keeps its text for its days, and is neither sent nor wanted`()
    async throws
  {
    let (test, other) = (try TestStore(1), try TestStore(2))
    let id = Sample.article(1)
    try await test.store.put(1, title: "tea", text: text)
    try await test.store.write([id.delete(true)], now: Sample.now)
    #expect(try await test.store.report().wanted == [])
    try await send(from: test.store, to: other.store)
    #expect(try await other.store.body(hash) == nil)
    #expect(try await other.store.report().wanted == [])
    let found = try await test.store.articles(ArticleQuery("is:deleted tea"), today: 0)
    #expect(found.map(\.id) == [id] && found[0].bodyLength != nil)
    _ = try await test.store.compact(binDays: 30, now: Sample.now + 29 * BinTests.day)
    #expect(try await test.store.body(hash) != nil)
    try await test.store.write([id.delete(false)], now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM bin_use") == 0)
    // It learns that the article is back, and wants its text.
    for _ in 0..<2 { try await send(from: test.store, to: other.store) }
    #expect(try await other.store.body(hash) == Array(text.utf8))
    try await test.store.write([id.delete(true)], now: Sample.now)
    _ = try await test.store.compact(binDays: 30, now: Sample.now + 31 * BinTests.day)
    #expect(try await test.store.body(hash) == nil)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    // Brought back, it is wanted, and the other one has it.
    try await test.store.write([id.delete(false)], now: Sample.now)
    #expect(try await test.store.report().wanted == [hash])
    try await send(from: other.store, to: test.store)
    #expect(try await test.store.body(hash) == Array(text.utf8))
  }

  @Test func `an emptied bin forgets only what is old enough, and what others name stays`()
    async throws
  {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea", text: text)
    try await test.store.put(2, title: "tea too", text: text)
    try await test.store.put(3, title: "milk", text: "milk")
    try await test.store.write([Sample.article(1).delete(true)], now: Sample.now)
    try await test.store.write([Sample.article(3).delete(true)], now: Sample.now + 5 * BinTests.day)
    _ = try await test.store.compact(binDays: 3, now: Sample.now + 6 * BinTests.day)
    #expect(try await test.store.body(hash) != nil)
    #expect(try await test.store.body(ContentHash(of: Array("milk".utf8))) != nil)
    #expect(try await test.store.count("SELECT article FROM bin") == 3)
    _ = try await test.store.compact(binDays: 0, now: Sample.now + 6 * BinTests.day)
    #expect(try await test.store.body(ContentHash(of: Array("milk".utf8))) == nil)
  }

  @Test func `what undoing would name again is kept`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea", text: text)
    let newer = "Other leaves in other water."
    let edit = Sample.article(1).edit(
      ArticleField.body, try .data(ContentHash(of: Array(newer.utf8)).bytes))
    try await test.store.write(
      [edit], bodies: [SearchSample.chunk(newer)], action: ActionLabel("import"), now: Sample.now)
    _ = try await test.store.compact(binDays: 0, now: Sample.now)
    _ = try await test.store.undo(as: ActionLabel("undo"), now: Sample.now)
    #expect(try await test.store.article(Sample.article(1))?.article.body == hash)
    #expect(try await test.store.body(hash) == Array(text.utf8))
  }
}
