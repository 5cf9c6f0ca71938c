import Articles
import Foundation
import LibraryStore
import Replication
import SyncSession
import Transports

@testable import Satchel

// All becomes well: lines hold, the place is reached, clocks go right.
extension World {
  /// Has all machines hear of all, and throws where they do not come to hold what they must.
  mutating func heal() async throws {
    var time: Int64 = 1_900_000_000_000
    let held = try await heldTexts()
    let first = scenario.healing
    // Whoever went back is nobody's old acquaintance, and says so first.
    for machine in machines {
      try await machine.library.store.ensureIdentity(now: time)
      try await note(machine)
    }
    if first != .sessions {
      // Files tell of damage a day after it was found, and of what was written anew a day later.
      let limit = first == .exchange ? 8 : roundLimit
      try await heal(by: first, within: limit, &time)
    }
    let rounds = try await heal(by: .sessions, within: roundLimit, &time)
    if first == .sessions { tally.rounds[rounds, default: 0] += 1 }
    try await expectHealed(holding: held)
    tally.count("operations", ledger.operations.count)
    for machine in machines {
      tally.count(
        "twins", machine.notices.all.count { if case .twinFound = $0 { true } else { false } })
    }
  }

  /// How many rounds it may take until all are equal: each tells one other, at twice the distance each
  /// time. Two more are for who takes a fresh id first, and asks for a text last; twins find each other
  /// one after another.
  private var roundLimit: Int { distances.count + (allowsTwins ? 6 : 2) }

  /// 1, 2, 4, up to half of the machines.
  private var distances: [Int] {
    Array(sequence(first: 1) { 2 * $0 }.prefix { $0 < machines.count })
  }

  /// Returns how many rounds it took.
  @discardableResult
  private mutating func heal(
    by healing: Scenario.Healing, within limit: Int, _ time: inout Int64
  ) async throws -> Int {
    for round in 0..<limit {
      time += 2 * 86_400_000
      for machine in machines { machine.clock.set(time + Int64(machine.number) * 1_000) }
      for index in machines.indices {
        let distance = distances.isEmpty ? 0 : distances[round % distances.count]
        let other = machines[(index + distance) % machines.count]
        let outcome = try await meet(machines[index], other, by: healing, round)
        tell("round \(round) \(index) \(outcome)")
        try await note(machines[index])
        try await note(other)
      }
      if try await areEqual(withTexts: healing == .sessions) { return round + 1 }
    }
    var states: [String] = []
    let all = machines.reduce(into: Knowledge()) { $0.formUnion($1.knowledge) }
    for machine in machines {
      let lacking = all.subtracting(machine.knowledge).sorted
        .map { "\("\($0.replica)".prefix(6)) \($0.sequences.ranges)" }
      states.append(try await "\(mark(of: machine)) lacks \(lacking)")
    }
    throw Violation(
      .allConverge, "not after \(limit) rounds by \(healing): \(states.joined(separator: ", "))")
  }

  private mutating func meet(
    _ machine: Machine, _ other: Machine, by healing: Scenario.Healing, _ round: Int
  ) async throws -> String {
    switch healing {
    case .sessions:
      guard machine !== other else { return World.nothing }
      return try await session(
        machine, other,
        SimulatedLine.Weather(
          seed: scenario.seed &+ UInt64(round), isSealed: round.isMultiple(of: 2),
          fault: scenario.fault))
    case .bundles:
      return try await carry(machine, other) + " " + carry(other, machine)
    case .exchange: return try await exchange(machine, WeatheredStorage.Weather())
    }
  }

  /// Carries what another machine is known to lack.
  private mutating func carry(_ machine: Machine, _ other: Machine) async throws -> String {
    let receiver = try await other.library.replicaID()
    guard try await machine.library.replicaID() != receiver else { return World.nothing }
    var options = BundleOptions()
    options.basis = try await isShared(receiver) ? .nothing : .replica(receiver)
    let written = try await writeInParts(machine.library, options)
    if written.paths.count > 1 { tally.count("split bundles") }
    guard !written.paths.isEmpty else { return World.nothing }
    let summary = try await other.library.merge(written.paths).result()
    return "\(written.operations) \(summary.newOperations)"
  }

  /// Whether two machines bear an id: a copy that has written nothing bears its original's, and what one
  /// of them was told, others take for known to both.
  private func isShared(_ id: ReplicaID) async throws -> Bool {
    var count = 0
    for machine in machines where try await machine.library.replicaID() == id { count += 1 }
    return count > 1
  }

  /// Writes a bundle in parts that are as small as its frames let them be.
  private mutating func writeInParts(
    _ library: Library, _ options: BundleOptions
  ) async throws -> BundleSummary {
    var options = options
    options.partLimit = 1
    while true {
      count += 1
      do {
        return try await library.createBundle(
          at: home.appending("healing-\(count).satchel"), options: options
        ).result()
      } catch {
        // Matched in here: a pattern beside `catch` crashes the compiler in an async function.
        guard case .bundleNotWritten(_, .partTooSmall(let needed)) = error,
          needed > options.partLimit
        else { throw error }
        options.partLimit = needed
      }
    }
  }

