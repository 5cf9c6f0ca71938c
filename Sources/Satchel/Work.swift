/// Long work under way: an asynchronous sequence of its progress that ends with its summary.
///
/// The work starts when it is iterated and is cancelled when the iteration is given up; what it
/// has committed by then stays, and doing it again goes on from there.
public struct Work<Summary: Sendable>: AsyncSequence, Sendable {
  public typealias Element = Event

  public enum Event: Sendable {
    case progress(WorkProgress)
    case finished(Summary)
  }

  private let run: @Sendable (@escaping @Sendable (WorkProgress) -> Void) async throws -> Summary

  init(
    _ run: @escaping @Sendable (@escaping @Sendable (WorkProgress) -> Void) async throws -> Summary
  ) {
    self.run = run
  }

  /// Does the work, calls `progress` from whatever thread is at it, and returns its summary. Where
  /// the task is cancelled, it waits for what is under way. Throws ``LibraryError``.
  public func result(
    progress: @escaping @Sendable (WorkProgress) -> Void = { _ in }
  ) async throws(LibraryError) -> Summary {
    try await LibraryError.wrapping { try await run(progress) }
  }

  public func makeAsyncIterator() -> AsyncThrowingStream<Event, any Error>.AsyncIterator {
    let run = run
    let stream = AsyncThrowingStream<Event, any Error>(bufferingPolicy: .unbounded) { stream in
      let task = Task {
        do {
          let summary = try await run { stream.yield(.progress($0)) }
          stream.yield(.finished(summary))
          stream.finish()
        } catch {
          stream.finish(throwing: LibraryError(error))
        }
      }
      stream.onTermination = { _ in task.cancel() }
    }
    return stream.makeAsyncIterator()
  }
}

/// How far long work is.
public struct WorkProgress: Sendable, Equatable {
  /// What is counted.
  public let unit: Unit
  public let done: Int
  /// The true total of this step.
  public let total: Int
  public let step: Step

  public enum Unit: String, Sendable {
    case articles, pages, frames, bytes, files, rows
  }

  /// Which of the passes that work may take.
  public enum Step: String, Sendable {
    case work
    /// What comes from outside is read to its end before anything is done with it.
    case checking
    /// The search index takes in what changed, so that a query with words can be asked.
    case indexing
    /// What was written is read from the medium.
    case readingBack = "reading_back"
  }

  public init(_ unit: Unit, done: Int, total: Int, _ step: Step = .work) {
    self.unit = unit
    self.step = step
    self.done = done
    self.total = total
  }
}
