import Foundation
import TestSupport
import Testing

/// The power goes at any time, and takes with it some of what was written and not flushed. Then the
/// library is what it was before the action that was under way, or after it; and the next run needs
/// no repair.
@Suite(.enabled(if: FileRecording.isPossible, "this needs Linux"))
struct PowerCutTests {
  @Test func `wherever the power goes, the old state is there or the new one`() async throws {
    let elsewhere = try await Elsewhere()
    let run = try await RecordedRun(Step.all, in: elsewhere)
    var cuts = CutRun(run, elsewhere, stride: 144, seed: 1)
    try await cuts.cut(manners: 4)
    print("power cuts: \(cuts.count)")
    #expect(cuts.count.points > 10)
    #expect(cuts.count.cuts == 4 * cuts.count.points)
  }

  @Test func `what opens a library after a cut may be cut off too`() async throws {
    let elsewhere = try await Elsewhere()
    var generator = SeededGenerator(seed: 2)
    let run = try await RecordedRun(Array(Step.all.prefix(6)), in: elsewhere)
    var (disk, count) = (SimulatedDisk(run.start), CutRun.Count())
    let chosen = Set(
      (0..<(Effort.isLong ? 40 : 2)).compactMap { _ in
        run.events.indices.randomElement(using: &generator)
      })
    for (index, event) in run.events.enumerated() {
      disk.apply(event)
      guard chosen.contains(index) else { continue }
      let image = disk.image(after: .reordered, using: &generator)
      let second = try await RecordedRun([.addition], in: elsewhere, from: image)
      var cuts = CutRun(
        second, elsewhere, stride: Effort.isLong ? 2 : 8, seed: UInt64(index))
      try await cuts.cut(manners: Effort.isLong ? 8 : 2)
      count += cuts.count
    }
    print("power cuts after power cuts: \(count)")
    #expect(count.points >= 3 * chosen.count)
  }

  @Test(.enabled(if: Effort.isLong, "only in long runs"))
  func `three thousand moments in eight manners`() async throws {
    var (count, seed) = (CutRun.Count(), UInt64(100))
    while count.points < 3_000 {
      let elsewhere = try await Elsewhere()
      let run = try await RecordedRun(Step.all, in: elsewhere)
      var cuts = CutRun(run, elsewhere, stride: 1, seed: seed)
      try await cuts.cut()
      count += cuts.count
      seed += 1
      print("power cuts: \(count)")
    }
    #expect(count.cuts == 8 * count.points)
    #expect(count.new > 0)
  }
}
