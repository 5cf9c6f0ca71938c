import Articles
import Coding
import Files
import Foundation
import Synchronization
import TestSupport
import Testing
import Transports

@testable import Satchel

/// Pictures by address, from a program that stands for curl: it notes what it is asked for, and
/// answers with a picture that says its address.
struct PictureRunTests {
  private static let map = "http://pictures.example/map.png"

  @Test func `a picture comes once, for every article that names it, and travels`() async throws {
    let web = try Web()
    let library = try await web.house.create("study")
    let ids = [
      try await add(library, 1, "![a](\(Self.map)) ![b](http://pictures.example/two.png)"),
      try await add(library, 2, "![again](\(Self.map)) ![kept](images/here.png)"),
    ]
    let summary = try await web.fetch(library)
    #expect(summary.wanted == 2 && summary.fetched == 2 && summary.kept == 0)
    #expect(summary.articles == Set(ids) && summary.failed.isEmpty && summary.passedOver.isEmpty)
    #expect(try web.asked() == [Self.map, "http://pictures.example/two.png"])
    for id in ids {
      #expect(try await picture(Self.map, of: id, library) == Web.picture(Self.map))
    }
    let statistics = try await library.statistics()
    #expect(statistics.pictures.count == 2 && statistics.pictures.bytes == summary.bytes)
    let other = try await web.house.join(library, as: "kitchen")
    try await web.house.carry("a", from: library, to: other)
    #expect(try await picture(Self.map, of: ids[1], other) == Web.picture(Self.map))
    // On neither anybody is asked again.
    for replica in [library, other] {
      let again = try await web.fetch(replica)
      #expect(again.wanted == 0 && again.kept == 3 && again.articles.isEmpty)
    }
    #expect(try web.asked().count == 2)
    // An article that comes later has the picture without anybody being asked.
    let late = try await add(library, 3, "![late](\(Self.map))")
    #expect(try await web.fetch(library).articles == [late])
    #expect(try web.asked().count == 2)
  }

  @Test func `a dry run asks nobody and changes nothing`() async throws {
    let web = try Web()
    let library = try await web.house.create("study")
    _ = try await add(library, 1, "![a](\(Self.map)) ![b](http://pictures.example/bad)")
    let before = try await library.status().fingerprint
    let plan = try await web.fetch(library.dryRun)
    #expect(plan.wanted == 2 && plan.fetched == 0 && plan.failed.isEmpty)
    #expect(try web.asked().isEmpty)
    #expect(try await library.status().fingerprint == before)
  }

  @Test func `only the articles that a query means are looked at, archived ones too`() async throws
  {
    let web = try Web()
    let library = try await web.house.create("study")
    let first = try await add(library, 1, "![a](http://pictures.example/1.png)")
    _ = try await add(library, 2, "![a](http://pictures.example/2.png)")
    _ = try await library.mark([first], .archived)
    _ = try await library.mark([first], .starred)
    #expect(try await web.fetch(library, "is:starred").articles == [first])
    #expect(try web.asked() == ["http://pictures.example/1.png"])
    _ = try await library.delete([first])
  }

  @Test func `relative references are of a page that was served there, and of no other`()
    async throws
  {
    let web = try Web()
    let library = try await web.house.create("study")
    var page = ArticleDraft(
      title: "Page", format: .html, body: Array("<p><img src='../map.png'> text</p>".utf8))
    page.url = "http://pictures.example/pages/one"
    let id = try await library.add(page).id
    _ = try await add(library, 2, "![a](../map.png)")
    let summary = try await web.fetch(library)
    #expect(summary.articles == [id] && summary.wanted == 1)
    #expect(try web.asked() == [Self.map])
    #expect(try await picture("../map.png", of: id, library) == Web.picture(Self.map))
  }

