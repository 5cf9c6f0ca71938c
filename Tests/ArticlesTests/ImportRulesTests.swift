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
    #expect(try edits(.revive, draft) == whole + [id.delete(false)])
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
