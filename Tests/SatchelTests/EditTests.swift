import Satchel
import Testing

/// Edits that are collected are one transaction.
struct EditTests {
  @Test func `edits of several articles are made together, and each is counted once`() async throws
  {
    let house = try Household()
    let library = try await house.create("study")
    var ids: [ArticleID] = []
    for number in 1...3 { ids.append(try await library.add(house.draft(number)).id) }
    let before = try await library.status().operations
    let change = try await library.edit { (edit) throws(LibraryError) in
      edit.mark(ids, .read)
      try edit.tag([ids[0]], ["kept", "news"])
      try edit.rate(ids[1], stars: 2)
      try edit.rate(ids[1], stars: 5)
      try edit.setNote(ids[2], "a note")
      try edit.setTitle(ids[2], "a title")
      edit.delete([ids[0]])
    }
    #expect(change.changed == ids && change.unchanged == 0)
    // Three marks, a tag that was not there, one rating, a note, a title, a tombstone.
    #expect(try await library.status().operations == before + 8)
    let second = try #require(try await library.article(ids[1]))
    #expect(second.article.isRead && second.article.rating == 5)
    let third = try #require(try await library.article(ids[2]))
    #expect(third.article.note == "a note" && third.article.title == "a title")
    #expect(try await Set(library.articleIDs(.all)) == Set(ids[1...]))
    #expect(try await library.article(ids[0])?.article.isDeleted == true)
  }

  @Test func `an edit that is out of bounds leaves the others undone`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    let id = try await library.add(house.draft(1)).id
    let before = try await library.status().fingerprint
    await #expect(throws: LibraryError.self) {
      try await library.edit { (edit) throws(LibraryError) in
        edit.mark([id], .read)
        try edit.setProgress(id, percent: 101)
      }
    }
    #expect(try await library.status().fingerprint == before)
    let none = try await library.edit { _ in }
    #expect(none.changed.isEmpty && none.unchanged == 0)
  }
}

/// What a query shows is given anew when it changed.
struct ArticleUpdatesTests {
  @Test func `changes are seen whoever made them, and others are not`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    let other = try await Library.open(at: library.folder, options: house.options("study"))
    let query = try ArticleQuery("is:starred", includingArchived: true)
    var updates = library.articles(matching: query, everyMilliseconds: 1).makeAsyncIterator()
    #expect(try await updates.next()?.isEmpty == true)
    let id = try await library.add(house.draft(1)).id
    _ = try await other.mark([id], .starred)
    #expect(try await updates.next()?.map(\.id) == [id])
    // What the query does not show is passed over: the next news is the title.
    _ = try await library.add(house.draft(2))
    _ = try await library.setTitle(id, "another")
    #expect(try await updates.next()?.map(\.article.title) == ["another"])
    _ = try await library.mark([id], .unstarred)
    #expect(try await updates.next()?.isEmpty == true)
  }

  @Test func `the revision is given at once, and anew when anything changed`() async throws {
    let house = try Household()
    let library = try await house.create("study")
    let other = try await Library.open(at: library.folder, options: house.options("study"))
    var changes = library.changes(everyMilliseconds: 1).makeAsyncIterator()
    let first = try #require(try await changes.next())
    #expect(first == (try await library.revision()))
    let id = try await other.add(house.draft(1)).id
    let second = try #require(try await changes.next())
    #expect(second > first)
    _ = try await library.tag([id], ["peas"])
    #expect(try await changes.next() == (try await other.revision()))
    // Who knows a revision waits for another one.
    var since = library.changes(since: second, everyMilliseconds: 1).makeAsyncIterator()
    #expect(try #require(try await since.next()) > second)
  }

  @Test func `what was merged is seen, and a task that is cancelled ends the sequence`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    _ = try await study.add(house.draft(1))
    let counter = Counter()
    let watching = Task {
      for try await rows in kitchen.articles(matching: .all, everyMilliseconds: 1) {
        if rows.count == 1 { counter.increase() }
      }
    }
    try await house.carry("1.satchel", from: study, to: kitchen)
    for _ in 0..<10_000 where counter.value == 0 { try await Task.sleep(for: .milliseconds(2)) }
    watching.cancel()
    try await watching.value
    #expect(counter.value == 1)
  }
}
