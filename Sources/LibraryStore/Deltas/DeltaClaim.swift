import Replication

/// What a delta carries and states that is not all its sender knows: it stands for earlier ones
/// (Protocol 7.5), or is a selection (3.16).
package struct DeltaClaim: Sendable {
  /// Nothing else is carried.
  package var carried: Knowledge
  /// The sender at the time of the last of them.
  package var sender: PeerReport
  /// Whether it claims nothing but what it carries, whatever else the log holds.
  package var isSelection = false

  package init(carrying carried: Knowledge, sender: PeerReport) {
    self.carried = carried
    self.sender = sender
  }
}

extension DeltaClaim {
  /// The selection of some articles: all that is held of their registers and their highlights'.
  ///
  /// - Parameter report: what the sender says of itself otherwise.
  init(
    selecting articles: [EntityID], _ transaction: StoreTransaction, reporting report: PeerReport
  ) throws {
    var fingerprint = Fingerprint.empty
    var sequences: [ReplicaID: [UInt64]] = [:]
    let table = try RegisterTable(transaction)
    var scan = try RegisterScan(transaction.db)
    defer { scan.close() }
    for number in try DeltaClaim.entities(of: articles, transaction) {
      let entity = try transaction.interner.entity(number)
      try scan.walk(of: number) { packed, value in
        let id = RegisterID(entity, try transaction.interner.field(packed.field))
        let register = try table.register(
          id, packed: packed, value: Array(value), entity: number)
        fingerprint.add(register)
        for operation in register.held {
          sequences[operation.dot.replica, default: []].append(operation.dot.sequence)
        }
      }
    }
    carried = Knowledge(sequences.mapValues { SequenceSet(sequences: $0) })
    sender = PeerReport(
      replica: report.replica, clock: .zero, knowledge: carried, fingerprint: fingerprint,
      wanted: report.wanted, keeping: report.keeping)
    isSelection = true
  }

  /// The numbers of articles that are here and of their highlights, ascending.
  private static func entities(
    of articles: [EntityID], _ transaction: StoreTransaction
  ) throws -> [Int64] {
    var numbers = try articles.compactMap { try transaction.interner.existingNumber(of: $0) }
    // Whoever merges it learns what its sender is called.
    let card = EntityID(kind: .replica, key: transaction.replica.identifier)
    if !numbers.isEmpty, let number = try transaction.interner.existingNumber(of: card) {
      numbers.append(number)
    }
    let keys = Set(articles.map(\.key))
    // The index leaves out those that are deleted, whose tombstones are state too.
    try CachedStatement(transaction.db, "SELECT id, article FROM highlight").walk { row in
      if let article = row.identifier(1), keys.contains(article) { numbers.append(row.integer(0)) }
    }
    return numbers.sorted()
  }
}
