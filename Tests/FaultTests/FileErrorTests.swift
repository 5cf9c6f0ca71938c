import Foundation
import TestSupport
import Testing

/// The system refuses: the disk is full or fails, cannot be written, or there are no descriptors left.
/// Then an error says so, nothing is there by half, no file is left over, and the next run goes on.
@Suite(.enabled(if: FileRecording.isPossible, "this needs Linux"))
struct FileErrorTests {
  @Test func `whichever call fails, an error says so and the next run goes on`() async throws {
    let elsewhere = try await Elsewhere()
    var faults = FaultRun(try await RecordedRun(Step.all, in: elsewhere), elsewhere)
    var generator = SeededGenerator(seed: 19)
    try await faults.sample(Effort.isLong ? 3_000 : 12, using: &generator)
    print("errors from below: \(faults.count)")
    #expect(faults.count.attempts >= (Effort.isLong ? 2_500 : 8))
    #expect(faults.count.failures > (Effort.isLong ? faults.count.attempts / 2 : 0))
  }

  @Test func `commits outlast an index of their log that cannot be written`() async throws {
    let elsewhere = try await Elsewhere()
    let steps = Step.all.filter { ["add", "remote", "check"].contains($0.description) }
    var faults = FaultRun(try await RecordedRun(steps, in: elsewhere), elsewhere)
    let full = SystemFault.all.filter { $0.name == "ENOSPC" && $0.isForGood }
    try await faults.all(of: ["check"], full, stride: 1)
    #expect(faults.count.attempts > 3)
  }

  @Test(.enabled(if: Effort.isLong, "only in long runs"))
  func `every call of an edit and of a merge can fail`() async throws {
    let elsewhere = try await Elsewhere()
    var faults = FaultRun(try await RecordedRun(Step.all, in: elsewhere), elsewhere)
    try await faults.all(of: ["opening", "mark", "merge", "bundle"], stride: 1)
    print("errors from below, call by call: \(faults.count)")
    #expect(faults.count.failures > (Effort.isLong ? faults.count.attempts / 2 : 0))
  }
}
