import Files
import Replication

extension Library {
  /// Says, until the task is cancelled, which of `targets` to synchronize with now: each at first;
  /// all when something changed in this library, whoever wrote it; a folder when files in it came,
  /// went or grew; another machine or a store after `intervalSeconds`, and so a folder that cannot be
  /// read. Nil is a minute, and ten for a store. A target that failed, or that left something out, is
  /// due again after a delay that grows from five seconds to ten minutes.
  ///
  /// Looking takes a fraction of a millisecond and is done once a second, which works on every file
  /// system: those of servers and sticks report no events.
  public func watch(_ targets: [SyncTarget], intervalSeconds: Int? = nil) -> LibraryWatch {
    LibraryWatch(schedule: WatchSchedule(targets, library: self, intervalSeconds))
  }
}

/// An endless sequence of indices of targets; see ``Library/watch(_:intervalSeconds:)``.
///
/// It looks when it is asked, so nothing piles up while the caller synchronizes.
public struct LibraryWatch: AsyncSequence, AsyncIteratorProtocol {
  fileprivate let schedule: WatchSchedule

  public func makeAsyncIterator() -> LibraryWatch { self }

  /// Throws ``LibraryError``, `cancelled` among them.
  public func next() async throws -> Int? {
    do {
      while true {
        try Task.checkCancellation()
        if let index = try await schedule.next() { return index }
        try await Task.sleep(for: .seconds(1))
      }
    } catch {
      throw LibraryError(error)
    }
  }

  /// Says how the synchronization with a target ended.
  ///
  /// - Parameters:
  ///   - index: the target's, as it was given out.
  ///   - isDone: false where it failed, or left out what may come right by itself: a file that is
  ///     still being copied.
  public func note(_ index: Int, isDone: Bool) async {
    await schedule.note(index, isDone: isDone)
  }
}

/// Which target is due, by what was seen of each when it was last given out.
private actor WatchSchedule {
  private let targets: [SyncTarget]
  private let library: Library
  private let intervals: [Duration]
  private var due: [Int] = []
  private var seen: [State?]
  private var delays: [Delay?]

  /// What there was to see at a target.
  private struct State {
    let fingerprint: Fingerprint
    /// Nil for a target that has none to see, or none now.
    let files: [FilePath: Int]?
    let time: ContinuousClock.Instant
  }

  /// How long a target that failed is left alone.
  private struct Delay {
    var length = Duration.seconds(5)
    var end: ContinuousClock.Instant

    static let maximum = Duration.seconds(600)
  }

  init(_ targets: [SyncTarget], library: Library, _ intervalSeconds: Int?) {
    self.targets = targets
    self.library = library
    intervals = targets.map { .seconds(intervalSeconds ?? $0.kind.watchSeconds) }
    seen = targets.map { _ in nil }
    delays = targets.map { _ in nil }
  }

  func next() async throws -> Int? {
    if due.isEmpty { try await look() }
    return due.isEmpty ? nil : due.removeFirst()
  }

  func note(_ index: Int, isDone: Bool) {
    guard !isDone else {
      delays[index] = nil
      return
    }
    let length = delays[index].map { min($0.length * 2, Delay.maximum) } ?? .seconds(5)
    delays[index] = Delay(length: length, end: .now + length)
  }

  private func look() async throws {
    let fingerprint = try await library.store.report().fingerprint
    for (index, target) in targets.enumerated() {
      let now = State(
        fingerprint: fingerprint, files: await target.kind.files(of: library), time: .now)
      guard isDue(now, since: seen[index], delays[index], intervals[index]) else { continue }
      seen[index] = now
      due.append(index)
    }
  }

  private func isDue(
    _ now: State, since last: State?, _ delay: Delay?, _ interval: Duration
  ) -> Bool {
    guard let last else { return true }
    // A stick that is there again.
    if last.files == nil, now.files != nil { return true }
    if let delay { return now.time >= delay.end }
    if last.fingerprint != now.fingerprint || last.files != now.files { return true }
    return now.files == nil && now.time - last.time >= interval
  }
}
