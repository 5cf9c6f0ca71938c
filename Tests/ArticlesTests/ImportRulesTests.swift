import Articles
import Replication
import Testing

/// What an import does with what it brings, decided without a library (Protocol 5.5).
@Suite struct ImportRulesTests {
  private let id = ArticleID(key: Identifier(high: 1, low: 2))
  private let other = ArticleID(key: Identifier(high: 1, low: 3))

  @Test func `what is new is added and what is there is brought up to date`() {
    var rules = ImportRules()
    #expect(rules.decide(id, .absent) == .add)
    #expect(rules.decide(other, .present) == .update)
  }

  @Test(arguments: [ImportRules.Presence.absent, .present])
  func `the first copy of an original speaks for it`(presence: ImportRules.Presence) {
    var rules = ImportRules()
    _ = rules.decide(id, presence)
    #expect(rules.decide(id, presence) == .addTags)
    #expect(rules.decide(other, presence) != .addTags)
    #expect(rules.decide(id, presence) == .addTags)
  }

  @Test func `what was deleted stays deleted, every copy of it`() {
    var rules = ImportRules()
    #expect(rules.decide(id, .deleted) == .leaveDeleted)
    #expect(rules.decide(id, .deleted) == .leaveDeleted)
  }

  @Test func `unless it is to be revived, once`() {
    var rules = ImportRules(revivesDeleted: true)
    #expect(rules.decide(id, .deleted) == .revive)
    #expect(rules.decide(id, .deleted) == .addTags)
  }

  @Test(arguments: [(2, 1, true), (2, 2, false), (1, 2, false)])
  func `what later rules read of the same file stays`(held: Int, mine: Int, stays: Bool) throws {
    var rules = ImportRules(revivesDeleted: true)
    let reading = Reading(source: try hash, reader: mine)
    let there = Reading(source: try hash, reader: held)
    let decision = rules.decide(id, .present, reading: reading, held: there)
    #expect(decision == (stays ? .keep : .update))
    #expect(rules.decide(id, .present, reading: reading, held: there) == .addTags)
    let revived = rules.decide(other, .deleted, reading: reading, held: there)
    #expect(revived == (stays ? .reviveAndKeep : .revive))
  }

  @Test func `of another file, or of none, it does not`() throws {
    let changed = try #require(ContentHash(bytes: [UInt8](repeating: 8, count: 32)))
    let newer = Reading(source: changed, reader: 9)
    let mine = Reading(source: try hash, reader: 1)
    for (reading, held) in [(mine, newer), (nil, newer), (mine, nil), (nil, nil)] {
      var rules = ImportRules()
      #expect(rules.decide(id, .present, reading: reading, held: held) == .update)
    }
  }

  @Test func `what stays gets the tags of the import, and is undeleted where it was`() throws {
    var draft = ArticleDraft(title: "t", format: .text, body: [0x78])
    draft.tags = ["a"]
    let tags = try edits(.addTags, draft)
    #expect(try edits(.keep, draft) == tags)
    #expect(try edits(.reviveAndKeep, draft) == tags + id.revival)
    #expect(ImportRules.Decision.reviveAndKeep.isAddition)
    #expect(!ImportRules.Decision.keep.isAddition)
    #expect(!ImportRules.Decision.keep.takesBodies)
    #expect(!ImportRules.Decision.reviveAndKeep.takesBodies)
  }

  @Test func `how an article was read is written with it and read back`() throws {
    let draft = ArticleDraft(title: "t", format: .text, body: [0x78])
    let reading = Reading(source: try hash, reader: 7)
    let written = try ImportRules.Decision.add.edits(
      of: draft, for: id, body: hash, images: [], reading: reading, now: 1)
    let registers = written.map { (field: $0.register.field, value: $0.value) }
    #expect(Article(registers: registers).reading == reading)
    #expect(
      written.filter { $0.policy == .importing }.contains {
        $0.register.field == ArticleField.source
      })
    let without = try edits(.add, draft).map { (field: $0.register.field, value: $0.value) }
    #expect(Article(registers: without).reading == nil)
    #expect(without.count == written.count - 2)
  }

  @Test func `only what is taken needs its text and images`() {
    let taken: [ImportRules.Decision] = [.add, .update, .revive]
    #expect(taken.map(\.takesBodies) == [true, true, true])
    #expect(taken.map(\.isAddition) == [true, false, true])
    for decision in [ImportRules.Decision.addTags, .leaveDeleted] {
      #expect(!decision.takesBodies && !decision.isAddition)
    }
  }

  @Test func `a copy only adds its tags, and what is revived is undeleted`() throws {
    var draft = ArticleDraft(title: "t", format: .text, body: [0x78])
    draft.tags = ["a", "b"]
    draft.author = "Somebody"
    let whole = try edits(.add, draft)
    #expect(try edits(.update, draft) == whole)
    #expect(try edits(.leaveDeleted, draft) == [])
    let tags = try edits(.addTags, draft)
    #expect(try tags.map(\.register.field) == [ArticleField.tag("a"), ArticleField.tag("b")])
    #expect(tags.allSatisfy { $0.policy == .onlyIfUnset })
    #expect(try edits(.revive, draft) == whole + id.revival)
  }

  private func edits(
    _ decision: ImportRules.Decision, _ draft: ArticleDraft
  ) throws -> [Edit] {
    try decision.edits(of: draft, for: id, body: hash, images: [], now: 1)
  }

  private var hash: ContentHash {
    get throws { try #require(ContentHash(bytes: [UInt8](repeating: 7, count: 32))) }
  }
}
