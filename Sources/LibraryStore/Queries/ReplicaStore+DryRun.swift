import Coding
import Replication

extension ReplicaStore {
  /// What merging operations would change.
  package struct Plan: Sendable, Equatable {
    package var newOperations = 0
    package var articlesAdded = 0
    package var articlesChanged = 0
    /// How many conflicts there would be afterwards.
    package var conflicts = 0
  }

  /// Takes a batch of operations in.
  package typealias Applying = ([(frame: Frame, block: OperationBlock)]) throws -> Void

  /// Applies the batches that `feed` reads in a transaction that is then taken back. What `feed`
  /// throws by itself is its caller's own, and not to be mistaken for the store's.
  package func dryRun(
    _ feed: @Sendable (Applying) throws -> Void
  ) throws(StoreError) -> Result<Plan, any Error> {
    try change(dryRun: true) { transaction in
      var plan = Plan()
      let fed = Result {
        try feed { operations in
          do {
            plan.newOperations += try OperationMerge(transaction).merge(operations).new
            // What the log need not hold is for a transaction's end, and this one has none.
            transaction.superseded = [:]
          } catch {
            throw Refused(error: error)
          }
        }
      }
      switch fed {
      case .failure(let refused as Refused): throw refused.error
      case .failure(let error): return .failure(error)
      case .success: break
      }
      let touched = transaction.changedArticles.count
      try transaction.save()
      plan.articlesAdded = transaction.addedArticles.count
      plan.articlesChanged = touched - plan.articlesAdded
      plan.conflicts = try ConflictQuery(transaction).count()
      return .success(plan)
    }
  }

  /// What the store threw on its way through a caller's closure.
  private struct Refused: Error {
    let error: any Error
  }
}
