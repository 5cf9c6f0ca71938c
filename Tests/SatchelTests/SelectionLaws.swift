import Articles
import Documents
import Replication
import Satchel
import TestSupport
import Testing

/// Selections of articles (Protocol 3.16) among ordinary bundles, in any order, with some lost.
struct SelectionLaws {
  @Test(arguments: Effort.seeds(6, 20))
  func `Replicas that exchange selections and whole bundles in any order end equal`(seed: UInt64)
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let libraries = [
      study, try await house.join(study, as: "kitchen"), try await house.join(study, as: "attic"),
    ]
    var generator = SeededGenerator(seed: seed)
    for step in 0..<40 {
      let at = Int.random(in: 0..<3, using: &generator)
      let library = libraries[at]
      let ids = try await library.articleIDs(.all).sorted { $0.key < $1.key }
      let id = ids.randomElement(using: &generator)
      switch Int.random(in: 0..<9, using: &generator) {
      case 0...1:
        let number = Int.random(in: 1...8, using: &generator)
        _ = try await library.add(house.draft(number, title: "\(number) at \(at) in \(step)"))
      case 2: if let id { _ = try await library.mark([id], .read) }
      case 3: if let id { _ = try await library.setNote(id, "note \(step)") }
      case 4:
        guard let id, let row = try await library.articles(.all).first(where: { $0.id == id })
        else { continue }
        // A text that has not come has no passages.
        guard try await library.plainText(of: row) != nil else { continue }
        _ = try await library.highlight(row, passage: "正文", note: "\(step)")
      case 5: if let id { _ = try await library.delete([id]) }
      case 6...7:
        var options = BundleOptions()
        options.selection = ids.filter { _ in Bool.random(using: &generator) }
        options.includesBodies = Bool.random(using: &generator)
        let written = try await library.createBundle(
          at: house.stick("\(step).satchel"), options: options
        ).result()
        // Some are lost, some come twice.
        let receiver = libraries[(at + Int.random(in: 1...2, using: &generator)) % 3]
        for _ in 0..<Int.random(in: 0...2, using: &generator) where !written.paths.isEmpty {
          let merged = try await receiver.merge(written.paths).result()
          #expect(merged.diverged.isEmpty && merged.missing.isEmpty, "seed \(seed), step \(step)")
        }
      default:
        let merged = try await house.carry(
          "\(step).satchel", from: library, to: libraries[(at + 1) % 3])
        #expect(merged.diverged.isEmpty, "seed \(seed), step \(step)")
      }
    }
    // Whatever was lost on the way, ordinary bundles bring it.
    for (number, at) in [0, 1, 2, 0, 1, 2].enumerated() {
      try await house.carry(
        "last-\(number).satchel", from: libraries[at], to: libraries[(at + 1) % 3])
    }
    let states = try await states(of: libraries)
    #expect(Set(states.map(\.fingerprint)).count == 1, "seed \(seed)")
    #expect(Set(states.map(\.knowledge)).count == 1, "seed \(seed)")
    #expect(states.allSatisfy { $0.missingBodies == 0 }, "seed \(seed)")
    for library in libraries {
      let report = try await library.check(deep: true).result()
      #expect(report.damage.isEmpty, "seed \(seed): \(report.damage)")
    }
  }

  @Test func `A selection brings its articles with their state and texts, and claims nothing else`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    let added = try await study.add([house.draft(1), house.draft(2), house.draft(3)]).articles
    let chosen = added[1].id
    _ = try await study.mark([chosen], .starred)
    _ = try await study.setNote(chosen, "for you")
    let row = try #require(try await study.articles(.all).first { $0.id == chosen })
    _ = try await study.highlight(row, passage: "正文", note: "here")
    var options = BundleOptions()
    options.selection = [chosen]
    let plan = try await study.planBundle(options: options)
    let written = try await study.createBundle(at: house.stick("one.satchel"), options: options)
      .result()
    #expect(plan.operations == written.operations && written.bodies == 1)
    let header = try BundleInspection(written.paths[0], secretOf: study).header
    #expect(header.isSelection && header.statement.known == header.statement.carried)
    #expect(header.operationCount == Int(header.statement.carried.count))

    // A replica that knew nothing of it is told of no divergence, and misses nothing.
    let merged = try await kitchen.merge(written.paths).result()
    #expect(merged.articlesAdded == 1 && merged.diverged.isEmpty && merged.missing.isEmpty)
    let there = try #require(try await kitchen.articles(.all).first)
    #expect(there.id == chosen && there.article.isStarred && there.article.note == "for you")
    #expect(try await kitchen.plainText(of: there) != nil)
    #expect(try await kitchen.highlights(of: there).count == 1)
    // The study is taken to know that, and no more: what it was last heard to know stands.
    #expect(try await kitchen.status().missingBodies == 0)
    #expect(try await kitchen.merge(written.paths).result().newOperations == 0)
    try await house.carry("all.satchel", from: study, to: kitchen)
    try await house.carry("back.satchel", from: kitchen, to: study)
    #expect(try await kitchen.status().fingerprint == study.status().fingerprint)
  }

  @Test func `A selection of nothing is no file, and an ordinary bundle is no selection`()
    async throws
  {
    let house = try Household()
    let study = try await house.create("study")
    _ = try await study.add(house.draft(1))
    var options = BundleOptions()
    options.selection = []
    let none = try await study.createBundle(at: house.stick("none.satchel"), options: options)
      .result()
    #expect(none.paths.isEmpty && !house.stick("none.satchel").exists)
    let all = try await study.createBundle(at: house.stick("all.satchel")).result()
    #expect(try !BundleInspection(all.paths[0], secretOf: study).header.isSelection)
  }

  private func states(of libraries: [Library]) async throws -> [LibraryStatus] {
    var states: [LibraryStatus] = []
    for library in libraries { states.append(try await library.status()) }
    return states
  }
}
