import Articles
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// The article table says what the registers say.
struct ProjectionTests {
  @Test func `an edit that says what is already so writes nothing and leaves no trace`()
    async throws
  {
    let test = try TestStore(1)
    let article = Sample.article(1)
    let changed = try await test.store.write(
      [article.mark(.unread), article.edit(ArticleField.note, .nothing, .author)],
      now: Sample.now)
    #expect(changed.changed.isEmpty)
    #expect(try await test.store.report().knowledge.isEmpty)
    #expect(try await test.store.count("SELECT count(*) FROM entity") == 0)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `tags whose bytes read as one text do not stop a merge`() async throws {
    let test = try TestStore(1)
    let tags = [[0xff], [0xfe], Array("a\0b".utf8), Array("a\0c".utf8)]
    let operations = try tags.enumerated().map { number, bytes in
      try Operation(
        dot: Dot(replica: Sample.replica(2), sequence: UInt64(number + 1)),
        stamp: Sample.stamp(9),
        register: RegisterID(
          Sample.article(1).entity, Field(bytes: Array("tag/".utf8) + bytes)),
        value: .flag(true))
    }
    let result = try await test.store.merge(
      operations: [Sample.frame(operations)], bodies: [], now: Sample.now)
    #expect(result.operations.new == 4)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `check finds what was tampered with`()
    async throws
  {
    for (sql, isMended) in [
      ("UPDATE article SET title = 'other'", true),
      ("UPDATE state SET fingerprint = zeroblob(16)", true),
      ("UPDATE state SET highest_stamp = 0", true),
      ("UPDATE tally SET unread = 7", true),
      ("UPDATE frame SET bytes = zeroblob(length(bytes))", false),
      ("DELETE FROM knowledge", false),
      ("UPDATE register_run SET registers = substr(registers, 1, length(registers) - 1)", true),
      ("UPDATE register_run SET registers = CAST(registers || 'x' AS BLOB)", true),
      ("UPDATE register_run SET registers = zeroblob(length(registers))", true),
      ("UPDATE register_run SET field = 1", true),
      ("UPDATE register_run SET entity = 9", true),
    ] {
      let test = try TestStore(1)
      let edit = Sample.article(1).edit(ArticleField.title, try .text("right"))
      try await test.store.write([edit], now: Sample.now)
      try await test.store.tamper(sql)
      #expect(try await test.store.check(deep: false, repair: false).damage != [], "\(sql)")
      _ = try await test.store.check(deep: false, repair: true)
      let after = try await test.store.check(deep: false, repair: false).damage
      #expect(after.isEmpty == isMended, "\(sql): \(after)")
    }
  }

  @Test func `status counts what is there after every change`() async throws {
    let test = try TestStore(1)
    let articles = (0..<4).map { Sample.article($0) }
    let steps: [([Edit], counts: [Int])] = [
      (articles.map { $0.mark(.unread) }, [0, 0, 0]),
      (try articles.map { $0.edit(ArticleField.title, try .text("t")) }, [4, 4, 0]),
      ([articles[0].mark(.read), articles[1].mark(.read), articles[1].mark(.starred)], [4, 2, 1]),
      ([articles[1].delete(true), articles[2].delete(true)], [2, 1, 0]),
      ([articles[1].delete(false)], [3, 1, 1]),
      ([articles[1].mark(.unread), articles[1].mark(.unstarred)], [3, 2, 0]),
    ]
    for (edits, counts) in steps {
      try await test.store.write(edits, now: Sample.now)
      let status = try await test.store.status(now: Sample.now)
      #expect([status.articles, status.unread, status.starred] == counts)
      #expect(try await test.store.check(deep: false, repair: false).damage == [])
    }
  }

  @Test(arguments: UInt64(0)..<4)
  func `columns and indexes follow every change`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    // The middle two are one text in different bytes.
    let sites: [Value] = try [.nothing, .text("\u{e9}.org"), .text("e\u{301}.org"), .text("a.org")]
    for step in 0..<60 {
      let article = Sample.article(.random(in: 0..<3, using: &generator))
      let flag = Value.flag(.random(using: &generator))
      let edits = [
        article.edit(ArticleField.site, sites.randomElement(using: &generator) ?? .nothing),
        article.edit(ArticleField.added, .integer(.random(in: 0...3, using: &generator))),
        article.edit(ArticleField.archived, flag), article.edit(ArticleField.read, flag),
        article.edit(ArticleField.deleted, flag), article.edit(ArticleField.starred, flag),
      ].shuffled(using: &generator).prefix(.random(in: 1...2, using: &generator))
      try await test.store.write(Array(edits), now: Sample.now + Int64(step))
      let damage = try await test.store.check(deep: false, repair: false).damage
      #expect(damage == [], "seed \(seed), step \(step)")
    }
    let answer = try await test.store.read {
      try String.fetchAll($0, sql: "PRAGMA integrity_check")
    }
    #expect(answer == ["ok"], "seed \(seed)")
  }