  private func areEqual(withTexts: Bool) async throws -> Bool {
    var reports: [PeerReport] = []
    for machine in machines { reports.append(try await machine.library.store.report()) }
    var isWanting = false
    for machine in machines where withTexts {
      if try await machine.isWantingTexts(among: machines) { isWanting = true }
    }
    return !isWanting
      && reports.allSatisfy {
        $0.knowledge == reports[0].knowledge && $0.fingerprint == reports[0].fingerprint
      }
  }

  /// The texts that lie anywhere.
  private func heldTexts() async throws -> Set<ContentHash> {
    let named = Set(
      ledger.operations.values.filter { ArticleField.namesBody($0.register.field) }
        .compactMap { $0.value.data.flatMap { ContentHash(bytes: $0) } })
    var held: Set<ContentHash> = []
    for machine in machines {
      held.formUnion(
        named.subtracting(try await machine.library.store.missingBodies(among: named)))
    }
    return held
  }
}

extension Machine {
  /// Whether it lacks a text that it asks for and another machine has.
  func isWantingTexts(among machines: [Machine]) async throws -> Bool {
    var wanted = Set(
      try await library.store.wantedBodies(after: nil, atMost: 10_000).map(\.hash))
    guard !wanted.isEmpty else { return false }
    let all = wanted
    for machine in machines {
      wanted.formIntersection(try await machine.library.store.missingBodies(among: all))
    }
    return wanted.count < all.count
  }
}

// What must be so in the end.
extension World {
  private mutating func expectHealed(holding held: Set<ContentHash>) async throws {
    let store = try await machines[0].library.store
    let report = try await store.report()
    if !allowsTwins { try ledger.expectKept(in: report.knowledge) }
    try await expectRegisters(store, report)
    try await expectLists()
    try await expectTexts(held)
    for machine in machines {
      let damage = try await machine.library.check(deep: true).result().damage
      guard damage.isEmpty else {
        throw Violation(.storesAreSound, "machine \(machine.number): \(damage)")
      }
    }
    tell("healed \(report.fingerprint)")
  }

  /// The operations decide alone what every register holds; of twins that no text is lost.
  private func expectRegisters(_ store: ReplicaStore, _ report: PeerReport) async throws {
    var reference = ReferenceReplica(id: report.replica)
    reference.apply(Delta(operations: try await store.held(), statement: nil))
    guard reference.fingerprint == report.fingerprint else {
      throw Violation(.operationsDecide, "the log and the registers differ")
    }
    guard !allowsTwins else {
      let held = Set(
        reference.registers.values.flatMap(\.held).compactMap(\.value.text))
      let lost = texts.subtracting(held)
      guard lost.isEmpty else {
        throw Violation(.acknowledgedIsKept, "lost: \(lost.sorted())")
      }
      if !hasRolledBack { try ledger.expectOutdone(in: reference.registers) }
      return
    }
    let expected = ledger.registers(knowing: report.knowledge)
    for register in Set(expected.keys).union(reference.registers.keys).sorted()
    where expected[register] != reference.registers[register] {
      throw Violation(
        .operationsDecide,
        "\(register.entity.kind.number) \(register.field.name): expected "
          + "\(String(describing: expected[register])), found "
          + "\(String(describing: reference.registers[register]))")
    }
  }

  private func expectLists() async throws {
    var first: Lists?
    for machine in machines {
      let lists = try await Lists(machine.library)
      if let first, first != lists {
        throw Violation(
          .listsAgree, "machines 0 and \(machine.number): \(first.difference(from: lists))")
      }
      first = first ?? lists
    }
  }

  /// No text went that lay anywhere, and whoever wants one has it.
  private func expectTexts(_ before: Set<ContentHash>) async throws {
    let held = try await heldTexts()
    let wanted = try await machines[0].library.articles(.all)
    for row in wanted {
      guard let hash = row.article.body, !held.contains(hash) else { continue }
      let isExcused = hasRolledBack || allowsTwins || ledger.wasDeleted(row.id.entity)
      guard isExcused, !before.contains(hash) else {
        throw Violation(.textsAreHeld, "\(row.article.title): \(hash)")
      }
    }
    for machine in machines where try await machine.isWantingTexts(among: machines) {
      throw Violation(.textsAreWhereTheyAreWanted, "machine \(machine.number) lacks some")
    }
  }
}

/// What a library shows, as far as it is the same everywhere.
private struct Lists: Equatable {
  let articles: [ArticleID: Article]
  let deleted: Set<ArticleID>
  let conflicts: [Conflict]
  let views: [ArticleView]
  let highlights: [HighlightID: Highlight]

  init(_ library: Library) async throws {
    let rows = try await library.articles(.all)
    articles = Dictionary(rows.map { ($0.id, $0.article) }, uniquingKeysWith: { first, _ in first })
    deleted = Set(
      try await library.articleIDs(ArticleQuery("is:deleted", includingArchived: true)))
    var conflicts: [Conflict] = []
    for try await conflict in try await library.conflicts() { conflicts.append(conflict) }
    self.conflicts = conflicts
    views = try await library.views()
    var highlights: [HighlightID: Highlight] = [:]
    for row in rows {
      for found in try await library.store.highlights(of: row.id) {
        highlights[found.id] = found.highlight
      }
    }
    self.highlights = highlights
  }

  func difference(from other: Lists) -> String {
    [
      articles == other.articles ? "" : "articles", deleted == other.deleted ? "" : "deleted",
      conflicts == other.conflicts ? "" : "conflicts", views == other.views ? "" : "views",
      highlights == other.highlights ? "" : "highlights",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
