import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import StorageSupport
import TestSupport

@testable import Satchel

/// Machines with real libraries, the post and the place between them, and the ledger beside, in which
/// one step happens after another.
struct World {
  let scenario: Scenario
  let home: FilePath
  var machines: [Machine] = []
  var ledger = Ledger()
  var tally = Tally()
  /// Bundles that were written; any of them may arrive anywhere at any time.
  var post: [[FilePath]] = []
  let place: MemoryStorage
  /// Files that lay in the place at some time before.
  var placeBefore: Set<FilePath> = []
  /// Files that were taken out of the place, and may come again.
  var lostFiles: [(name: FilePath, bytes: [UInt8])] = []
  var snapshots: [Snapshot] = []
  /// Open editors: on which machine, what each shows, and what its author has before them.
  var editors: [(machine: Int, shown: Shown, sight: Ledger.Sight)] = []
  /// What the editors showed that are saved in this step.
  var saved: [RegisterID: Ledger.Sight] = [:]
  /// Counts texts, so that each is another one.
  var count = 0
  /// In a world of twins, the registers that have an author's text, and these texts.
  var authored: Set<RegisterID> = []
  var texts: Set<String> = []
  /// The bodies that were imported, and whether anything may have lost them.
  var hasRolledBack = false
  private(set) var trace: [String] = []
  private let scratch: ScratchFolder

  init(_ scenario: Scenario) async throws {
    self.scenario = scenario
    scratch = try ScratchFolder()
    home = scratch.path
    place = MemoryStorage(number: scenario.seed)
    for number in 0..<scenario.machineCount {
      let machine = self.machine(state: home.appending("state-\(number)"))
      if number == 0 {
        try await machine.create()
      } else {
        try await machine.join(machines[0].library.invitation())
      }
      machines.append(machine)
      try await note(machine)
    }
  }

  /// The next machine, which is not there yet.
  func machine(state: FilePath, clock: SimulatedClock = SimulatedClock()) -> Machine {
    Machine(machines.count, in: home, state: state, clock: clock, seed: scenario.seed)
  }

  /// Has the next step happen.
  mutating func perform(_ step: Step) async throws {
    var generator = SeededGenerator(seed: step.seed)
    let machine = machines[step.machine % machines.count]
    let other = machines[step.other % machines.count]
    saved = [:]
    let outcome = try await perform(step.kind, machine, other, using: &generator)
    tally.count("steps")
    if outcome != World.nothing { tally.count(step.kind.rawValue) }
    try await note(machine)
    if other !== machine { try await note(other) }
    let marks = try await [mark(of: machine), mark(of: other)]
    trace.append("\(trace.count) \(step) \(outcome); \(marks.joined(separator: ", "))")
    try await expectEqualStates()
  }

  /// What a step says that found nothing to do.
  static let nothing = "-"

  mutating func perform(
    _ kind: Step.Kind, _ machine: Machine, _ other: Machine,
    using generator: inout SeededGenerator
  ) async throws -> String {
    switch kind {
    case .session: try await session(machine, other, using: &generator)
    case .writeBundle: try await writeBundle(machine, other, using: &generator)
    case .mergeBundle: try await mergeBundle(machine, using: &generator)
    case .exchange: try await exchange(machine, using: &generator)
    case .spoilPlace: try await spoilPlace(using: &generator)
    case .fillDisk: try await fillDisk(machine, using: &generator)
    case .restart, .crash, .tearWrite, .setClock, .copy, .snapshot, .rollBack, .clone, .restoreHome:
      try await befall(kind, machine, using: &generator)
    default: try await edit(kind, machine, using: &generator)
    }
  }

  /// Adds to the trace what is not a step.
  mutating func tell(_ line: String) { trace.append(line) }

  /// All that was seen, as one number.
  var traceHash: ContentHash {
    ContentHash(of: Array(trace.joined(separator: "\n").utf8))
  }
}

// What is looked at after each step.
extension World {
  var allowsTwins: Bool { scenario.sort == .cloning }

  /// Enters into the ledger what a machine wrote, and holds it to what is always so.
  mutating func note(_ machine: Machine) async throws {
    let store = try await machine.library.store
    let knowledge = try await store.report().knowledge
    guard knowledge != machine.knowledge else { return }
    // A database that finds its twin forgets what it wrote under the twin's id, and writes it again.
    guard allowsTwins || knowledge.dominates(machine.knowledge) else {
      throw Violation(.knowledgeGrows, "machine \(machine.number) forgot something")
    }
    try ledger.note(
      try await store.held(since: machine.knowledge), before: machine.knowledge, editors: saved,
      allowsTwins: allowsTwins)
    machine.knowledge = knowledge
    try expectQuiet(machine)
  }

  private func expectQuiet(_ machine: Machine) throws {
    for notice in machine.notices.all {
      switch notice {
      case .twinFound where !allowsTwins: throw Violation(.noTwinIsFound, "\(notice)")
      case .diverged where !allowsTwins && scenario.fault == nil:
        throw Violation(.equalKnowledgeIsEqualState, "\(notice)")
      default: continue
      }
    }
  }

  /// Twins know different things under the same dots until they meet.
  func expectEqualStates() async throws {
    guard !allowsTwins else { return }
    var fingerprints: [Knowledge: (machine: Int, fingerprint: Fingerprint)] = [:]
    for machine in machines {
      let report = try await machine.library.store.report()
      if let other = fingerprints[report.knowledge], other.fingerprint != report.fingerprint {
        throw Violation(
          .equalKnowledgeIsEqualState,
          "machines \(other.machine) and \(machine.number) know the same and differ")
      }
      fingerprints[report.knowledge] = (machine.number, report.fingerprint)
    }
  }

  /// A machine's state in short.
  func mark(of machine: Machine) async throws -> String {
    let report = try await machine.library.store.report()
    let knowledge = report.knowledge.sorted.map { "\($0.replica) \($0.sequences.ranges)" }
    let hash = ContentHash(of: Array(knowledge.joined(separator: " ").utf8))
    let wanted = report.wanted.count
    return "\(machine.number): \("\(report.fingerprint)".prefix(8)) "
      + "\("\(hash)".prefix(8)) \(report.clock.rawValue) \(wanted)"
  }
}
