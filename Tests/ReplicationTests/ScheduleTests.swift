import Replication
import TestSupport
import Testing

/// Every history of at most four writes, in every order, part and repetition in which they can arrive
/// (Protocol 1.5 to 1.9). What is found here is found without luck.
struct ScheduleTests {
  @Test func `in whatever order three writes of any manner arrive, what arrived decides`() throws {
    let manners = ShortHistory.Manner.allCases
    #expect(try (1...3).map { try schedules(ofLength: $0, manners) } == [18, 675, 50_544])
  }

  @Test func `in whatever order four texts arrive, what arrived decides`() throws {
    #expect(try schedules(ofLength: 4, [.authored]) == 86_385)
  }

  @Test(.enabled(if: Effort.isLong, "only in long runs"))
  func `in whatever order four writes of any manner arrive, what arrived decides`() throws {
    #expect(try schedules(ofLength: 4, ShortHistory.Manner.allCases) == 6_997_185)
  }

  /// Plays all histories of a length. Returns how many schedules they make.
  private func schedules(
    ofLength length: Int, _ manners: [ShortHistory.Manner]
  ) throws -> Int {
    let histories = ShortHistory.all(ofLength: length, manners)
    for history in histories {
      let played = try PlayedHistory(history)
      for (set, state) in try Lattice(played.operations).states().enumerated() {
        let arrived = played.operations.indices.filter { set & 1 << $0 != 0 }
          .map { played.operations[$0] }
        let expected = Oracle.registers(of: arrived, resolved: played.resolved)
        try #require(state.registers == expected, "\(history), of which came \(arrived)")
      }
    }
    return histories.count * Lattice.schedules(of: length)
  }
}

/// The states of a replica that hears of writes one by one: one for each set of those it heard of.
///
/// Where each step from a set to a greater one leads to the same state, whatever way led to the set,
/// every order does; so the steps stand for all schedules.
private struct Lattice {
  let operations: [Operation]

  init(_ operations: [Operation]) { self.operations = operations }

  /// How many ways there are for so many writes to arrive, all or some of them: of four writes 65.
  static func schedules(of count: Int) -> Int {
    (0..<count).reduce(1) { ways, taken in ways * (taken + 1) + 1 }
  }

  /// The state of each set, by its bits.
  func states() throws -> [ReferenceReplica] {
    var states = [ReferenceReplica(id: Sample.replica(9))]
    for set in 1..<(1 << operations.count) {
      let whole = state(of: set)
      states.append(whole)
      for (index, operation) in operations.enumerated() where set & 1 << index != 0 {
        var state = states[set & ~(1 << index)]
        for manner in ["new", "again"] {
          state.apply(delta([operation]))
          try #require(
            state.isSame(as: whole), "\(operation) comes \(manner): \(operations), set \(set)")
        }
      }
    }
    return states
  }

  /// What comes of all at once.
  private func state(of set: Int) -> ReferenceReplica {
    var replica = ReferenceReplica(id: Sample.replica(9))
    replica.apply(delta(operations.indices.filter { set & 1 << $0 != 0 }.map { operations[$0] }))
    return replica
  }

  private func delta(_ operations: [Operation]) -> Delta {
    Delta(operations: operations, statement: nil)
  }
}

extension ReferenceReplica {
  fileprivate func isSame(as other: ReferenceReplica) -> Bool {
    registers == other.registers && knowledge == other.knowledge
      && fingerprint == other.fingerprint
  }
}
