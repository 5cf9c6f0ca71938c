import LibraryStore
import Replication

/// What merging a bundle, or what a session brought, did.
public struct MergeResult: Sendable {
  public var operations = MergeCount()
  public var bodyCount = 0
  /// Stored bytes of the frames applied.
  public var bytes = 0
  /// Those that were added among them.
  public var touchedArticles = NumberSet()
  public var addedArticles = NumberSet()
  /// What the sender knows and this library still lacks.
  public var missing = Knowledge()
  /// Whether the file was cut or damaged and only its whole frames were taken.
  public var isSalvaged = false
  /// Whether a sender holds another result under equal knowledge.
  public var diverged = false

  public init() {}

  init(_ batch: ReplicaStore.BatchResult, bytes: Int) {
    operations = batch.operations
    bodyCount = batch.newBodies
    self.bytes = bytes
    touchedArticles = batch.changedArticles
    addedArticles = batch.addedArticles
    missing = batch.conclusion.missing
    diverged = batch.conclusion.diverged
  }

  mutating func add(_ other: MergeResult) {
    operations = operations + other.operations
    bodyCount += other.bodyCount
    bytes += other.bytes
    touchedArticles.formUnion(other.touchedArticles)
    addedArticles.formUnion(other.addedArticles)
    missing.formUnion(other.missing)
    diverged = diverged || other.diverged
  }
}
