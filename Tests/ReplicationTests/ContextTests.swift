import Replication
import TestSupport
import Testing

struct ContextTests {
  @Test func `a context answers what a plain dictionary would`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let (plainA, plainB) = (entries(&generator), entries(&generator))
      let (a, b) = (context(plainA), context(plainB))
      for replica in 0...9 as ClosedRange<UInt64> {
        let expected = plainA[replica] ?? 0
        #expect(a.sequence(of: Sample.replica(replica)) == expected, "seed \(seed)")
        for sequence in 1...6 as ClosedRange<UInt64> {
          let dot = Dot(replica: Sample.replica(replica), sequence: sequence)
          #expect(a.covers(dot) == (sequence <= expected), "seed \(seed)")
        }
      }
      #expect(
        a.includes(b) == plainB.allSatisfy { plainA[$0.key] ?? 0 >= $0.value }, "seed \(seed)")
      let dot = Dot(replica: Sample.replica(3), sequence: 4)
      var join = ContextJoin()
      join.add(a)
      join.add(b)
      join.add(dot.replica, dot.sequence)
      let joined = join.context
      #expect(joined.includes(a) && joined.includes(b) && joined.covers(dot), "seed \(seed)")
      #expect(
        joined
          == context(
            plainA.merging(plainB, uniquingKeysWith: max)
              .merging([3: 4], uniquingKeysWith: max)), "seed \(seed)")
    }
  }

  @Test func `entries stand in the order of replicas, each once, with the highest sequence`() {
    let context = Sample.context((2, 1), (1, 5), (2, 7), (1, 3))
    #expect(context.entries.map(\.replica) == [Sample.replica(1), Sample.replica(2)])
    #expect(context.entries.map(\.sequence) == [5, 7])
  }

  private func entries(_ generator: inout SeededGenerator) -> [UInt64: UInt64] {
    var entries: [UInt64: UInt64] = [:]
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      entries[.random(in: 0...9, using: &generator)] = .random(in: 1...6, using: &generator)
    }
    return entries
  }

  private func context(_ entries: [UInt64: UInt64]) -> Context {
    Context(
      entries.map { Context.Entry(replica: Sample.replica($0.key), sequence: $0.value) })
  }
}
