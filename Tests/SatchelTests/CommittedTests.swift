import Files
import Foundation
import Satchel
import Testing

/// Every count, and every "nothing", is of what was committed.
struct CommittedTests {
  @Test func `an import that is given up says what it had added`() async throws {
    let house = try Household()
    _ = try await house.create("study")
    let pages = house.url("pages")
    try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
    // Several transactions of two megabytes.
    let text = String(repeating: "正文", count: 30_000)
    for number in 0..<60 {
      try Data("# \(number)\n\n\(number) \(text)".utf8)
        .write(to: pages.appendingPathComponent("\(number).md"))
    }
    let counter = Counter()
    var options = house.options("study")
    options.now = { [clock = house.clock] in
      // Each article asks for the time once or more.
      counter.increase()
      if counter.value >= 45 { withUnsafeCurrentTask { $0?.cancel() } }
      return clock.read()
    }
    let study = try await Library.open(at: FilePath(house.url("study").path), options: options)
    do {
      _ = try await Task { try await study.importPages([FilePath(pages.path)]).result() }.value
      Issue.record("nothing gave it up")
    } catch let LibraryError.endedEarly(.cancelled, .imported(added, changed)) {
      counter.reset()
      #expect(added > 0 && added < 60 && changed == 0)
      #expect(try await study.status().articles == added)
    }
    let before = try await study.status().articles
    let summary = try await study.importPages([FilePath(pages.path)]).result()
    #expect(summary.unchanged == before && summary.added == 60 - before)
  }

  @Test func `a merge counts what it added, brought back and changed`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    var ids: [ArticleID] = []
    for number in 0..<4 { ids.append(try await study.add(house.draft(number)).id) }
    let first = try await house.carry("1.satchel", from: study, to: kitchen)
    #expect(first.articlesAdded == 4 && first.articlesChanged == 0)
    _ = try await kitchen.delete([ids[0]])
    _ = try await house.carry("2.satchel", from: kitchen, to: study)
    for id in ids[1...2] { _ = try await study.setNote(id, "a note") }
    _ = try await study.add(house.draft(9))
    // Newer than the deletion, so that the article is there again.
    var again = ImportOptions()
    again.revivesDeleted = true
    _ = try await study.add(house.draft(0), options: again)
    let plan = try await kitchen.planMerge([
      study.createBundle(at: house.stick("3.satchel")).result().paths[0]
    ]).result()
    #expect(plan.articlesAdded == 2 && plan.articlesChanged == 2)
    let last = try await kitchen.merge([house.stick("3.satchel")]).result()
    #expect(last.articlesAdded == 2 && last.articlesChanged == 2)
  }
}
