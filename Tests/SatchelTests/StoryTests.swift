import Files
import Foundation
import Satchel
import Testing

/// What a developer who embeds the library does with it.
struct StoryTests {
  @Test func `a second machine joins by invitation and gets everything`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    #expect(kitchen.key == study.key)
    #expect(try await kitchen.replicaName() == "kitchen")
    for number in 1...3 { _ = try await study.add(house.draft(number)) }

    let summary = try await house.carry("1.satchel", from: study, to: kitchen)
    #expect(summary.articlesAdded == 3)
    #expect(summary.articlesChanged == 0)
    #expect(summary.bodies == 3)
    #expect(summary.missing.isEmpty)
    let row = try await kitchen.article("https://example.org/2")
    #expect(row.article.title == "第2篇")
    #expect(row.article.tags == ["news"])
    #expect(row.bodyLength != nil)
    #expect(try await kitchen.plainText(of: row)?.contains("正文") == true)
    #expect(try await kitchen.tags().map(\.name) == ["news"])
    try await house.carry("2.satchel", from: kitchen, to: study)
    try await expectEqual(study, kitchen)
    #expect(try await study.replicas().compactMap(\.name).sorted() == ["kitchen", "study"])
  }

  @Test func `edits on both machines meet, each where it was made`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    let id = try await study.add(house.draft(1)).id
    let other = try await study.add(house.draft(2)).id
    try await house.carry("1.satchel", from: study, to: kitchen)
    #expect(try await study.mark([id], .read).changed == [id])
    #expect(try await study.mark([id], .read).unchanged == 1)
    #expect(try await study.rate(id, stars: 4).changed == [id])
    #expect(try await kitchen.tag([id, other], ["北京"]).changed == [id, other])
    #expect(try await kitchen.setProgress(id, percent: 60).changed == [id])
    #expect(try await kitchen.delete([other]).changed == [other])
    try await house.carry("2.satchel", from: kitchen, to: study)
    try await house.carry("3.satchel", from: study, to: kitchen)
    try await expectEqual(study, kitchen)
    for library in [study, kitchen] {
      let article = try #require(try await library.article(id)).article
      #expect(article.isRead)
      #expect(article.rating == 4)
      #expect(article.progressPercent == 60)
      #expect(article.tags == ["news", "北京"])
      #expect(try await library.articles().map(\.id) == [id])
    }
    #expect(try await study.renameTag("北京", to: "beijing").changed == [id])
    #expect(try await study.tags().map(\.name) == ["beijing", "news"])
  }

  @Test func `notes in conflict are listed on both machines, and restoring one settles both`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    let id = try await study.add(house.draft(1)).id
    try await house.carry("1.satchel", from: study, to: kitchen)
    _ = try await study.setNote(id, "from the study")
    _ = try await kitchen.setNote(id, "from the kitchen")
    let merged = try await house.carry("2.satchel", from: kitchen, to: study)
    #expect(merged.conflicts == 1)
    try await house.carry("3.satchel", from: study, to: kitchen)

    let conflicts = try await all(study.conflicts())
    #expect(try await all(kitchen.conflicts()) == conflicts)
    let conflict = try #require(conflicts.first)
    #expect(conflict.kept.value.text == "from the kitchen")
    #expect(conflict.lost.value.text == "from the study")
    try await kitchen.restore(conflict)
    #expect(try await kitchen.conflicts().count == 0)
    #expect(try await study.conflicts().count == 1)
    try await house.carry("4.satchel", from: kitchen, to: study)
    #expect(try await study.conflicts().count == 0)
    #expect(try await study.article(id)?.article.note == "from the study")
    try await expectEqual(study, kitchen)
  }

  @Test func `a title that was edited by hand survives another import`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let id = try await study.add(house.draft(1)).id
    #expect(try await study.setTitle(id, "by hand").changed == [id])
    let again = try await study.add(house.draft(1, title: "imported again"))
    #expect(again.id == id)
    #expect(again.outcome == .unchanged)
    #expect(try await study.article(id)?.article.title == "by hand")
  }

  @Test func `what was replaced can be restored from the log`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let id = try await study.add(house.draft(1)).id
    _ = try await study.setNote(id, "first")
    _ = try await study.setNote(id, "second")
    let entry = try #require(
      try await study.log(of: id).first { $0.operation.value.text == "first" })
    #expect(entry.standing == .superseded)
    try await study.restore(entry)
    #expect(try await study.article(id)?.article.note == "first")
    #expect(try await study.conflicts().count == 0)
  }

  @Test func `a folder of bundles is merged, and what is none is skipped and listed`() async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    let stranger = try await house.create("stranger")
    for (library, name) in [(study, "a.satchel"), (stranger, "b.satchel")] {
      _ = try await library.add(house.draft(1))
      _ = try await library.createBundle(at: house.stick(name)).result()
    }
    try Data("text".utf8).write(to: URL(fileURLWithPath: house.stick("c.satchel").string))
    let summary = try await kitchen.merge([house.stick("")]).result()
    #expect(summary.bundles == 1)
    #expect(
      summary.skipped.map { $0.path.lastComponent?.string } == ["b.satchel", "c.satchel"])
    #expect(summary.articlesAdded == 1)
  }

  @Test func `a plan changes nothing`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let before = try await study.status()
    _ = try await study.dryRun.add(house.draft(1))
    let after = try await study.status()
    #expect(after.articles == 0)
    #expect(after.knowledge == before.knowledge)
    #expect(after.bodyCount == 0)
  }

  @Test func `work tells its progress and ends with its summary`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    for number in 1...3 { _ = try await study.add(house.draft(number)) }
    var last: WorkProgress?
    var summary: BundleSummary?
    for try await event in study.createBundle(at: house.stick("a.satchel")) {
      switch event {
      case .progress(let progress): last = progress
      case .finished(let result): summary = result
      }
    }
    #expect(last.map { $0.done == $0.total } == true)
    #expect(summary?.bodies == 3)
  }

  @Test func `a copied library is told and writes as another replica once its original wrote`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    _ = try await study.compact().result()
    try FileManager.default.copyItem(at: house.url("study"), to: house.url("copy"))
    var options = house.options("study")
    let notices = Counter()
    options.onNotice = { _ in notices.increase() }
    let copy = try await Library.open(at: FilePath(house.url("copy").path), options: options)
    _ = try await study.add(house.draft(2))
    _ = try await copy.add(house.draft(1))
    #expect(try await copy.replicaID() != study.replicaID())
    #expect(notices.value == 1)
    #expect(try await copy.replicaName()?.hasPrefix("study-") == true)
  }
}

/// All that a listing lists.
func all<Listing: AsyncSequence>(_ listing: Listing) async throws -> [Listing.Element] {
  var elements: [Listing.Element] = []
  for try await element in listing { elements.append(element) }
  return elements
}

/// Expects two replicas to hold the same.
func expectEqual(_ left: Library, _ right: Library) async throws {
  let statuses = [try await left.status(), try await right.status()]
  #expect(statuses[0].knowledge == statuses[1].knowledge)
  #expect(statuses[0].fingerprint == statuses[1].fingerprint)
  for library in [left, right] {
    #expect(try await library.check(deep: true).result().damage == [])
  }
}
