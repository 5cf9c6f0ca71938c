import Satchel

/// Has the search index brought up to date, once for all who wait for it: the first time that takes
/// longer than anybody wants to look at a blank page.
actor SearchDesk {
  private var running: (query: ArticleQuery, work: RunningWork<ArticleListing>)?

  /// Whether a query can be answered now, or how far the index is.
  enum Standing: Sendable {
    case ready
    case indexing(WorkProgress?)
  }

  /// Waits for the index, and not longer than this. Throws what makes the query unanswerable.
  func prepare(
    _ plan: ListQuery.Plan, in library: Library, patience: Duration = .milliseconds(800)
  ) async throws(LibraryError) -> Standing {
    var one = plan
    one.query.limit = 1
    while true {
      if running == nil { await start(one, in: library) }
      guard let (query, work) = running else { continue }
      guard let result = await work.wait(atMost: patience) else {
        return .indexing(await work.progress)
      }
      if running?.work === work { running = nil }
      switch result {
      case .success: return .ready
      // What makes somebody else's query unanswerable says nothing of this one.
      case .failure(let error) where query == one.query: throw error
      case .failure: continue
      }
    }
  }

  private func start(_ plan: ListQuery.Plan, in library: Library) async {
    let work = RunningWork<ArticleListing>()
    running = (plan.query, work)
    await work.start(plan.listing(in: library))
  }

  /// Gives up what is under way; what is in the index stays there.
  func end() async { await running?.work.cancel() }
}
