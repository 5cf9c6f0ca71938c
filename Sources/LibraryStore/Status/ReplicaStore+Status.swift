import Articles
import Foundation
import GRDB
import Replication

/// A replica's numbers, for `status`.
public struct LibraryStatus: Sendable {
  public var replica: ReplicaID
  public var articles = 0
  public var unread = 0
  public var starred = 0
  public var operations: UInt64 = 0
  public var knowledge: Knowledge
  public var fingerprint: Fingerprint
  /// Texts and images that are not here, and not by choice.
  public var missingBodies = 0
  /// Which texts are kept.
  public var keeping = TextKeepingStatus()
  public var conflicts = 0
  /// Registers stamped more than a day ahead of the wall clock.
  public var stampsAhead = 0
  public var bodyCount = 0
  /// Inflated.
  public var bodyBytes = 0
  /// As compressed.
  public var chunkBytes = 0
  public var logBytes = 0
  /// Of the search index, which is no part of the library.
  public var searchBytes = 0
  public var peers: [PeerStatus] = []
  /// Peers that hold another result under equal knowledge, the longest known first.
  public var diverged: [Divergence] = []

  public struct Divergence: Sendable, Equatable {
    public let replica: ReplicaID
    /// When it was first seen, since 1970 by this machine's clock.
    public let sinceMilliseconds: Int64
  }
}

extension ReplicaStore {
  /// Counts everything in one snapshot. `now` is milliseconds since 1970.
  package nonisolated func status(now: Int64) async throws(StoreError) -> LibraryStatus {
    try await view { db in
      let transaction = try StoreTransaction(db)
      var status = LibraryStatus(
        replica: transaction.replica, knowledge: transaction.knowledge,
        fingerprint: transaction.fingerprint)
      status.operations = transaction.knowledge.count
      let tally = try TallyTable(db).tally()
      status.articles = Int(tally.articles)
      status.unread = Int(tally.unread)
      status.starred = Int(tally.starred)
      status.bodyCount = Int(tally.bodies)
      status.bodyBytes = Int(tally.bodyBytes)
      status.chunkBytes = Int(tally.chunkBytes)
      status.logBytes = Int(tally.logBytes)
      status.keeping = try TextKeepingStatus(db)
      status.missingBodies = status.keeping.wanted
      status.conflicts = try ConflictQuery(transaction).count()
      let tomorrow = Stamp(wallMilliseconds: now + 86_400_000)
      // Looking at every register is for where one is known to be ahead.
      if transaction.highestStamp > tomorrow.rawValue {
        status.stampsAhead = try RegisterTable(transaction).count(stampedAbove: tomorrow)
      }
      status.searchBytes = self.searchBytes
      status.peers = try PeerQuery(transaction).all()
      status.diverged = try LibraryStatus.Divergence.all(transaction)
      return status
    }
  }

  /// The peers that hold another result under equal knowledge, the longest known first.
  package nonisolated func diverged() async throws(StoreError) -> [LibraryStatus.Divergence] {
    try await view { try LibraryStatus.Divergence.all(StoreTransaction($0)) }
  }
}

extension LibraryStatus.Divergence {
  fileprivate static func all(_ transaction: StoreTransaction) throws -> [Self] {
    try DivergenceTable(transaction).all().map {
      Self(replica: $0.replica, sinceMilliseconds: $0.sinceMilliseconds)
    }
  }
}
