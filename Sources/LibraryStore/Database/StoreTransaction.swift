import Articles
import Coding
import Foundation
import GRDB
import Replication

/// One transaction on a replica: what it knows and is, loaded at the start, saved at the end
/// together with all that changed (rule 4: before or after, never between).
///
/// A reference, since the merge, the log and the bodies of one transaction share it; it never
/// leaves the closure of its transaction.
final class StoreTransaction {
  let db: Database
  var interner: Interner
  var fingerprint: Fingerprint
  var clock: Clock
  private(set) var knowledge: Knowledge
  /// The ids this database has written as.
  var identities: OwnIdentities
  private(set) var nextSequence: UInt64
  /// What this machine says was issued; nil where nothing is written.
  let evidence: HeldEvidence?
  let library: [UInt8]
  /// Counts transactions, this one included where it writes.
  let revision: Int64
  /// No register bears a greater stamp.
  private(set) var highestStamp: UInt64
  /// Articles whose registers changed, whose projections follow. Other entities have none, and
  /// may be many.
  var changedArticles = NumberSet()
  /// Those among the changed that `save` made, or brought back.
  var addedArticles = NumberSet()
  /// Wall time in milliseconds since 1970 of an action that may replace authored text; nil where
  /// what goes is not kept: in dry runs, and where registers are made anew from the log.
  var now: Int64?
  /// Whether such text was kept.
  var hasReplaced = false
  /// Operations that stopped being needed, by replica.
  var superseded: [Int64: [UInt64]] = [:]
  private var savedKnowledge: Knowledge
  private var savedIdentities: OwnIdentities
  /// The identities as the transaction found them.
  let openedIdentities: OwnIdentities

  init(_ db: Database, evidence: HeldEvidence? = nil) throws {
    self.db = db
    self.evidence = evidence
    interner = try Interner(db)
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT library, replica, clock, fingerprint, highest_stamp, revision FROM state
          """),
      let digest = Digest128(bytes: row["fingerprint"] as Data),
      let last = Stamp(rawValue: UInt64(clamping: row["clock"] as Int64))
    else { throw StoreError.damaged("the state row is missing or malformed") }
    library = Array(row["library"] as Data)
    revision = row["revision"]
    identities = try IdentityTable.load(
      db, interner, current: interner.replica(row["replica"]))
    openedIdentities = identities
    savedIdentities = identities
    nextSequence = identities.nextSequence
    clock = Clock(last: last)
    highestStamp = UInt64(clamping: row["highest_stamp"] as Int64)
    fingerprint = Fingerprint(digest)
    knowledge = try KnowledgeTable.load(db, interner)
    savedKnowledge = knowledge
  }

  /// Writes back whatever changed.
  func save() throws {
    try FrameLog(self).noteSuperseded()
    try KnowledgeTable.save(self, from: savedKnowledge)
    if let now, hasReplaced { try ReplacedTable(self).prune(now: now) }
    if changedArticles.count > 0 {
      var projection = try ArticleProjection(self)
      try projection.update()
    }
    if nextSequence != identities.nextSequence { raise(sequence: nextSequence - 1) }
    try IdentityTable.save(self, from: savedIdentities)
    let update = try CachedStatement(
      db, "UPDATE state SET replica = ?, clock = ?, fingerprint = ?, highest_stamp = ?")
    try update.run([
      .integer(interner.number(of: replica)), .integer(clock.last.rawValue),
      .blob(fingerprint.digest.bytes), .integer(highestStamp),
    ])
    savedKnowledge = knowledge
    savedIdentities = identities
  }
}

// Who writes (Protocol 1.10).
extension StoreTransaction {
  var replica: ReplicaID { identities.current }

  /// Gives out numbers of files, or sequences, of this replica's own.
  func raise(sequence: UInt64 = 0, file: UInt64 = 0) {
    var generator = SystemRandomNumberGenerator()
    identities.raise(sequence: sequence, file: file, using: &generator)
  }

  /// From here on this database writes as a replica nobody has been; returns which.
  func becomeFresh() throws -> ReplicaID {
    var generator = SystemRandomNumberGenerator()
    let fresh = ReplicaID(.random(using: &generator))
    identities.begin(fresh, using: &generator)
    nextSequence = identities.nextSequence
    _ = try interner.number(of: fresh)
    return fresh
  }

  /// From here on this database writes as a replica it has been.
  func goOn(as replica: ReplicaID) {
    identities.goOn(as: replica)
    nextSequence = identities.nextSequence
  }
}

extension OwnIdentities {
  fileprivate var nextSequence: UInt64 { (entries[current]?.issued.sequence ?? 0) + 1 }
}

extension StoreTransaction {
  /// The next dot of this replica's own.
  func takeDot() throws -> Dot {
    guard nextSequence <= Limits.greatestSequence else {
      throw ReplicationError.sequenceOutOfRange(nextSequence)
    }
    defer { nextSequence += 1 }
    return Dot(replica: replica, sequence: nextSequence)
  }

  @inline(__always)
  func noteStamp(_ stamp: UInt64) { highestStamp = max(highestStamp, stamp) }

  func noteChanged(_ entity: EntityID, _ number: Int64) {
    if entity.kind == .article { changedArticles.insert(number) }
  }

  func learn(_ sequences: SequenceSet, of replica: ReplicaID) {
    knowledge.insert(sequences, of: replica)
  }

  func conclude(_ statements: [DeltaStatement]) -> [DeltaStatement] {
    knowledge.conclude(statements)
  }

  func forget(_ sequences: SequenceSet, of replica: ReplicaID) {
    knowledge = knowledge.subtracting(Knowledge([replica: sequences]))
  }
}

/// The table of known ranges.
enum KnowledgeTable {
  static func load(_ db: Database, _ interner: Interner) throws -> Knowledge {
    var ranges: [Int64: [ClosedRange<UInt64>]] = [:]
    let select = try CachedStatement(
      db, "SELECT replica, first, last FROM knowledge ORDER BY replica, first")
    try select.walk { row in
      let (first, last) = (row.integer(1), row.integer(2))
      guard first >= 1, first <= last else {
        throw StoreError.damaged("the knowledge table holds the range \(first) to \(last)")
      }
      ranges[row.integer(0), default: []].append(UInt64(first)...UInt64(last))
    }
    var sets: [ReplicaID: SequenceSet] = [:]
    for (number, ranges) in ranges { sets[try interner.replica(number)] = SequenceSet(ranges) }
    return Knowledge(sets)
  }

  /// Rewrites the rows of the replicas of which more or less is known than before.
  static func save(_ transaction: StoreTransaction, from before: Knowledge) throws {
    let after = transaction.knowledge
    for replica in Set(before.sets.keys).union(after.sets.keys)
    where before[replica] != after[replica] {
      let number = try transaction.interner.number(of: replica)
      try CachedStatement(transaction.db, "DELETE FROM knowledge WHERE replica = ?")
        .run([.integer(number)])
      let insert = try CachedStatement(transaction.db, "INSERT INTO knowledge VALUES (?, ?, ?)")
      for range in after[replica].ranges {
        try insert.run([
          .integer(number), .integer(range.lowerBound), .integer(range.upperBound),
        ])
      }
    }
  }
}
