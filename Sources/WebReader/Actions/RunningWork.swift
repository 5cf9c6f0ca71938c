import Satchel

/// Long work that somebody's page began. It goes on when that page is closed, and other pages see
/// how far it is: so its task is the server's and no request's.
actor RunningWork<Summary: Sendable> {
  private(set) var progress: WorkProgress?
  /// Nil while it goes on.
  private(set) var result: Result<Summary, LibraryError>?
  private var task: Task<Void, Never>?
  /// Of those that wait for the end.
  private var waiting: [AsyncStream<Never>.Continuation] = []

  /// To be called once.
  ///
  /// - Parameter told: called with each step that is not overtaken by the next, and at the end.
  func start(_ work: Work<Summary>, told: @escaping @Sendable () async -> Void = {}) {
    task = Task {
      // Whoever tells is not waited for: of several steps the newest counts.
      let (steps, step) = AsyncStream<WorkProgress>.makeStream(bufferingPolicy: .bufferingNewest(1))
      await withTaskGroup { group in
        group.addTask {
          for await progress in steps {
            await self.note(progress)
            await told()
          }
        }
        do throws(LibraryError) {
          end(.success(try await work.result { step.yield($0) }))
        } catch {
          end(.failure(error))
        }
        step.finish()
      }
      await told()
    }
  }

  /// Waits for the end, and not longer than this. Returns the result; nil while it goes on.
  func wait(atMost patience: Duration) async -> Result<Summary, LibraryError>? {
    guard result == nil, patience > .zero else { return result }
    let (end, continuation) = AsyncStream<Never>.makeStream()
    waiting.append(continuation)
    await withTaskGroup { group in
      group.addTask { for await _ in end {} }
      // A visitor who leaves ends the sleep as well.
      group.addTask { try? await Task.sleep(for: patience) }
      await group.next()
      group.cancelAll()
    }
    return result
  }

  /// Gives it up, and waits until what is under way has ended.
  func cancel() async {
    task?.cancel()
    await task?.value
  }

  private func note(_ progress: WorkProgress) { self.progress = progress }

  private func end(_ result: Result<Summary, LibraryError>) {
    self.result = result
    for continuation in waiting { continuation.finish() }
    waiting = []
  }
}
