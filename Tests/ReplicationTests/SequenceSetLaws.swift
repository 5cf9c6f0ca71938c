import Replication
import TestSupport
import Testing

/// Sets of ranges do what sets of numbers do.
struct SequenceSetLaws {
  private let universe: ClosedRange<UInt64> = 1...40
  private let greatest = Limits.maximumSequence

  @Test func `operations agree with plain sets`() {
    for seed in Laws.histories {
      var generator = SeededGenerator(seed: seed)
      let (plainA, plainB) = (numbers(&generator), numbers(&generator))
      let (a, b) = (SequenceSet(sequences: plainA), SequenceSet(sequences: plainB))
      #expect(members(a) == plainA, "seed \(seed)")
      #expect(members(a.union(b)) == plainA.union(plainB), "seed \(seed)")
      #expect(members(a.subtracting(b)) == plainA.subtracting(plainB), "seed \(seed)")
      #expect(members(a.intersection(b)) == plainA.intersection(plainB), "seed \(seed)")
      #expect(a.isSuperset(of: b) == plainA.isSuperset(of: plainB), "seed \(seed)")
      #expect(a.union(b).isSuperset(of: a), "seed \(seed)")
      #expect(a.count == UInt64(plainA.count), "seed \(seed)")
      #expect(a.last == plainA.max(), "seed \(seed)")
      #expect(a.isEmpty == plainA.isEmpty, "seed \(seed)")
      for set in [a, a.union(b), a.subtracting(b), a.intersection(b)] {
        #expect(set.isNormal, "seed \(seed): \(set)")
      }
    }
  }

  @Test func `questions about a number or a range agree with plain sets`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let plain = numbers(&generator)
      let set = SequenceSet(sequences: plain)
      for number in 1...41 as ClosedRange<UInt64> {
        #expect(set.contains(number) == plain.contains(number), "seed \(seed)")
      }
      for _ in 0..<20 {
        let first = UInt64.random(in: universe, using: &generator)
        let range = first...UInt64.random(in: first...40, using: &generator)
        #expect(set.contains(range) == plain.isSuperset(of: range), "seed \(seed)")
        #expect(set.overlaps(range) == !plain.isDisjoint(with: range), "seed \(seed)")
      }
    }
  }

  @Test func `equal sets have equal ranges however they were made`() {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let plain = numbers(&generator)
      var grown = SequenceSet()
      for number in plain.shuffled(using: &generator) {
        grown.formUnion(SequenceSet(number...number))
      }
      #expect(grown == SequenceSet(sequences: plain), "seed \(seed)")
    }
  }

  @Test func `the first and the greatest sequence are no special case`() {
    let whole = SequenceSet(1...greatest)
    #expect(whole.count == greatest)
    #expect(whole.contains(1) && whole.contains(greatest))
    #expect(!whole.contains(greatest + 1))
    #expect(whole.subtracting(whole).isEmpty)
    #expect(whole.subtracting(SequenceSet(1...1)).ranges == [2...greatest])
    #expect(
      whole.subtracting(SequenceSet(greatest...greatest)).ranges == [1...(greatest - 1)])
    let ends = SequenceSet([greatest...greatest, 1...1])
    #expect(ends.ranges == [1...1, greatest...greatest])
    #expect(whole.subtracting(ends).ranges == [2...(greatest - 1)])
    #expect(ends.union(SequenceSet(2...(greatest - 1))) == whole)
    #expect(whole.intersection(ends) == ends)
    #expect(ends.overlaps(2...greatest))
    #expect(!ends.overlaps(2...(greatest - 1)))
  }

  @Test func `ranges that touch or overlap become one`() {
    #expect(SequenceSet([5...6, 1...2, 3...4]).ranges == [1...6])
    #expect(SequenceSet([1...5, 2...3]).ranges == [1...5])
    #expect(SequenceSet([1...2, 4...4]).ranges == [1...2, 4...4])
  }

  private func numbers(_ generator: inout SeededGenerator) -> Set<UInt64> {
    let share = Int.random(in: 0...10, using: &generator)
    return Set(universe.filter { _ in Int.random(in: 0..<10, using: &generator) < share })
  }

  private func members(_ set: SequenceSet) -> Set<UInt64> { Set(set.ranges.joined()) }
}

extension SequenceSet {
  /// Ascending, disjoint, and with something missing between any two.
  fileprivate var isNormal: Bool {
    zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
  }
}
