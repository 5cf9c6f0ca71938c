/// Lets the tasks of one actor wait for each other: a condition variable, which each actor makes for
/// itself.
///
/// Waiting ends when its task is cancelled, too, so that nobody waits for a word that nobody says.
/// A stream does the suspending: there is no continuation here that could be forgotten.
final class Condition {
  private var waiters: [AsyncStream<Never>.Continuation] = []

  /// Until ``signal()``; whoever waits looks again whether what it waits for has come. Throws
  /// `CancellationError`.
  func wait(isolation: isolated (any Actor)? = #isolation) async throws {
    let (stream, waiter) = AsyncStream.makeStream(of: Never.self)
    waiters.append(waiter)
    for await _ in stream {}
    try Task.checkCancellation()
  }

  /// Wakes all who wait.
  func signal() {
    for waiter in waiters { waiter.finish() }
    waiters = []
  }
}
