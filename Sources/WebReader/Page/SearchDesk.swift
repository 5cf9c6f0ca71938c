import Satchel

/// Has the search index brought up to date, once for all who wait for it: the first time that takes
/// longer than anybody wants to look at a blank page.
actor SearchDesk {
  private var running: RunningWork<ArticleListing>?

  /// Whether a query can be answered now, or how far the index is.
  enum Standing: Sendable {
    case ready
    case indexing(WorkProgress?)
  }

  /// Waits for the index, and not longer than this. Throws what makes the query unanswerable.
  func prepare(
    _ plan: ListQuery.Plan, in library: Library, patience: Duration = .milliseconds(800)
  ) async throws(LibraryError) -> Standing {
    let work = running ?? RunningWork()
    if running == nil {
      running = work
      var one = plan
      one.query.limit = 1
      await work.start(one.listing(in: library))
    }
    guard let result = await work.wait(atMost: patience) else {
      return .indexing(await work.progress)
    }
    if running === work { running = nil }
    _ = try result.get()
    return .ready
  }

  /// Gives up what is under way; what is in the index stays there.
  func end() async { await running?.cancel() }
}
