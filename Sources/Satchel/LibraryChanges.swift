import LibraryStore

/// The library's revision, given anew whenever it grew; see ``Library/changes(since:everyMilliseconds:)``.
///
/// It looks when it is asked, so that nothing piles up while its reader is busy: several changes
/// meanwhile are one. It ends when its task is cancelled.
public struct LibraryChanges: AsyncSequence, Sendable {
  public typealias Element = Int64

  let library: Library
  let since: Int64?
  let interval: Duration

  public func makeAsyncIterator() -> Iterator { Iterator(changes: self) }

  public struct Iterator: AsyncIteratorProtocol {
    private let changes: LibraryChanges
    /// What was given last.
    private var last: Int64?

    fileprivate init(changes: LibraryChanges) {
      self.changes = changes
      last = changes.since
    }

    /// Throws ``LibraryError``.
    public mutating func next() async throws(LibraryError) -> Int64? {
      while !Task.isCancelled {
        let revision = try await changes.library.revision()
        if revision != last {
          last = revision
          return revision
        }
        guard (try? await Task.sleep(for: changes.interval)) != nil else { return nil }
      }
      return nil
    }
  }
}

extension Library {
  /// A number that grows with every change of what is shown, whoever made it: a write of this program,
  /// a merge, or another process.
  ///
  /// It counts for this replica alone, and grows now and then where a write changed nothing. Reading it
  /// is one look at one row.
  public func revision() async throws(LibraryError) -> Int64 {
    try await LibraryError.wrapping { try await store.revision() }
  }

  /// The library's revision, and again whenever something changed.
  ///
  /// ```swift
  /// for try await revision in library.changes() { print("revision", revision) }
  /// ```
  ///
  /// No event tells a process what another one wrote, so it looks.
  ///
  /// - Parameters:
  ///   - revision: the one that is known already: the first that is given is another one. With nil the
  ///     present one is given at once.
  ///   - everyMilliseconds: how often it looks while its reader waits.
  public func changes(
    since revision: Int64? = nil, everyMilliseconds: Int = 250
  ) -> LibraryChanges {
    LibraryChanges(library: self, since: revision, interval: .milliseconds(everyMilliseconds))
  }
}
