import Articles
import Coding
import LibraryStore
import Replication
import Testing

@testable import LibraryStore
@testable import Satchel

/// One action is one transaction, and what it is given is checked whole before that.
struct VerbTests {
  /// A library with an article that bears a tag and a note, another replica, and a remote.
  private struct Setting {
    let library: Library
    let id: ArticleID
    let other: ReplicaID
    /// An earlier note.
    let entry: LogEntry

    init(_ house: Household) async throws {
      library = try await house.create("study")
      let kitchen = try await house.join(library, as: "kitchen")
      id = try await library.add(house.draft(1)).id
      _ = try await library.setNote(id, "first")
      _ = try await library.setNote(id, "second")
      entry = try #require(
        try await library.log(of: id).first { $0.operation.value.text == "first" })
      try await library.addRemote("stick", target: SyncTarget("/stick"))
      other = try await kitchen.replicaID()
      try await house.carry("0.satchel", from: kitchen, to: library)
    }

    /// What any write changes, and what any write of the library's content changes.
    func state() async throws -> (revision: Int64, fingerprint: Fingerprint) {
      let revision = try await library.store.read { try StoreTransaction($0).revision }
      return (revision, try await library.status().fingerprint)
    }
  }

  private static let long = String(repeating: "x", count: 1_100)
  private static let endless = String(repeating: "x", count: 4 << 20)

  private typealias Verb = @Sendable (Setting) async throws -> Void

  /// Each verb with something it cannot take.
  private static let refused: [(name: String, verb: Verb)] = [
    ("progress", { _ = try await $0.library.setProgress($0.id, percent: -1) }),
    ("rate", { _ = try await $0.library.rate($0.id, stars: 6) }),
    ("an empty tag", { _ = try await $0.library.tag([$0.id], ["good", ""]) }),
    ("a blank tag", { _ = try await $0.library.tag([$0.id], ["\u{3000} \t"]) }),
    ("a long tag", { _ = try await $0.library.tag([$0.id], ["good", long]) }),
    ("a long tag taken off", { _ = try await $0.library.tag([$0.id], [long], present: false) }),
    ("renaming to a long tag", { _ = try await $0.library.renameTag("news", to: long) }),
    ("renaming to nothing", { _ = try await $0.library.renameTag("news", to: "") }),
    ("renaming to a blank", { _ = try await $0.library.renameTag("news", to: " ") }),
    ("renaming what is not there", { _ = try await $0.library.renameTag("none", to: "some") }),
    ("a long note", { _ = try await $0.library.setNote($0.id, endless) }),
    ("a long title", { _ = try await $0.library.setTitle($0.id, endless) }),
    ("a blank title", { _ = try await $0.library.setTitle($0.id, "\n") }),
    ("an empty query", { _ = try await $0.library.articleIDs(toChange: ArticleFilter(" ")) }),
    ("an empty name", { try await $0.library.rename("") }),
    ("a long name", { try await $0.library.rename(long, of: $0.other) }),
    ("retiring oneself", { try await $0.library.retire($0.library.replicaID()) }),
    (
      "a remote without a name",
      {
        try await $0.library.addRemote("", target: SyncTarget("/stick"))
      }
    ),
    ("no such remote", { try await $0.library.removeRemote("none") }),
    (
      "adding with a blank tag",
      {
        var options = ImportOptions()
        options.tags = [""]
        _ = try await $0.library.add(draft(url: "https://example.org/x"), options: options)
      }
    ),
    ("adding with a bad address", { _ = try await $0.library.add(draft(url: ":")) }),
    (
      "adding two, one bad",
      {
        _ = try await $0.library.add([draft(url: "https://example.org/x"), draft(url: "http://")])
      }
    ),
    (
      "importing with a long tag",
      {
        var options = ImportOptions()
        options.tags = [long]
        _ = try await $0.library.importPages(["/"], options: options).result()
      }
    ),
  ]

  private static func draft(url: String) -> ArticleDraft {
    var draft = ArticleDraft(title: "t", format: .markdown, body: Array("b".utf8))
    draft.url = url
    return draft
  }

  @Test func `a verb that is given what it cannot take changes nothing at all`() async throws {
    let setting = try await Setting(Household())
    let before = try await setting.state()
    for (name, verb) in VerbTests.refused {
      await #expect(throws: LibraryError.self, "\(name)") { try await verb(setting) }
      let after = try await setting.state()
      #expect(after.revision == before.revision, "\(name)")
      #expect(after.fingerprint == before.fingerprint, "\(name)")
    }
  }

  @Test func `a verb writes once`() async throws {
    let setting = try await Setting(Household())
    let verbs: [(name: String, verb: Verb)] = [
      ("mark", { _ = try await $0.library.mark([$0.id], .starred) }),
      ("progress", { _ = try await $0.library.setProgress($0.id, percent: 5) }),
      ("rate", { _ = try await $0.library.rate($0.id, stars: 3) }),
      ("tag", { _ = try await $0.library.tag([$0.id], ["a", "b"]) }),
      ("untag", { _ = try await $0.library.tag([$0.id], ["a"], present: false) }),
      ("rename a tag", { _ = try await $0.library.renameTag("news", to: "old") }),
      ("note", { _ = try await $0.library.setNote($0.id, "third") }),
      ("title", { _ = try await $0.library.setTitle($0.id, "by hand") }),
      ("restore", { try await $0.library.restore($0.entry) }),
      ("rename", { try await $0.library.rename("desk") }),
      ("rename another", { try await $0.library.rename("stove", of: $0.other) }),
      ("retire", { try await $0.library.retire($0.other) }),
      (
        "a remote",
        {
          try await $0.library.addRemote("disk", target: SyncTarget("/disk"))
        }
      ),
      ("no remote", { try await $0.library.removeRemote("disk") }),
      (
        "add",
        {
          _ = try await $0.library.add(
            (2...4).map { VerbTests.draft(url: "https://example.org/\($0)") })
        }
      ),
      ("delete", { _ = try await $0.library.delete([$0.id]) }),
    ]
    for (name, verb) in verbs {
      let before = try await setting.state()
      try await verb(setting)
      #expect(try await setting.state().revision == before.revision + 1, "\(name)")
    }
    #expect(try await setting.library.check(deep: true).result().damage == [])
  }

  @Test func `an address has a scheme, and an http address a host`() {
    for address in [
      "https://example.org", " HTTP://Example.org/a ", "mailto:a@example.org", "urn:isbn:1",
      "https://[::1]:8080/", "x-y.z+1:a",
    ] {
      #expect(ArticleAddress.isAddress(address), "\(address)")
    }
    for text in [
      "", " ", ":", "a", "://", "http:", "https://", "http://:80/", "http:/a", "1a:b", "a b:c",
      "mailto:", "mailto: ", "example.org/a", "北京:a",
    ] {
      #expect(!ArticleAddress.isAddress(text), "\(text)")
    }
  }

  @Test func `what a page says that is none is passed over`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    for (number, url) in [(1, ":"), (2, ":"), (3, "https://example.org/3")] {
      let page =
        "---\ntitle: \(number)\nurl: \"\(url)\"\ntags: [\"\", \" \", real]\n---\n\n\(number)\n"
      try house.write(page, to: "pages/\(number).md")
    }
    let summary = try await study.importPages([FilePath(house.url("pages").path)]).result()
    #expect(summary.added == 3)
    #expect(try await study.tags().map(\.name) == ["real"])
    #expect(try await study.articles().compactMap(\.article.url) == ["https://example.org/3"])
  }

  @Test func `a register spoilt by a member stops neither an import nor a mark of others`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    for number in 1...3 { try house.write("# \(number)\n\nText.\n", to: "pages/\(number).md") }
    let pages = FilePath(house.url("pages").path)
    _ = try await study.importPages([pages]).result()
    let ids = try await study.articles().map(\.id)
    for (number, field) in [(1, ArticleField.title), (2, ArticleField.read)] {
      let operation = try Operation(
        dot: Dot(replica: ReplicaID(Identifier(high: 66, low: 66)), sequence: UInt64(number)),
        stamp: .maximum, register: RegisterID(ids[0].entity, field), value: .nothing)
      let frame = try OperationBlock.frame(
        of: [operation], replica: operation.dot.replica,
        range: operation.dot.sequence...operation.dot.sequence)
      _ = try await study.store.merge(
        operations: [(frame, try OperationBlock(payload: frame.payload()))], bodies: [],
        now: study.now())
    }
    try house.write("# Other\n\nChanged.\n", to: "pages/4.md")
    let again = try await study.importPages([pages]).result()
    #expect(again.added == 1)
    #expect(again.leftOut.map(\.article) == [ids[0]])
    #expect(again.leftOut.map(\.register.field) == [ArticleField.title])
    #expect(again.unchanged == 3)
    let change = try await study.mark(ids, .read)
    #expect(change.changed == Array(ids.dropFirst()))
    #expect(change.unchanged == 0)
    #expect(change.leftOut.map(\.article) == [ids[0]])
    let none = try await study.mark([ids[0]], .read)
    #expect(none.changed.isEmpty && none.unchanged == 0)
    #expect(none.leftOut.map(\.register.field) == [ArticleField.read])
  }
}
