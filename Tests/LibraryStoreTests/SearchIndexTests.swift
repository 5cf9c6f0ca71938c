import Articles
import Coding
import Files
import Foundation
import Replication
import Testing

@testable import LibraryStore

/// The index follows the library, and is nothing that can be lost.
struct SearchIndexTests {
  @Test func `what a person remembers of an article finds it`() async throws {
    let test = try TestStore(1)
    let id = Sample.article(1)
    try await test.store.put(
      1, title: "Seven bridges", text: "一條河，兩個島。Nobody walks them all.",
      more: [
        id.edit(ArticleField.author, .text("Leonhard Euler")),
        id.edit(ArticleField.site, .text("example.org")),
        id.edit(ArticleField.summary, .text("Of graphs")), id.tag("数学", present: true),
        id.note("ask Lin"), id.edit(ArticleField.url, .text("https://example.org/secret-path")),
      ])
    try await test.store.put(2, title: "Tea", text: "Water and leaves")
    for query in [
      "bridges", "NOBODY", "一条河", "两個", "euler", "example.org", "graphs", "数学", "數學", "lin",
      "bridg*", "euler nobody", "tea OR walks -leaves", "\"walks them\"", "title:seven",
    ] {
      #expect(try await test.store.found(query) == [1], "\(query)")
    }
    for query in ["secret", "河两", "\"walks all\"", "\"all them\"", "title:nobody", "bridge"] {
      #expect(try await test.store.found(query) == [], "\(query)")
    }
  }

