extension Library {
  /// Imports what comes into folders, until the task is cancelled.
  ///
  /// All sources are looked at every so many seconds, which works on every file system. A file is
  /// taken when it was the same in two looks: its length, its time and its number. So is a page gone
  /// that was missing in two. Each batch is an action of its own.
  ///
  /// - Parameters:
  ///   - sources: folders, files, and repositories, whose commit is looked at.
  ///   - options: as for ``importPages(from:options:)``.
  ///   - intervalSeconds: how long to wait between two looks.
  public func watchImports(
    from sources: [ImportSource], options: ImportOptions = ImportOptions(), intervalSeconds: Int = 5
  ) -> ImportWatch {
    ImportWatch(
      sweeps: sources.map { ImportSweep($0, library: self, options: options) },
      interval: .seconds(intervalSeconds))
  }
}

/// An endless sequence of what was imported; see ``Library/watchImports(from:options:intervalSeconds:)``.
public struct ImportWatch: AsyncSequence, AsyncIteratorProtocol {
  fileprivate var sweeps: [ImportSweep]
  fileprivate let interval: Duration
  private var turn = 0
  private var untold: [Event] = []

  /// What happened.
  public enum Event: Sendable {
    /// A batch was imported.
    case imported(ImportSummary)
    /// A source cannot be read now, and is waited for: told once.
    case failed(ImportSource, LibraryError)
    /// It can be read again.
    case back(ImportSource)
  }

  fileprivate init(sweeps: [ImportSweep], interval: Duration) {
    self.sweeps = sweeps
    self.interval = interval
  }

  public func makeAsyncIterator() -> ImportWatch { self }

  /// Throws ``LibraryError``, `cancelled` among them, for what is no source's fault.
  public mutating func next() async throws -> Event? {
    do {
      while untold.isEmpty {
        try Task.checkCancellation()
        if turn == sweeps.count {
          try await Task.sleep(for: interval)
          turn = 0
        }
        untold = try await sweeps[turn].look()
        turn += 1
      }
      return untold.removeFirst()
    } catch {
      throw LibraryError(error)
    }
  }
}
