import Files
import Synchronization
import SystemCalls
import TestSupport
import Testing

@testable import LibraryStore
@testable import Satchel
@testable import SatchelTool

/// Has a step's calls of the system fail, one at a time, and looks at what the next run finds.
struct FaultRun {
  struct Count {
    var attempts = 0
    /// In how many of them the step ended with an error.
    var failures = 0
    /// After how many of them the library held what was told to have failed.
    var unacknowledged = 0
  }

  private let beginnings: [RecordedRun.Beginning]
  private let elsewhere: Elsewhere
  private(set) var count = Count()

  init(_ run: RecordedRun, _ elsewhere: Elsewhere) {
    beginnings = run.beginnings
    self.elsewhere = elsewhere
  }

  /// What came of one attempt.
  private struct Outcome {
    /// How many calls could have failed.
    var calls = 0
    var error: (any Error)?
    /// What was committed, the newest last.
    var committed: [LibraryDigest?] = []
    var image = DiskImage()
  }

  /// Takes attempts at random: a step, an error, and the call that has it.
  mutating func sample(_ count: Int, using generator: inout some RandomNumberGenerator) async throws
  {
    for _ in 0..<count {
      let beginning = try #require(beginnings.randomElement(using: &generator))
      let fault = try #require(SystemFault.all.randomElement(using: &generator))
      let calls = try await attempt(beginning, fault, first: .max).calls
      guard calls > 0 else { continue }
      try await check(beginning, fault, first: .random(in: 0..<calls, using: &generator))
    }
  }

  /// Takes every call of some steps, one in `stride`.
  mutating func all(
    of steps: Set<String>, _ faults: [SystemFault] = SystemFault.all, stride: Int
  ) async throws {
    for beginning in beginnings where steps.contains(beginning.step.description) {
      for fault in faults {
        let calls = try await attempt(beginning, fault, first: .max).calls
        for first in Swift.stride(from: 0, to: calls, by: stride) {
          try await check(beginning, fault, first: first)
        }
      }
    }
  }

  private mutating func check(
    _ beginning: RecordedRun.Beginning, _ fault: SystemFault, first: Int
  ) async throws {
    let outcome = try await attempt(beginning, fault, first: first)
    let text = "\(fault) at call \(first) of \(outcome.calls) in \(beginning.step)"
    count.attempts += 1
    let aftermath = await Aftermath(of: outcome.image, beginning.step, elsewhere)
    // What cannot be taken away stays.
    let mayStay = fault.calls & CALL_REMOVE != 0
    #expect(
      aftermath.problems.filter { !(mayStay && $0.hasSuffix(".tmp was left")) } == [], "\(text)")
    let last = outcome.committed.last ?? beginning.state
    if let error = outcome.error {
      count.failures += 1
      // Of some pages that cannot be read SQLite says that they are malformed.
      let isTold =
        (error as? LibraryError).map { error in
          error.exitCode == 18 || fault.name == "EIO on reading" && error.exitCode == 15
        } ?? false
      #expect(isTold, "\(text): \(error)")
      // A commit whose flush failed may be found in the log all the same.
      if aftermath.state != last { count.unacknowledged += 1 }
    } else if last != nil {
      // Nil is a commit after which the watcher could read nothing.
      #expect(aftermath.state == last, "\(text)")
    }
    if !mayStay {
      // From a journal whose end was not flushed SQLite takes back what it had begun, when it next
      // opens the file.
      let isUnflushed = fault.calls & CALL_FLUSH != 0
      let strays = House.strays(in: outcome.image)
        .filter { !(isUnflushed && $0 == "library/search.sqlite-journal") }
      #expect(strays == [], "\(text)")
    }
  }

  private func attempt(
    _ beginning: RecordedRun.Beginning, _ fault: SystemFault, first: Int
  ) async throws -> Outcome {
    let folder = try TemporaryFolder.inMemory()
    let house = House(disk: folder.path, elsewhere: elsewhere)
    try beginning.image.write(into: house.disk)
    var outcome = Outcome()
    let recording = try FileRecording(house.disk)
    recording.fail(fault, first: first)
    let committed = Mutex<[LibraryDigest?]>([])
    do {
      let library = try await house.settle()
      if beginning.state == nil {
        // It reads past the library, which tells what goes wrong there.
        let digest = try await LibraryError.wrapping { try await LibraryDigest(of: library) }
        committed.withLock { $0.append(digest) }
      }
      let observer = CommitObserver { digest in committed.withLock { $0.append(digest) } }
      await library.store.queue.add(transactionObserver: observer)
      try await beginning.step.run(library, house, 0)
      withExtendedLifetime(observer) {}
    } catch {
      outcome.error = error
    }
    outcome.calls = recording.heal()
    outcome.committed = committed.withLock { $0 }
    _ = recording.stop()
    outcome.image = try DiskImage(of: house.disk)
    return outcome
  }
}
