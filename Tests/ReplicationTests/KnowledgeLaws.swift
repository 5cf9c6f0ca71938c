import Replication
import TestSupport
import Testing

/// Knowledge does what sets of dots do.
struct KnowledgeLaws {
  @Test func `operations agree with plain sets of dots`() {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let (plainA, plainB) = (dots(&generator), dots(&generator))
      let (a, b) = (knowledge(plainA), knowledge(plainB))
      #expect(members(a) == plainA, "seed \(seed)")
      #expect(members(a.union(b)) == plainA.union(plainB), "seed \(seed)")
      #expect(members(a.subtracting(b)) == plainA.subtracting(plainB), "seed \(seed)")
      #expect(a.dominates(b) == plainA.isSuperset(of: plainB), "seed \(seed)")
      #expect(a.union(b) == b.union(a), "seed \(seed)")
      #expect(a.union(b).dominates(a), "seed \(seed)")
      #expect(a.subtracting(a).isEmpty, "seed \(seed)")
      #expect(a.count == UInt64(plainA.count), "seed \(seed)")
      #expect((a == b) == (plainA == plainB), "seed \(seed)")
    }
  }

  @Test func `claiming less is known, and no more than was asked for`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let knowledge = knowledge(dots(&generator))
      for limit in 0...knowledge.rangeCount + 1 {
        let claimed = knowledge.claiming(atMost: limit)
        #expect(claimed.rangeCount <= limit, "seed \(seed)")
        #expect(knowledge.dominates(claimed), "seed \(seed)")
        if limit >= knowledge.rangeCount { #expect(claimed == knowledge, "seed \(seed)") }
      }
    }
  }

  @Test func `no more replicas are claimed than a reader accepts`() {
    for (count, claimed) in [(-1, -1), (0, 0), (1, 0)] {
      let sets = (1...(Limits.replicas + count)).map {
        (Sample.replica(UInt64($0)), SequenceSet(1...1))
      }
      let knowledge = Knowledge(Dictionary(uniqueKeysWithValues: sets))
      #expect(
        knowledge.claiming(atMost: Limits.knowledgeRanges).sets.count
          == Limits.replicas + claimed)
    }
  }

  @Test func `nothing known of a replica is the same as not knowing it`() {
    let known = Knowledge([Sample.replica(1): SequenceSet()])
    #expect(known == Knowledge())
    #expect(known.isEmpty)
  }

  @Test func `a peer that claims all there can be is counted without a trap`() {
    let whole = SequenceSet(1...Limits.maximumSequence)
    let sets = (1...5).map { (Sample.replica($0), whole) }
    #expect(Knowledge(Dictionary(uniqueKeysWithValues: sets)).count == .max)
  }

  private func dots(_ generator: inout SeededGenerator) -> Set<Dot> {
    let count = Int.random(in: 0...20, using: &generator)
    return Set(
      (0..<count).map { _ in
        Dot(
          replica: Sample.replica(.random(in: 1...3, using: &generator)),
          sequence: .random(in: 1...10, using: &generator))
      })
  }

  private func knowledge(_ dots: Set<Dot>) -> Knowledge {
    dots.reduce(into: Knowledge()) { $0.insert($1) }
  }

  private func members(_ knowledge: Knowledge) -> Set<Dot> {
    Set(
      knowledge.sorted.flatMap { entry in
        entry.sequences.ranges.joined().map { Dot(replica: entry.replica, sequence: $0) }
      })
  }
}
