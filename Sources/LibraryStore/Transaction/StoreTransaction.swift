import GRDB
import Replication

/// The state of one transaction on a replica: what it knows and is, loaded at the start, and what it
/// has changed so far, saved at the end (rule 4: before or after, never between).
///
/// State only: tables read it and note here what changes, and `Commit` loads it and saves it. It is a
/// reference, since they all share it. It lives as long as the database's transaction: within one
/// closure where something is written or looked up, and over many calls where a snapshot is sent.
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
  /// What ids and tokens are drawn from.
  var random = RandomSource.system
  let library: [UInt8]
  /// Counts transactions, this one included where it writes.
  let revision: Int64
  /// No register bears a greater stamp.
  private(set) var highestStamp: UInt64
  /// Articles whose registers changed, whose projections follow. Other entities have none, and
  /// may be many.
  var changedArticles = NumberSet()
  /// Highlights whose registers changed, likewise.
  var changedHighlights = NumberSet()
  /// Those among the changed articles that saving made, or brought back.
  var addedArticles = NumberSet()
  /// Wall time in milliseconds since 1970 of an action that may replace authored text; nil where
  /// what goes is not kept: in dry runs, and where registers are made anew from the log.
  var now: Int64?
  /// The action that own writes belong to; nil for those that are not to be undone.
  var action: ActionLabel?
  /// Whether such text was kept.
  var hasReplaced = false
  /// Operations that stopped being needed, by replica.
  var superseded: [Int64: [UInt64]] = [:]
  /// What the tables hold of ``knowledge`` and ``identities``.
  private(set) var saved: (knowledge: Knowledge, identities: OwnIdentities)
  /// The identities as the transaction found them.
  let openedIdentities: OwnIdentities

  /// What the `state` row holds.
  struct State {
    let library: [UInt8]
    let replica: ReplicaID
    let clock: Stamp
    let fingerprint: Fingerprint
    let highestStamp: UInt64
    let revision: Int64
  }

  init(
    _ db: Database, _ state: State, _ interner: Interner, _ identities: OwnIdentities,
    _ knowledge: Knowledge, evidence: HeldEvidence?
  ) {
    self.db = db
    self.evidence = evidence
    self.interner = interner
    library = state.library
    revision = state.revision
    clock = Clock(last: state.clock)
    highestStamp = state.highestStamp
    fingerprint = state.fingerprint
    self.identities = identities
    openedIdentities = identities
    nextSequence = identities.nextSequence
    self.knowledge = knowledge
    saved = (knowledge, identities)
  }

  /// To be called when the tables hold all of this.
  func noteSaved() { saved = (knowledge, identities) }
}

// Who writes (Protocol 1.10).
extension StoreTransaction {
  var replica: ReplicaID { identities.current }

  /// Gives out numbers of files, or sequences, of this replica's own.
  func raise(sequence: UInt64 = 0, file: UInt64 = 0) {
    identities.raise(sequence: sequence, file: file, using: &random)
  }

  /// From here on this database writes as a replica nobody has been; returns which.
  func takeFreshID() throws -> ReplicaID {
    let fresh = ReplicaID(.random(using: &random))
    identities.begin(fresh, using: &random)
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
  /// The next sequence of the replica that writes.
  var nextSequence: UInt64 { (entries[current]?.issued.sequence ?? 0) + 1 }
}

extension StoreTransaction {
  /// The next dot of this replica's own.
  func takeDot() throws -> Dot {
    guard nextSequence <= Limits.maximumSequence else {
      throw ReplicationError.sequenceOutOfRange(nextSequence)
    }
    defer { nextSequence += 1 }
    return Dot(replica: replica, sequence: nextSequence)
  }

  @inline(__always)
  func noteStamp(_ stamp: UInt64) { highestStamp = max(highestStamp, stamp) }

  func noteChanged(_ entity: EntityID, _ number: Int64) {
    switch entity.kind {
    case .article: changedArticles.insert(number)
    case .highlight: changedHighlights.insert(number)
    default: break
    }
  }

  func learn(_ sequences: SequenceSet, of replica: ReplicaID) {
    knowledge.insert(sequences, of: replica)
  }

  /// Adds what a statement allows; returns whether it allows it yet.
  func conclude(_ statement: DeltaStatement) -> Bool {
    guard statement.isSatisfied(by: knowledge) else { return false }
    knowledge.formUnion(statement.known)
    return true
  }

  func forget(_ sequences: SequenceSet, of replica: ReplicaID) {
    knowledge = knowledge.subtracting(Knowledge([replica: sequences]))
  }
}