  @Test func `an index that is up to date is read, and nothing is written`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea")
    #expect(try await test.store.found("tea") == [1])
    let file = test.library.appendingPathComponent(SearchIndex.fileName)
    let before = try Data(contentsOf: file)
    for number in 0..<3 {
      #expect(try await test.store.found("tea") == [1])
      // Nor where something else was written.
      try await test.store.noteLongestFrame(number + 1, over: "line", now: Sample.now)
    }
    #expect(try await test.store.found("tea") == [1])
    #expect(try Data(contentsOf: file) == before)
    try await test.store.put(2, title: "tea")
    #expect(try await test.store.found("tea") == [1, 2])
    #expect(try Data(contentsOf: file) != before)
  }

  @Test func `the title counts more, and as many come as are asked for`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "Water", text: "tea is one word of many in this text")
    try await test.store.put(2, title: "Tea", text: "and the rest is about other things by far")
    try await test.store.put(3, title: "Milk", text: "no such thing")
    let all = try await test.store.results("tea")
    #expect(all.hits.map(\.article.article.title) == ["Tea", "Water"])
    let one = try await test.store.results("tea", limit: 1)
    #expect(one.hits.map(\.article.article.title) == ["Tea"])
    #expect(one.matches == 2)
  }

  @Test func `only what is selected is found`() async throws {
    let test = try TestStore(1)
    let ids = (0..<4).map { Sample.article($0) }
    for number in 0..<UInt64(4) { try await test.store.put(number, title: "tea \(number)") }
    try await test.store.write(
      [
        ids[0].mark(.read), ids[1].mark(.starred), ids[2].mark(.archived),
        ids[3].tag("x", present: true), ids[3].edit(ArticleField.published, .text("2026-03-01")),
        ids[3].edit(ArticleField.site, .text("example.org")),
      ], now: Sample.now)
    let selections: [(expected: [Int], query: String)] = [
      ([0, 1, 2, 3], ""), ([1, 2, 3], "is:unread"), ([0], "is:read"), ([1], "is:starred"),
      ([2], "is:archived"), ([0, 1, 3], "-is:archived"), ([3], "tag:x"), ([3], "site:example.org"),
      ([3], "since:2026-01-01"), ([], "since:2027-01-01"), ([], "is:deleted"),
    ]
    for (expected, query) in selections {
      #expect(try await test.store.found("tea \(query)") == expected, "\(query)")
      #expect(try await test.store.results("tea \(query)").matches == expected.count, "\(query)")
    }
    #expect(try await test.store.found("tea", unarchived: true) == [0, 1, 3])
  }

  @Test func `changes are followed, and what is not searched makes no new document`() async throws {
    let test = try TestStore(1)
    let id = Sample.article(1)
    try await test.store.put(1, title: "old title", text: "the text stays")
    #expect(try await test.store.found("old") == [1])
    try await test.store.write(
      [id.mark(.read), id.mark(.starred), id.edit(ArticleField.progress, .integer(5))],
      now: Sample.now)
    #expect(try await test.store.found("old") == [1])
    #expect(try test.store.indexed("SELECT documents FROM state") == 1)
    try await test.store.write(
      [id.edit(ArticleField.title, .text("new title"))], now: Sample.now)
    #expect(try await test.store.found("old") == [])
    #expect(try await test.store.found("new text") == [1])
    #expect(try test.store.indexed("SELECT documents FROM state") == 2)
    try await test.store.write([id.delete(true)], now: Sample.now)
    #expect(try await test.store.found("new") == [])
    #expect(try await test.store.found("new is:deleted") == [1])
    try await test.store.write([id.delete(false)], now: Sample.now)
    #expect(try await test.store.found("new text") == [1])
  }

  @Test func `a body that comes later is found then, and one that goes until its article changes`()
    async throws
  {
    let test = try TestStore(1)
    try await test.store.put(1, title: "Tea", text: "water and leaves", withBody: false)
    #expect(try await test.store.found("leaves") == [])
    let results = try await test.store.results("tea")
    #expect(results.hits.count == 1 && results.hits[0].snippet == nil)
    _ = try await test.store.merge(
      operations: [], bodies: [SearchSample.chunk("water and leaves")], now: Sample.now)
    #expect(try await test.store.found("leaves") == [1])
    let hash = ContentHash(of: Array("water and leaves".utf8))
    try await test.store.change { try BodyTable($0.db).forget([hash]) }
    #expect(try await test.store.found("leaves") == [1])
    #expect(try await test.store.results("leaves").hits.first?.snippet == nil)
    try await test.store.write(
      [Sample.article(1).edit(ArticleField.title, .text("Green tea"))], now: Sample.now)
    #expect(try await test.store.found("leaves") == [])
    #expect(try await test.store.found("tea") == [1])
  }

  @Test func `compacting forgets which article changed when, and nothing is lost by it`()
    async throws
  {
    let test = try TestStore(1)
    for word in ["one", "two", "three"] {
      for number in UInt64(1)...5 {
        try await test.store.put(number, title: "\(word) \(number)", text: "text \(number)")
      }
    }
    #expect(try await test.store.count("SELECT count(*) FROM article_change") == 15)
    #expect(try await test.store.found("three text") == [1, 2, 3, 4, 5])
    try await test.store.write([Sample.article(2).delete(true)], now: Sample.now)
    _ = try await test.store.compact(now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM article_change") == 1)
    #expect(try await test.store.found("three text") == [1, 3, 4, 5])
    #expect(try test.store.indexed("SELECT documents FROM state") == 5)
  }

  @Test func `what a merge brings is found`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    try await reader.store.put(9, title: "own tea")
    #expect(try await reader.store.found("tea") == [9])
    try await author.store.put(1, title: "sent", text: "green tea")
    try await reader.store.take(author.store.letter())
    #expect(try await reader.store.found("tea") == [1, 9])
  }

  @Test func `a damaged text does not keep others from being found`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "one", text: "a text that is going to be damaged")
    try await test.store.put(2, title: "two", text: "a text that stays whole")
    try await test.store.tamper("UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id = 1")
    #expect(try await test.store.found("text") == [2])
    #expect(try await test.store.found("one") == [1])
  }

  private static let damages: [(name: String, harm: @Sendable (URL) throws -> Void)] = [
    ("no database", { try Data("no database at all, but long enough".utf8).write(to: $0) }),
    ("garbage", { try Data(repeating: 0xA5, count: 20_000).write(to: $0) }),
    ("empty", { try Data().write(to: $0) }),
    (
      "cut",
      { url in
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 5_000)
        try handle.close()
      }
    ),
    (
      "overwritten",
      { url in
        let handle = try FileHandle(forWritingTo: url)
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
        try handle.close()
      }
    ),
    ("another version", { try sql("PRAGMA user_version = 99", $0) }),
    ("another program's", { try sql("PRAGMA application_id = 7", $0) }),
    ("without words", { try sql("DROP TABLE words", $0) }),
    ("without documents", { try sql("DROP TABLE document", $0) }),
    ("without a state", { try sql("DELETE FROM state", $0) }),
    ("gone", { SearchIndex.remove(FilePath($0.path)) }),
  ]

  @Test(arguments: damages.indices, [true, false])
  func `an index that is not right is built anew`(
    number: Int, isAskedAtOnce: Bool
  ) async throws {
    let test = try TestStore(1)
    for number in UInt64(1)...12 {
      try await test.store.put(number, title: "tea \(number)", text: "water \(number)")
    }
    let before = try await test.store.found("water")
    let file = test.library.appendingPathComponent(SearchIndex.fileName)
    for ending in ["-wal", "-shm"] { unlink(file.path + ending) }
    try SearchIndexTests.damages[number].harm(file)
    let name = SearchIndexTests.damages[number].name
    if isAskedAtOnce { #expect(try await test.store.found("water") == before, "\(name)") }
    try await test.store.put(50, title: "new", text: "water")
    #expect(try await test.store.found("water") == before + [50], "\(name)")
    #expect(try await test.store.found("title:new") == [50], "\(name)")
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  private static func sql(_ sql: String, _ file: URL) throws {
    try SearchSample.execute(sql, on: file)
  }

  @Test func `the index of another library, or of a database that was restored, is not used`()
    async throws
  {
    let (test, other) = (try TestStore(1), try TestStore(2))
    try await test.store.put(1, title: "tea")
    let backup = try await test.backup()
    try await other.store.put(2, title: "coffee")
    #expect(try await other.store.found("coffee") == [2])
    let file = test.library.appendingPathComponent(SearchIndex.fileName)
    try FileManager.default.copyItem(
      at: other.library.appendingPathComponent(SearchIndex.fileName), to: file)
    #expect(try await test.store.found("coffee") == [])
    #expect(try await test.store.found("tea") == [1])
    try await test.store.put(1, title: "milk")
    #expect(try await test.store.found("milk") == [1])
    try await test.restoreInPlace(backup)
    let restored = try test.connect()
    #expect(try await restored.found("tea") == [1])
    #expect(try await restored.found("milk") == [])
    try await restored.put(3, title: "cocoa")
    #expect(try await restored.found("tea OR milk OR cocoa") == [1, 3])
  }

  @Test func `a library that lost only what others sent it is noticed to be older`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    try await reader.store.put(1, title: "own tea")
    let backup = try await reader.backup()
    try await author.store.put(2, title: "sent tea")
    try await reader.store.take(author.store.letter())
    #expect(try await reader.store.found("tea") == [1, 2])
    try await reader.restoreInPlace(backup)
    #expect(try await reader.connect().found("tea") == [1])
  }

  @Test func `an index goes along between machines, and with a copy`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea")
    #expect(try await test.store.found("tea") == [1])
    let generation = try test.store.indexed("SELECT generation FROM state")
    var options = test.options
    options.guardian = IdentityGuard(
      stateDirectory: FilePath(test.evidence.path), machine: "another")
    for number in UInt64(2)...4 {
      let store = try ReplicaStore(
        folder: FilePath(test.library.path), options: number % 2 == 0 ? options : test.options)
      try await store.put(number, title: "tea \(number)")
      #expect(try await store.found("tea") == Array(1...Int(number)))
      #expect(try store.indexed("SELECT generation FROM state") == generation)
    }
    try await test.close()
    let folder = test.folder.url.appendingPathComponent("copy")
    try FileManager.default.copyItem(at: test.library, to: folder)
    let copy = try ReplicaStore(folder: FilePath(folder.path), options: test.options)
    try await copy.put(5, title: "tea in the copy")
    #expect(try await copy.found("tea") == [1, 2, 3, 4, 5])
    #expect(try copy.indexed("SELECT generation FROM state") == generation)
    #expect(try copy.indexed("SELECT documents FROM state") == 5)
  }

  @Test func `a restored library that has gone as far by other changes is searched whole`()
    async throws
  {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    try await reader.store.put(1, title: "tea")
    let backup = try await reader.backup()
    try await reader.store.put(2, title: "lost tea")
    try await reader.store.put(3, title: "more lost tea")
    #expect(try await reader.store.found("tea") == [1, 2, 3])
    try await reader.restoreInPlace(backup)
    let restored = try reader.connect()
    for number in UInt64(4)...8 {
      try await author.store.put(number, title: "sent tea \(number)")
      try await send(from: author.store, to: restored)
    }
    #expect(try await restored.found("tea") == [1, 4, 5, 6, 7, 8])
    #expect(try await restored.results("tea").matches == 6)
    #expect(try await restored.found("lost") == [])
  }

  @Test func `a build that is given up is gone on with`() async throws {
    let test = try TestStore(1)
    let large = String(repeating: "many words of no use here. ", count: 45_000)
    for number in UInt64(1)...5 {
      try await test.store.put(number, title: "large \(number)", text: "\(number) \(large)")
    }
    let store = test.store
    let build = Task {
      try await store.search(
        ArticleQuery("large"), today: 0, snippetColumns: 80,
        progress: { _, _ in withUnsafeCurrentTask { $0?.cancel() } })
    }
    await #expect(throws: CancellationError.self) { try await build.value }
    let done = try store.indexed("SELECT count(*) FROM document")
    #expect((1..<5).contains(done), "\(done)")
    #expect(try await store.found("large") == [1, 2, 3, 4, 5])
    #expect(try store.indexed("SELECT documents FROM state") == 5)
  }

  @Test func `an index of texts that were made by other rules is built anew`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "A garden", text: "tea")
    #expect(try await test.store.found("tea") == [1])
    let shouting = try test.connect {
      $0.searchText = SearchText(version: 2) { bytes, _ in
        String(decoding: bytes, as: UTF8.self) + " leaves"
      }
    }
    #expect(try await shouting.found("leaves") == [1])
    #expect(try await test.store.found("leaves") == [])
  }

  @Test func `an index of which much is dead is built anew`() async throws {
    let test = try TestStore(1)
    func title(_ title: String) throws -> [Edit] {
      try (0..<300).map { Sample.article($0).edit(ArticleField.title, try .text(title)) }
    }
    for word in ["one", "two", "three"] {
      try await test.store.write(title(word), now: Sample.now)
      #expect(try await test.store.results(word).matches == 300)
    }
    #expect(try test.store.indexed("SELECT documents FROM state") == 300)
    #expect(try test.store.indexed("SELECT dead FROM state") == 0)
    #expect(try await test.store.results("one OR two").matches == 0)
  }

  @Test func `several may search at once, while the library changes`() async throws {
    let test = try TestStore(1)
    for number in UInt64(0)..<50 { try await test.store.put(number, title: "tea \(number)") }
    let connections = try (0..<8).map { _ in try test.connect() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for connection in connections {
        group.addTask {
          for _ in 0..<10 {
            let found = try await connection.found("tea")
            #expect(found.count >= 50)
          }
        }
      }
      group.addTask {
        for number in UInt64(50)..<250 {
          try await test.store.put(number, title: "tea \(number)")
        }
      }
      try await group.waitForAll()
    }
    #expect(try await test.store.found("tea") == Array(0..<250))
  }

  @Test func `where no index can lie beside the library, it lies in the state folder`()
    async throws
  {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea")
    let file = test.library.appendingPathComponent(SearchIndex.fileName)
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(try await test.store.found("tea") == [1])
    let names = try FileManager.default.contentsOfDirectory(atPath: test.evidence.path)
    #expect(names.contains("5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a.search.sqlite"), "\(names)")
    try await test.store.put(2, title: "more tea")
    #expect(try await test.store.found("tea") == [1, 2])
    try FileManager.default.removeItem(at: file)
    #expect(try await test.store.found("tea") == [1, 2])
    #expect(try test.store.indexed("SELECT documents FROM state") == 2)
  }

  @Test func `the index is no part of the library, and its space is told`() async throws {
    let test = try TestStore(1)
    try await test.store.put(1, title: "tea")
    let before = try await test.store.status(now: Sample.now)
    #expect(before.searchBytes == 0)
    #expect(try await test.store.found("tea") == [1])
    let after = try await test.store.status(now: Sample.now)
    #expect(after.searchBytes > 0)
    #expect(after.fingerprint == before.fingerprint)
    #expect(after.operations == before.operations)
  }
}
