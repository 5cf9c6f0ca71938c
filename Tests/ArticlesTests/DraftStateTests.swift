import Articles
import Replication
import Testing

/// A reader's state from elsewhere becomes edits that yield to what is here.
@Suite struct DraftStateTests {
  private let id = ArticleID(key: Identifier(high: 1, low: 2))

  @Test func `each part is recorded, under the time that its file tells`() throws {
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
      let written = edits.filter { $0.register.field == field }
      #expect(written.map(\.policy) == [.recorded(at: 1_500_000_000_000)])
      #expect(written.map(\.isAuthored) == [field == ArticleField.note])
    }
    state.changedMilliseconds = 1_600_000_000_000
    #expect(try self.edits(state).contains { $0.policy == .recorded(at: 1_600_000_000_000) })
    state = DraftState()
    state.isRead = true
    #expect(try self.edits(state).filter { $0.policy == .recorded(at: nil) }.count == 1)
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
    draft.state.addedMilliseconds = 5
    let edits = try draft.edits(for: id, body: hash, images: [], now: 7)
    let article = Article(registers: edits.map { ($0.register.field, $0.value) })
    let again = ArticleDraft(article, body: draft.body, images: [])
    #expect(try again.edits(for: id, body: hash, images: [], now: 9) == edits)
  }

  @Test func `all that an export file tells is recorded, but for the tags of whoever imports it`()
    throws
  {
    var told = ArticleDraft(title: "t", url: "https://example.org/a")
    told.isRecorded = true
    told.tags = ["theirs"]
    told.state.addedMilliseconds = 5
    let edits = try told.completed(tags: ["mine", "theirs"]).edits(
      for: id, body: nil, images: [], now: 7)
    let others = edits.filter { $0.policy != .recorded(at: 5) }
    let given = try ["theirs", "mine"].map {
      id.edit(try ArticleField.tag($0), .flag(true), .onlyIfUnset)
    }
    #expect(others == given)
    #expect(edits.allSatisfy { !$0.isAuthored })
    told.isTitleTyped = true
    let typed = try told.edits(for: id, body: nil, images: [], now: 7)
    #expect(typed.filter(\.isAuthored).map(\.register.field) == [ArticleField.title])
  }

  @Test func `without a text there is no body and no format, and no empty title`() throws {
    let bare = try ArticleDraft(title: "", url: "https://example.org/a")
      .edits(for: id, body: nil, images: [], now: 7)
    #expect(bare.map(\.register.field) == [ArticleField.added, ArticleField.url])
    let named = try ArticleDraft(title: "t", url: "https://example.org/a")
      .edits(for: id, body: nil, images: [], now: 7)
    #expect(named.count == 3)
    #expect(!ArticleDraft(title: "t", format: .text, body: []).isArticle)
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
