import Coding
import Replication

extension ReplicaStore {
  /// What merging operations would change.
  public struct Rehearsal: Sendable, Equatable {
    public var newOperations = 0
    public var articlesAdded = 0
    public var articlesChanged = 0
    /// How many conflicts there would be afterwards.
    public var conflicts = 0
  }

  /// Takes a batch of operations in.
  public typealias Applying = ([(frame: Frame, block: OperationBlock)]) throws -> Void

  /// Applies the batches that `feed` reads in a transaction that is then taken back. What `feed`
  /// throws by itself is its caller's own, and not to be mistaken for the store's.
  public func rehearse(
    _ feed: @Sendable (Applying) throws -> Void
  ) throws(StoreError) -> Result<Rehearsal, any Error> {
    try change(rehearsing: true) { transaction in
      var rehearsal = Rehearsal()
      let fed = Result {
        try feed { operations in
          do {
            rehearsal.newOperations += try OperationMerge(transaction).merge(operations).new
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
      rehearsal.articlesAdded = transaction.addedArticles.count
      rehearsal.articlesChanged = touched - rehearsal.articlesAdded
      rehearsal.conflicts = try ConflictQuery(transaction).count()
      return .success(rehearsal)
    }
  }

  /// What the store threw on its way through a caller's closure.
  private struct Refused: Error {
    let error: any Error
  }
}