  @Test func `a reference that is no field's name is named by its hash`() async throws {
    let web = try Web()
    let library = try await web.house.create("study")
    let base = "http://pictures.example/"
    let fits = base + String(repeating: "a", count: ArticleField.longestReference - base.utf8.count)
    let long = fits + "b"
    let id = try await add(library, 1, "![a](\(fits)) ![b](\(long))")
    #expect(try await web.fetch(library).fetched == 2)
    for reference in [fits, long] {
      #expect(try await picture(reference, of: id, library) == Web.picture(reference))
    }
    let names = try await library.store.images(of: id).map(\.name)
    #expect(Set(names) == [fits, ContentHash(of: Array(long.utf8)).description])
    #expect(names.allSatisfy { $0.utf8.count <= 1_018 })
    #expect(try await web.fetch(library).wanted == 0)
  }

  @Test func `what is no picture is left alone for a week, a line that fails for an hour`()
    async throws
  {
    let web = try Web()
    let library = try await web.open()
    _ = try await add(
      library, 1, "![a](http://pictures.example/bad) ![b](http://pictures.example/broken)")
    let first = try await web.fetch(library)
    #expect(
      first.failed.map(\.reason).sorted()
        == ["the connection broke (curl ended with 56)", "what came is no picture"])
    #expect(first.fetched == 0 && first.articles.isEmpty)
    let second = try await web.fetch(library)
    #expect(second.passedOver.count == 2 && second.failed.isEmpty && second.wanted == 0)
    let hour: Int64 = 3_600_000
    web.later.store(hour, ordering: .relaxed)
    #expect(try await web.fetch(library).failed.count == 1)
    var options = PictureOptions()
    options.asksFailedAgain = true
    #expect(try await web.fetch(library, options: options).failed.count == 2)
    web.later.store(9 * 24 * hour, ordering: .relaxed)
    #expect(try await web.fetch(library).failed.count == 2)
  }

  @Test func `undone, pictures are named no longer and may be asked for again`() async throws {
    let web = try Web()
    let library = try await web.house.create("study").acting(as: "fetch")
    let id = try await add(library, 1, "![a](\(Self.map))")
    _ = try await web.fetch(library.acting(as: "pictures"))
    _ = try await library.undo()
    let row = try #require(try await library.article(id))
    #expect(try await library.images(of: row)[Self.map] == nil)
    #expect(try await library.images(of: row).isAway(Self.map))
    #expect(try await web.fetch(library).fetched == 1)
    #expect(try await picture(Self.map, of: id, library) == Web.picture(Self.map))
  }

  @Test func `given up, what came stays and the rest comes next time`() async throws {
    let web = try Web()
    let library = try await web.house.create("study")
    let id = try await add(
      library, 1, "![a](\(Self.map)) ![b](http://pictures.example/stuck)")
    let task = Task { try await web.fetch(library) }
    for _ in 0..<1_000 where try web.asked().count < 2 || !web.hasAnswered() {
      try await Task.sleep(for: .milliseconds(10))
    }
    // What was printed is read and taken meanwhile.
    try await Task.sleep(for: .milliseconds(500))
    task.cancel()
    do {
      _ = try await task.value
      Issue.record("it should have been given up")
    } catch let LibraryError.endedEarly(error, committed) {
      guard case .cancelled = error else { throw error }
      #expect(committed == .fetched(pictures: 1))
    }
    #expect(try await picture(Self.map, of: id, library) == Web.picture(Self.map))
    #expect(try await web.fetch(library.dryRun).wanted == 1)
    #expect(try await library.check(deep: true).result().damage.isEmpty)
  }

  @Test func `without curl nothing is asked and that is told`() async throws {
    let web = try Web()
    let library = try await web.house.create("study")
    _ = try await add(library, 1, "![a](\(Self.map))")
    var fetcher = web.fetcher
    fetcher.program = "curl-that-is-not-installed"
    do {
      _ = try await library.fetchPictures(of: .everything, options: PictureOptions(), by: fetcher)
        .result()
      Issue.record("there is no such program")
    } catch {
      guard case .programMissing = error else { throw error }
    }
  }

  /// Two replicas fetch apart, and each may get other bytes from the same address.
  @Test(arguments: Effort.seeds(4, 8))
  func `replicas that fetched apart show the same picture`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let web = try Web()
    let study = try await web.house.create("study")
    let addresses = (0..<3).map { "http://pictures.example/\($0).png" }
    var ids: [ArticleID] = []
    for number in 1...4 {
      let named = addresses.filter { _ in Bool.random(using: &generator) }
      ids.append(
        try await add(study, number, named.map { "![a](\($0))" }.joined(separator: " ")))
    }
    let kitchen = try await web.house.join(study, as: "kitchen")
    try await web.house.carry("first", from: study, to: kitchen)
    for replica in [study, kitchen].shuffled(using: &generator) {
      try web.say("seen by \(try await replica.replicaID())")
      _ = try await web.fetch(replica)
    }
    try await web.house.carry("there", from: study, to: kitchen)
    try await web.house.carry("back", from: kitchen, to: study)
    #expect(try await study.status().fingerprint == kitchen.status().fingerprint)
    for id in ids {
      for address in addresses {
        let pictures = try await [
          picture(address, of: id, study), picture(address, of: id, kitchen),
        ]
        #expect(pictures[0] == pictures[1])
      }
    }
    for replica in [study, kitchen] { #expect(try await web.fetch(replica).wanted == 0) }
  }

  private func add(_ library: Library, _ number: Int, _ text: String) async throws -> ArticleID {
    var draft = ArticleDraft(
      title: "Article \(number)", format: .markdown, body: Array("# \(number)\n\n\(text)\n".utf8))
    draft.url = "https://articles.example/\(number)"
    return try await library.add(draft).id
  }

  private func picture(
    _ reference: String, of id: ArticleID, _ library: Library
  ) async throws -> [UInt8]? {
    let row = try #require(try await library.article(id))
    guard let hash = try await library.images(of: row)[reference] else { return nil }
    return try await library.body(hash)
  }
}

