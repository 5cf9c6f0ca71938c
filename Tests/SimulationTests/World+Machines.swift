import Files
import Foundation
import LibraryStore
import Replication
import TestSupport

@testable import Satchel

/// A copy of a machine's database, and of the evidence that belongs to it.
struct Snapshot {
  let machine: Int
  let folder: FilePath
  /// What the database knew.
  let knowledge: Knowledge
}

// What becomes of machines and their databases.
extension World {
  mutating func befall(
    _ kind: Step.Kind, _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    switch kind {
    case .restart:
      try await machine.close()
      tally.count("restarts")
    case .crash: try await crash(machine)
    case .tearWrite: return try await tearWrite(machine, using: &generator)
    case .setClock:
      // From 1970 to the end of 2099.
      let time = Int64.random(in: 0...4_102_444_799_999, using: &generator)
      machine.clock.set(time)
      return "\(time)"
    case .copy:
      guard machines.count < Scenario.maximumMachines else { return World.nothing }
      let shares = Bool.random(using: &generator)
      try await copy(
        machine, state: shares ? machine.state : home.appending("state-\(machines.count)"))
      return shares ? "same machine" : "other machine"
    case .clone:
      guard machines.count < Scenario.maximumMachines else { return World.nothing }
      let state = home.appending("state-\(machines.count)")
      try copyEvidence(from: machine.state, to: state)
      try await copy(machine, state: state)
      tally.count("clones")
    case .snapshot:
      let copy = newFolder("snapshot")
      _ = try await machine.library
      try DatabaseFiles.copy(from: machine.folder, to: copy)
      try copyEvidence(from: machine.state, to: copy.appending("state"))
      snapshots.append(
        Snapshot(machine: machine.number, folder: copy, knowledge: machine.knowledge))
    case .rollBack: return try await rollBack(using: &generator)
    case .restoreHome: return try await restoreHome(using: &generator)
    default: preconditionFailure("\(kind) befalls no machine")
    }
    return "done"
  }

  /// Has evidence lie at another place, or none where there is none yet.
  private func copyEvidence(from: FilePath, to: FilePath) throws {
    let manager = FileManager.default
    if manager.fileExists(atPath: to.string) { try manager.removeItem(atPath: to.string) }
    guard manager.fileExists(atPath: from.string) else { return }
    try manager.copyItem(atPath: from.string, toPath: to.string)
  }

  private mutating func newFolder(_ name: String) -> FilePath {
    count += 1
    return home.appending("\(name)-\(count)")
  }

  /// The process is gone without a word: what the database's files are then is all there is.
  private mutating func crash(_ machine: Machine) async throws {
    _ = try await machine.library
    let copy = newFolder("crash")
    if scenario.fault == .forgetsWrites {
      // What was acknowledged is only in the journal, and this medium does not keep it.
      let wasEvidence = try FileManager.default.contentsOfDirectory(atPath: machine.state.string)
      try DatabaseFiles.copy(from: machine.folder, to: copy)
      if DatabaseFiles.journalLength(in: copy) > 0 {
        try DatabaseFiles.cutJournal(in: copy, to: 0)
      }
      for name in wasEvidence where name.hasSuffix(".evidence") {
        try FileManager.default.removeItem(atPath: machine.state.appending(name).string)
      }
      machine.knowledge = Knowledge()
    } else {
      try DatabaseFiles.copy(from: machine.folder, to: copy)
    }
    try await machine.replaceDatabase(with: copy)
    tally.count("crashes")
  }

