import Replication
import TestSupport
import Testing

/// Hundreds of replicas in one process, each of which tells one other at a time.
struct GossipTests {
  /// A thousand where there is time.
  private static let count = Effort.isLong ? 1_000 : 300
  /// How many of them write: what all come to know of each of them is compared at each meeting.
  private static let writers = count / 5

  @Test func `hundreds of replicas that gossip are equal after some ten rounds`() throws {
    var generator = SeededGenerator(seed: 19)
    var replicas = (1...UInt64(GossipTests.count)).map { ReferenceReplica(id: Sample.replica($0)) }
    var written: [Operation] = []
    for index in 0..<GossipTests.writers {
      // Every fifth write is a text, which none of the others replaces.
      written.append(
        try replicas[index].write(
          .integer(Int64(index)), to: Sample.register(.random(in: 0..<40, using: &generator)),
          authored: index.isMultiple(of: 5), now: Sample.wildClock(using: &generator)))
    }
    var rounds = 0
    var meetings = 0
    while !GossipTests.areEqual(replicas) {
      rounds += 1
      try #require(rounds <= 20)
      for index in replicas.indices.shuffled(using: &generator) {
        let other = Int.random(in: replicas.indices, using: &generator)
        if GossipTests.meet(&replicas, index, other) { meetings += 1 }
      }
    }
    let expected = Oracle.registers(of: written, resolved: [:])
    #expect(replicas[0].registers == expected)
    #expect(replicas[0].knowledge.count == UInt64(GossipTests.writers))
    // It takes ten until word of one could have reached all, had no two been told the same.
    #expect(rounds <= 14)
    print("\(GossipTests.count) replicas were equal after \(rounds) rounds, \(meetings) meetings")
  }

  /// Returns whether the two had anything to tell each other.
  private static func meet(_ replicas: inout [ReferenceReplica], _ one: Int, _ other: Int) -> Bool {
    guard !areEqual([replicas[one], replicas[other]]) else { return false }
    let there = replicas[one].delta(since: replicas[other].knowledge)
    let back = replicas[other].delta(since: replicas[one].knowledge)
    replicas[other].apply(there)
    replicas[one].apply(back)
    return true
  }

  private static func areEqual(_ replicas: [ReferenceReplica]) -> Bool {
    replicas.allSatisfy { $0.fingerprint == replicas[0].fingerprint }
      && replicas.allSatisfy { $0.knowledge == replicas[0].knowledge }
  }
}
