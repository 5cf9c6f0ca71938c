import Files
import LibraryStore
import Replication

// What a synchronization would do, without doing it.
extension Exchange {
  /// What was found of a place.
  package struct Plan: Sendable {
    /// How many files were not read yet.
    package var unreadFiles = 0
    /// What those carry that is not here.
    package var operations = Knowledge()
    /// How many operations the place lacks.
    package var toSend = 0
    /// What would still be missing, if those were read.
    package var missing = Knowledge()
    /// Files that would be left out.
    package var skipped: [SkippedBundle] = []
    /// Whether nothing of the library lies there yet.
    package var isNewPlace = false
  }

  package func dryRun(
    _ direction: SyncDirection = .both, isMeant: Bool = false, now: Int64
  ) async throws -> Plan {
    let listing = try await listing(isMeant: isMeant)
    var run = ExchangeRun(
      self, try await state(of: listing, now: now), now: now, isRemembering: false)
    try await run.check { _, _ in }
    var plan = Plan()
    plan.isNewPlace = !listing.isOfLibrary
    plan.skipped = run.result.skipped
    plan.unreadFiles = run.checkedFiles
    if direction != .push {
      let known = try await store.report().knowledge
      let carried = run.state.carriedByUnread
      plan.operations = carried.subtracting(known)
      var later = known.union(carried)
      _ = later.conclude(run.statements)
      let told = run.statements.reduce(into: run.state.missing(beyond: Knowledge())) {
        $0.formUnion($1.known)
      }
      plan.missing = told.subtracting(later)
    }
    if direction != .pull {
      let lacking = try await store.heldKnowledge().subtracting(run.state.coverage)
      plan.toSend = Int(clamping: lacking.count)
    }
    return plan
  }
}