/// A web of one host, and a household that asks it.
private final class Web: Sendable {
  let house: Household
  let fetcher: PictureFetcher
  /// By how much the clock is ahead.
  let later = Atomic<Int64>(0)

  init() throws {
    house = try Household()
    let script = house.url("curl")
    try house.write("", to: "asked")
    try house.write("", to: "said")
    // The address is the last word.
    try house.write(
      #"""
      #!/bin/sh
      cd "$(dirname "$0")"
      for address; do :; done
      echo "$address" >> asked
      case "$address" in
        *bad) printf 'no picture' ;;
        *broken) echo '200 ' >&2; exit 56 ;;
        *stuck) sleep 60 ;;
        *) printf '\211PNG\r\n\032\n%s' "$address"; cat said; echo done >> answered ;;
      esac
      echo '200 ' >&2
      """#, to: "curl")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    var fetcher = PictureFetcher()
    fetcher.program = script.path
    fetcher.lookUp = { _ in [NetworkAddress("192.0.2.1")].compactMap { $0 } }
    fetcher.allows = { _ in true }
    self.fetcher = fetcher
  }

  /// A library whose clock can be put forward.
  func open() async throws -> Library {
    let library = try await house.create("study")
    var options = house.options("study")
    let clock = house.clock
    options.now = { [self] in clock.read() + later.load(ordering: .relaxed) }
    return try await Library.open(at: library.folder, options: options)
  }

  func fetch(
    _ library: Library, _ query: String = "", options: PictureOptions = PictureOptions()
  ) async throws -> PictureSummary {
    try await library.fetchPictures(of: ArticleFilter(query), options: options, by: fetcher)
      .result()
  }

  /// The addresses that were asked for, in their order by name.
  func asked() throws -> [String] {
    try String(contentsOf: house.url("asked"), encoding: .utf8).split(separator: "\n")
      .map(String.init).sorted()
  }

  func hasAnswered() -> Bool {
    FileManager.default.fileExists(atPath: house.url("answered").path)
  }

  /// What every picture holds besides its address from now on.
  func say(_ text: String) throws { try house.write(text, to: "said") }

  static func picture(_ address: String) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(address.utf8)
  }
}
