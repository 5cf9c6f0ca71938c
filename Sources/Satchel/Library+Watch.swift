import Files
import Replication

extension Library {
  /// Says, until the task is cancelled, which of `targets` to synchronize with now: each at first;
  /// all when something changed in this library, whoever wrote it; a folder when files came or went
  /// in it; another machine after `intervalSeconds`, and so a folder that cannot be read.
  ///
  /// Looking takes a fraction of a millisecond and is done once a second, which works on every file
  /// system: those of servers and sticks report no events.
  public func watch(_ targets: [SyncTarget], intervalSeconds: Int = 60) -> LibraryWatch {
    LibraryWatch(targets, library: self, interval: .seconds(intervalSeconds))
  }
}

/// An endless sequence of indices of targets; see ``Library/watch(_:intervalSeconds:)``.
///
/// It looks when it is asked, so nothing piles up while the caller synchronizes.
public struct LibraryWatch: AsyncSequence, AsyncIteratorProtocol {
  private let targets: [SyncTarget]
  private let library: Library
  private let interval: Duration
  private var due: [Int] = []
  /// What was seen of each target when it was last given out.
  private var seen: [State?]

  /// What there was to see at a target.
  private struct State {
    let fingerprint: Fingerprint
    /// Nil for a target that has none to see, or none now.
    let files: [FilePath]?
    let time: ContinuousClock.Instant
  }

  init(_ targets: [SyncTarget], library: Library, interval: Duration) {
    self.targets = targets
    self.library = library
    self.interval = interval
    seen = targets.map { _ in nil }
  }

  public func makeAsyncIterator() -> LibraryWatch { self }

  /// Throws ``LibraryError``, `cancelled` among them.
  public mutating func next() async throws -> Int? {
    do {
      while due.isEmpty {
        try Task.checkCancellation()
        try await look()
        if due.isEmpty { try await Task.sleep(for: .seconds(1)) }
      }
      return due.removeFirst()
    } catch {
      throw LibraryError(error)
    }
  }

  private mutating func look() async throws {
    let fingerprint = try await library.store.report().fingerprint
    for (index, target) in targets.enumerated() {
      let now = State(
        fingerprint: fingerprint, files: await target.kind.files(of: library), time: .now)
      guard isDue(now, since: seen[index]) else { continue }
      seen[index] = now
      due.append(index)
    }
  }

  private func isDue(_ now: State, since last: State?) -> Bool {
    guard let last, last.fingerprint == now.fingerprint, last.files == now.files else {
      return true
    }
    return now.files == nil && now.time - last.time >= interval
  }
}