  @Test func `the article table is declared as it was released`() async throws {
    let store = try TestStore(1).store
    let declared = try await store.read {
      try String.fetchOne($0, sql: "SELECT sql FROM sqlite_schema WHERE name = 'article'")
    }
    let released = """
      CREATE TABLE article(
        id INTEGER PRIMARY KEY,
        -- The entity's, by whose index it is found.
        key BLOB NOT NULL,
        title TEXT NOT NULL,
        url TEXT,
        author TEXT,
        editor TEXT,
        site TEXT,
        published TEXT,
        language TEXT,
        summary TEXT,
        format TEXT NOT NULL,
        body BLOB,
        added INTEGER NOT NULL,
        -- Of publication, or where that is not known of adding; days since 1970-01-01.
        day INTEGER NOT NULL,
        read INTEGER NOT NULL,
        starred INTEGER NOT NULL,
        archived INTEGER NOT NULL,
        progress INTEGER NOT NULL,
        rating INTEGER NOT NULL,
        note TEXT,
        deleted INTEGER NOT NULL
      ) STRICT
      """
    #expect(declared == released)
  }

  @Test func `what is read of an article's row is what was written`() async throws {
    let test = try TestStore(1)
    let id = Sample.article(1)
    let hash = try #require(ContentHash(bytes: (0..<32).map { UInt8($0) }))
    try await test.store.write(
      [
        id.edit(ArticleField.title, .text("t")), id.edit(ArticleField.url, .text("u")),
        id.edit(ArticleField.author, .text("a")), id.edit(ArticleField.editor, .text("e")),
        id.edit(ArticleField.site, .text("s")), id.edit(ArticleField.published, .text("2020")),
        id.edit(ArticleField.language, .text("l")), id.edit(ArticleField.summary, .text("y")),
        id.edit(ArticleField.format, .text("html")),
        id.edit(ArticleField.body, .data(hash.bytes)), id.edit(ArticleField.added, .integer(9)),
        id.edit(ArticleField.read, .flag(true)), id.edit(ArticleField.starred, .flag(true)),
        id.edit(ArticleField.archived, .flag(true)), id.edit(ArticleField.progress, .integer(7)),
        id.edit(ArticleField.rating, .integer(3)), id.edit(ArticleField.note, .text("n")),
        id.edit(ArticleField.deleted, .flag(true)),
      ], now: Sample.now)
    var expected = Article()
    (expected.title, expected.url, expected.author, expected.editor) = ("t", "u", "a", "e")
    (expected.site, expected.published, expected.language) = ("s", "2020", "l")
    (expected.summary, expected.format, expected.body) = ("y", .html, hash)
    (expected.addedMilliseconds, expected.isRead, expected.isStarred) = (9, true, true)
    (expected.isArchived, expected.progressPercent, expected.rating) = (true, 7, 3)
    (expected.note, expected.isDeleted) = ("n", true)
    #expect(try await test.store.article(id)?.article == expected)
  }

  @Test func `a table that lacks a column is refused, whatever is read of it`() async throws {
    let test = try TestStore(1)
    let id = Sample.article(1)
    try await test.store.write([id.edit(ArticleField.title, .text("t"))], now: Sample.now)
    try await test.store.tamper("ALTER TABLE article DROP COLUMN summary")
    await #expect(throws: StoreError.self) { try await test.store.article(id) }
    await #expect(throws: StoreError.self) { try await test.store.articles(today: 0) }
    await #expect(throws: StoreError.self) { try await test.store.listedArticles([1]) }
  }

  @Test func `checking changes nothing`() async throws {
    let test = try TestStore(1)
    try await test.store.write(
      [Sample.article(1).edit(ArticleField.title, try .text("right"))], now: Sample.now)
    try await test.store.tamper("UPDATE article SET title = 'other'")
    for _ in 0..<2 {
      #expect(try await test.store.check(deep: true, repair: false).damage.count == 1)
    }
  }
}
