import Foundation
import Satchel
import TestSupport
import Testing

@testable import WebReader

/// Synchronizing from a page.
@Suite struct SyncScreenTests {
  @Test func `a click synchronizes, and the page says what came and went`() async throws {
    let pair = try await TestLibrary.Pair()
    _ = try await pair.study.add(TestLibrary.draft(1))
    for library in [pair.study, pair.kitchen] {
      try await library.addRemote("stick", target: pair.target)
    }
    let (study, kitchen) = (TestVisit(pair.study), TestVisit(pair.kitchen))
    #expect(await study.post("sync", ["remote": "stick"]).location == "/prefix/sync")
    await study.reader.syncing.settle(atMost: .seconds(60))
    _ = await kitchen.post("sync")
    await kitchen.reader.syncing.settle(atMost: .seconds(60))
    let text = await kitchen.get("sync").text
    #expect(text.contains("Synchronized with stick: received"))
    #expect(text.contains("<h3 dir=\"auto\">stick</h3>"))
    #expect(!text.contains("http-equiv=\"refresh\""))
    #expect(try await pair.kitchen.list(.all).count == 1)
    // Again, with nothing new.
    _ = await kitchen.post("sync", ["remote": "stick"])
    await kitchen.reader.syncing.settle(atMost: .seconds(60))
    #expect(await kitchen.get("sync").text.contains("Nothing new at stick."))
  }

  @Test func `replicas are listed with when they were heard and what they lack`() async throws {
    let pair = try await TestLibrary.Pair()
    try await pair.meet()
    _ = try await pair.study.add(TestLibrary.draft(1))
    let text = await TestVisit(pair.study).get("sync").text
    #expect(text.contains("<bdi>study</bdi> <span class=\"mark\">this one</span>"))
    let kitchen = try #require(
      try await pair.study.replicas().first { $0.name == "kitchen" })
    #expect(kitchen.lacks > 0 && text.contains("<td>\(kitchen.lacks) changes</td>"))
    #expect(text.contains("satchel remote add"))
  }

  @Test func `what fails says why, keeps nobody waiting, and is tried again`() async throws {
    let pair = try await TestLibrary.Pair()
    let gone = FilePath(pair.folder.url.path).appending("gone")
    try await pair.study.addRemote("a", target: .folder(gone))
    try await pair.study.addRemote("b", target: pair.target)
    let visit = TestVisit(pair.study)
    _ = await visit.post("sync")
    await visit.reader.syncing.settle(atMost: .seconds(60))
    let text = await visit.get("sync").text
    #expect(text.contains("The sync failed.") && text.contains("Cannot synchronize with"))
    let standings = await visit.reader.syncing.all()
    guard case .ended(.success, _) = standings["b"], case .ended(.failure, _) = standings["a"]
    else {
      Issue.record("\(standings)")
      return
    }
    try FileManager.default.createDirectory(atPath: gone.string, withIntermediateDirectories: true)
    _ = await visit.post("sync", ["remote": "a"])
    await visit.reader.syncing.settle(atMost: .seconds(60))
    guard case .ended(.success, _) = await visit.reader.syncing.all()["a"] else {
      Issue.record("it failed again")
      return
    }
  }

  @Test func `a remote that there is not is not found`() async throws {
    let answer = await TestVisit(try await Library.inMemory()).post("sync", ["remote": "moon"])
    #expect(answer.status == 404 && answer.text.contains("moon"))
  }

  @Test func `a second click finds the run that is under way, and pages are told how far it is`()
    async throws
  {
    let pair = try await TestLibrary.Pair()
    try await pair.study.addRemote("stick", target: pair.target)
    let desk = SyncDesk()
    let events = await desk.events()
    let order = SyncDesk.Order(name: "stick", target: pair.target, library: pair.study)
    await desk.begin([order, order])
    await desk.begin([order])
    let all = await desk.all()
    #expect(all.count == 1)
    await desk.settle(atMost: .seconds(60))
    await desk.end()
    var ends: [Bool] = []
    for await event in events {
      if case .end = event { ends.append(true) } else { ends.append(false) }
    }
    // Nothing was under way at first; then one run began, and ended.
    #expect(ends.filter { $0 }.count == 2 && ends.first == true && ends.last == true)
    #expect(ends.count > 2)
  }

  @Test func `a page of a run that goes on is told of it, or loads itself anew without script`()
    async throws
  {
    let pair = try await TestLibrary.Pair()
    try await pair.study.addRemote("stick", target: pair.target)
    let visit = TestVisit(pair.study)
    let quiet = await visit.get("sync").text
    #expect(!quiet.contains("data-syncing") && !quiet.contains("http-equiv"))
    let running = try await SyncScreen(visit: visit.visit(.get, "sync"))
      .answer(["stick": .running(nil)])
    let text = TestVisit.Answer(response: running).text
    #expect(text.contains("<ul class=\"remotes\" data-syncing>"))
    #expect(text.contains("<p role=\"status\" id=\"step\">Beginning</p>"))
    #expect(text.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"))
  }

  @Test func `progress is said in both languages with its totals`() {
    let progress = WorkProgress(.bytes, done: 1_200_000, total: 28_800_000, .readingBack)
    #expect(
      SyncWords(Words(language: .english)).text(progress)
        == "Reading back: 1.2 MB of 28.8 MB")
    #expect(
      SyncWords(Words(language: .chinese)).text(WorkProgress(.files, done: 1, total: 1_300))
        == "正在同步：1 / 1,300 个文件")
  }
}
