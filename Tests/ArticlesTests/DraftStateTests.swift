import Articles
import Replication
import Testing

/// A reader's state from elsewhere becomes edits that yield to what is here.
@Suite struct DraftStateTests {
  private let id = ArticleID(key: Identifier(high: 1, low: 2))

  @Test func `each part is written only where nothing ever was`() throws {
    var state = DraftState()
    (state.isRead, state.isStarred, state.isArchived) = (true, true, true)
    (state.progressPercent, state.rating, state.note) = (40, 3, "Two\nlines")
    state.addedMilliseconds = 1_500_000_000_000
    let edits = try edits(state)
    let expected: [(Field, Value)] = [
      (ArticleField.read, .flag(true)), (ArticleField.starred, .flag(true)),
      (ArticleField.archived, .flag(true)), (ArticleField.progress, .integer(40)),
      (ArticleField.rating, .integer(3)), (ArticleField.note, try .text("Two\nlines")),
      (ArticleField.added, .integer(1_500_000_000_000)),
    ]
    for (field, value) in expected {
      #expect(edits.filter { $0.register.field == field }.map(\.value) == [value])
      let policy = field == ArticleField.note ? Edit.Policy.authorIfUnset : .onlyIfUnset
      #expect(edits.filter { $0.register.field == field }.map(\.policy) == [policy])
    }
  }

  @Test func `what says nothing, and what a missing register says, writes nothing`() throws {
    let plain = try edits(DraftState())
    var state = DraftState()
    (state.isRead, state.isStarred, state.isArchived) = (false, false, false)
    (state.progressPercent, state.rating, state.note) = (0, 0, " \n")
    #expect(try edits(state) == plain)
    #expect(plain.first { $0.register.field == ArticleField.added }?.value == .integer(7))
  }

  @Test func `numbers past their bounds are brought within them`() throws {
    var state = DraftState()
    (state.progressPercent, state.rating) = (250, .max)
    let numbers = try edits(state).compactMap {
      [ArticleField.progress, ArticleField.rating].contains($0.register.field)
        ? $0.value.integer : nil
    }
    #expect(numbers == [100, 5])
    (state.progressPercent, state.rating) = (-1, .min)
    #expect(try edits(state) == edits(DraftState()))
  }

  @Test func `a note past the limit is refused`() {
    var state = DraftState()
    state.note = String(repeating: "x", count: Limits.valueBytes + 1)
    #expect(throws: ReplicationError.self) { try edits(state) }
  }

  @Test func `another copy brings its tags and no state`() throws {
    var draft = draft(with: DraftState())
    draft.state.isRead = true
    draft.tags = ["a"]
    #expect(try draft.tagEdits(for: id).map(\.register.field) == [ArticleField.tag("a")])
  }

  @Test func `an article is the draft that it came of`() throws {
    var draft = draft(with: DraftState())
    draft.url = "https://example.org/a"
    draft.tags = ["a", "b"]
    draft.author = "Somebody"
    draft.state.isRead = true
    draft.state.rating = 2
    draft.state.note = "A note"
    let edits = try draft.edits(for: id, body: hash, images: [], now: 7)
    let article = Article(registers: edits.map { ($0.register.field, $0.value) })
    let again = ArticleDraft(article, body: draft.body, images: [])
    #expect(try again.edits(for: id, body: hash, images: [], now: 9) == edits)
  }

  private func edits(_ state: DraftState) throws -> [Edit] {
    try draft(with: state).edits(for: id, body: hash, images: [], now: 7)
  }

  private func draft(with state: DraftState) -> ArticleDraft {
    var draft = ArticleDraft(title: "t", format: .text, body: [0x78])
    draft.state = state
    return draft
  }

  private var hash: ContentHash {
    get throws { try #require(ContentHash(bytes: [UInt8](repeating: 7, count: 32))) }
  }
}