  /// The process is killed amid a write, which nobody was told of: it is there whole or not at all.
  private mutating func tearWrite(
    _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let library = try await machine.library
    guard let id = try await library.articleIDs(.all).min(by: { $0.key < $1.key }) else {
      return World.nothing
    }
    try await library.store.checkpoint()
    let start = DatabaseFiles.journalLength(in: machine.folder)
    let stars = Int.random(in: 0...5, using: &generator)
    guard try await !library.rate(id, stars: stars).changed.isEmpty else { return World.nothing }
    let end = DatabaseFiles.journalLength(in: machine.folder)
    guard end > start else { return World.nothing }
    let copy = newFolder("torn")
    try DatabaseFiles.copy(from: machine.folder, to: copy)
    try DatabaseFiles.cutJournal(in: copy, to: .random(in: start..<end, using: &generator))
    try await machine.replaceDatabase(with: copy)
    guard try await machine.library.store.report().knowledge == machine.knowledge else {
      throw Violation(.knowledgeGrows, "a torn write left something of itself")
    }
    tally.count("torn writes")
    return "\(start)..<\(end)"
  }

  /// A disk with room for a few pages more: what does not fit is said not to, and nothing of it is there.
  mutating func fillDisk(
    _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let verbs: [Step.Kind] = [
      .addText, .addRecorded, .importFiles, .setNote, .tag, .highlight, .mergeBundle, .compact,
      .undo,
    ]
    let verb = verbs.randomElement(using: &generator) ?? .addText
    let store = try await machine.library.store
    let before = try await store.report().knowledge
    try await store.limit(toFreePages: .random(in: 0...2, using: &generator))
    var outcome = "fits"
    do {
      _ = try await perform(verb, machine, machine, using: &generator)
    } catch let violation as Violation {
      guard violation.exitCode == 18 else { throw violation }
      outcome = "does not fit"
      tally.count("full disks")
      // A merge is made in batches, and an import is, too; all else is whole.
      let isWhole = ![.mergeBundle, .importFiles].contains(verb)
      guard try await store.report().knowledge == before || !isWhole else {
        throw Violation(.verbsSucceed, "\(verb) failed on a full disk, and left something")
      }
    }
    try await store.limit(toFreePages: nil)
    return "\(verb) \(outcome)"
  }

  /// Another machine goes on with a copy of the database, as it is while others use it.
  private mutating func copy(_ machine: Machine, state: FilePath) async throws {
    _ = try await machine.library
    let copy = self.machine(state: state)
    try DatabaseFiles.copy(from: machine.folder, to: copy.folder)
    try FileManager.default.copyItem(
      atPath: machine.folder.appending("secret").string,
      toPath: copy.folder.appending("secret").string)
    copy.knowledge = machine.knowledge
    machines.append(copy)
    tally.count("copies")
  }

  /// A machine goes back to what it was some time ago, and with it what nobody else has heard of.
  private mutating func rollBack(using generator: inout SeededGenerator) async throws -> String {
    guard let snapshot = snapshots.randomElement(using: &generator) else { return World.nothing }
    let before = machines[snapshot.machine].knowledge
    try await goBack(to: snapshot)
    // That machine among them: it knows no more than the copy did.
    let lost = machines.reduce(before) { $0.subtracting($1.knowledge) }
    ledger.forgive(lost)
    tally.count("rollbacks")
    return "\(snapshot.machine) \(lost.count)"
  }

  /// A home is restored, the evidence with it: what it writes from here on bears ids that were used.
  private mutating func restoreHome(using generator: inout SeededGenerator) async throws -> String {
    guard let snapshot = snapshots.randomElement(using: &generator) else { return World.nothing }
    try await goBack(to: snapshot)
    try copyEvidence(
      from: snapshot.folder.appending("state"), to: machines[snapshot.machine].state)
    var held: Set<String> = []
    for machine in machines {
      held.formUnion(try await machine.library.store.held().compactMap(\.value.text))
    }
    let lost = texts.subtracting(held).count
    texts.formIntersection(held)
    tally.count("restored homes")
    return "\(snapshot.machine) \(lost)"
  }

  /// Puts a copy in the place of the database that it was made of.
  private mutating func goBack(to snapshot: Snapshot) async throws {
    let machine = machines[snapshot.machine]
    try await machine.replaceDatabase(with: snapshot.folder)
    machine.knowledge = snapshot.knowledge
    editors.removeAll { $0.machine == snapshot.machine }
    hasRolledBack = true
  }
}
