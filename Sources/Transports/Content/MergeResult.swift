import LibraryStore
import Replication

/// What merging a bundle, or what a session brought, did.
package struct MergeResult: Sendable {
  package var operations = MergeCount()
  package var bodyCount = 0
  /// Bodies that were thrown away, since they are not what their names say.
  package var spoiltBodyCount = 0
  /// Stored bytes of the frames applied.
  package var bytes = 0
  /// Those that were added among them.
  package var touchedArticles = NumberSet()
  package var addedArticles = NumberSet()
  /// What the sender knows and this library still lacks.
  package var missing = Knowledge()
  /// The header, of a bundle that was merged whole or had nothing that is not here.
  package var header: BundleHeader?
  /// Whether the file was cut or damaged and only its whole frames were taken.
  package var isSalvaged = false
  /// What a bundle has for others, where it was merged whole, now or before.
  package var content: ReplicaStore.BundleContent?
  /// Whether the file was merged or written before, and has nothing that is not here.
  package var isPassedOver = false
  /// Senders that hold another result under equal knowledge.
  package var diverged: Set<ReplicaID> = []

  package init() {}

  init(_ batch: ReplicaStore.BatchResult, from sender: ReplicaID?, bytes: Int) {
    operations = batch.operations
    bodyCount = batch.newBodies
    spoiltBodyCount = batch.spoiltBodies
    self.bytes = bytes
    touchedArticles = batch.changedArticles
    addedArticles = batch.addedArticles
    missing = batch.conclusion.missing
    if batch.conclusion.diverged, let sender { diverged = [sender] }
  }

  mutating func add(_ other: MergeResult) {
    operations = operations + other.operations
    bodyCount += other.bodyCount
    spoiltBodyCount += other.spoiltBodyCount
    bytes += other.bytes
    touchedArticles.formUnion(other.touchedArticles)
    addedArticles.formUnion(other.addedArticles)
    missing.formUnion(other.missing)
    diverged.formUnion(other.diverged)
  }
}
