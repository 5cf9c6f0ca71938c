import Articles
import Replication

/// What is known of another replica.
public struct PeerStatus: Sendable, Hashable, Codable, Identifiable {
  public var id: ReplicaID { replica }
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
  /// Every replica that wrote, was named or was heard of, this one included.
  package nonisolated func replicas() async throws(StoreError) -> [PeerStatus] {
    try await view { try PeerQuery(StoreTransaction($0)).all() }
  }

  /// What people call this replica.
  package nonisolated func ownName() async throws(StoreError) -> String? {
    try await view { db in
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

  /// The reports of replicas that are not retired, and no id of this database.
  func reportsOfOthers() throws -> [PeerReport] {
    let table = try RegisterTable(transaction)
    return try PeerTable(transaction).all().map(\.report).filter { report in
      try transaction.identities.entries[report.replica] == nil
        && !card(of: report.replica, table).isRetired
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
    return (
      try value(ReplicaField.name)?.text?.asReplicaName,
      try value(ReplicaField.retired)?.flag ?? false
    )
  }
}
