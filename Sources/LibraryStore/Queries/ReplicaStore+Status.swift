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
  public var missingBodies = 0
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

/// What is known of another replica.
public struct PeerStatus: Sendable {
  public let replica: ReplicaID
  public let name: String?
  public let isRetired: Bool
  /// Milliseconds since 1970, by this machine's clock; nil if it never reported.
  public let heardMilliseconds: Int64?
  /// Whether it is this database's own: what it writes as here, or has written as on another machine
  /// that may be its own again there.
  public let isOwn: Bool
  /// Operations it lacks of what we know, as far as it has told.
  public let lacks: UInt64
  /// Operations we lack of what it knows.
  public let weLack: UInt64
}

extension ReplicaStore {
  /// Counts everything in one snapshot. `now` is milliseconds since 1970.
  public func status(now: Int64) throws(StoreError) -> LibraryStatus {
    try read { db in
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
      status.missingBodies = try BodyTable(db).missingCount()
      status.conflicts = try ConflictQuery(transaction).count()
      let tomorrow = Stamp(wallMilliseconds: now + 86_400_000)
      // Looking at every register is for where one is known to be ahead.
      if transaction.highestStamp > tomorrow.rawValue {
        try RegisterRunTable(db).walk { run in
          try run.walk { _, register, _ in
            if register.stamp > tomorrow.rawValue { status.stampsAhead += 1 }
          }
        }
      }
      status.searchBytes = searchBytes
      status.peers = try PeerQuery(transaction).all()
      status.diverged = try DivergenceTable(transaction).all()
      return status
    }
  }

  /// Every replica that wrote, was named or was heard of, this one included.
  public func replicas() throws(StoreError) -> [PeerStatus] {
    try read { try PeerQuery(StoreTransaction($0)).all() }
  }

  /// What people call this replica.
  public func ownName() throws(StoreError) -> String? {
    try read { db in
      let transaction = try StoreTransaction(db)
      return try PeerQuery(transaction).card(
        of: transaction.replica, RegisterTable(transaction)
      ).name
    }
  }
}

/// Joins replicas' cards with what they reported.
struct PeerQuery {
  private let transaction: StoreTransaction

  init(_ transaction: StoreTransaction) {
    self.transaction = transaction
  }

  func all() throws -> [PeerStatus] {
    let reports = Dictionary(
      try PeerTable(transaction).all().map { ($0.report.replica, $0) },
      uniquingKeysWith: { first, _ in first })
    let table = try RegisterTable(transaction)
    let total = transaction.knowledge.count
    return try transaction.interner.replicas.map { replica in
      let heard = reports[replica]
      let card = try card(of: replica, table)
      let isOwn = isOwn(replica, heard?.report)
      return PeerStatus(
        replica: replica, name: card.name, isRetired: card.isRetired,
        heardMilliseconds: heard?.heardMilliseconds, isOwn: isOwn,
        lacks: isOwn ? 0 : lacks(heard?.report.knowledge, of: total),
        weLack: heard?.report.knowledge.subtracting(transaction.knowledge).count ?? 0)
    }
  }

  /// This replica, and those that this database was elsewhere and will be again: nobody else has
  /// spoken for them.
  private func isOwn(_ replica: ReplicaID, _ report: PeerReport?) -> Bool {
    replica == transaction.replica
      || report == nil && transaction.identities.entries[replica] != nil
  }

  /// Takes as long as what the peer knows is large, not as what is known here: for most there is no
  /// report, and there may be thousands.
  private func lacks(_ known: Knowledge?, of total: UInt64) -> UInt64 {
    guard let known else { return total }
    let common = known.intersection(transaction.knowledge).count
    return total >= common ? total - common : 0
  }

  func card(
    of replica: ReplicaID, _ table: RegisterTable
  ) throws -> (name: String?, isRetired: Bool) {
    let card = EntityID(kind: .replica, key: replica.identifier)
    func value(_ field: Field) throws -> Value? {
      try table.winner(RegisterID(card, field))?.value
    }
    return (try value(ReplicaField.name)?.text, try value(ReplicaField.retired)?.flag ?? false)
  }
}
