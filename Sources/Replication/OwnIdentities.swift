/// The ids one database has written as, and which of them it may go on with (Protocol 1.10).
public struct OwnIdentities: Equatable, Sendable {
  /// As which the database writes.
  public private(set) var current: ReplicaID
  public private(set) var entries: [ReplicaID: Entry]

  /// What a database keeps of one of its ids.
  public struct Entry: Equatable, Sendable {
    public var issued: Issued
    /// The highest sequence of it that anything from elsewhere has shown.
    public var shown: UInt64

    public init(issued: Issued, shown: UInt64 = 0) {
      self.issued = issued
      self.shown = shown
    }

    /// Whether somebody else has issued sequences of this id too, if the id is this database's own.
    fileprivate var isContested: Bool { shown > issued.sequence }
  }

  /// What a machine's evidence says was issued, by replica.
  public typealias Evidence = [ReplicaID: Issued]

  public init(current: ReplicaID, entries: [ReplicaID: Entry]) {
    self.current = current
    self.entries = entries
  }

  /// Whether the evidence has the same record of `replica` as this database.
  public func fits(_ replica: ReplicaID, _ evidence: Evidence) -> Bool {
    guard let issued = entries[replica]?.issued else { return false }
    return evidence[replica] == issued
  }

  /// As which replica the database may write, the current one before others; nil where it needs a
  /// fresh id.
  public func writer(_ evidence: Evidence) -> ReplicaID? {
    if fits(current, evidence) { return current }
    return entries.keys.filter { fits($0, evidence) }.min()
  }

  /// Whether there is reason to look for a twin in the evidence.
  public var isContested: Bool { entries.values.contains { $0.isContested } }

  /// An id this database may write as, of which more was shown than was ever issued: another
  /// database writes as that replica too.
  public func twin(_ evidence: Evidence) -> ReplicaID? {
    let contested = entries.filter { $0.value.isContested && fits($0.key, evidence) }.keys
    return contested.contains(current) ? current : contested.min()
  }
}

extension OwnIdentities {
  /// Notes that something from elsewhere showed a sequence of a replica, of this database or not.
  public mutating func noteShown(_ sequence: UInt64, of replica: ReplicaID) {
    guard let shown = entries[replica]?.shown, shown < sequence else { return }
    entries[replica]?.shown = sequence
  }

  /// Goes on as a replica this database has been.
  public mutating func goOn(as replica: ReplicaID) {
    precondition(entries[replica] != nil, "a database goes on as what it was")
    current = replica
  }

  /// Goes on as a replica nobody has been.
  public mutating func begin(
    _ fresh: ReplicaID, using generator: inout some RandomNumberGenerator
  ) {
    entries[fresh] = Entry(issued: .nothing(using: &generator))
    current = fresh
  }

  /// Gives out sequences or numbers of files of the current replica.
  public mutating func raise(
    sequence: UInt64 = 0, file: UInt64 = 0, using generator: inout some RandomNumberGenerator
  ) {
    guard let issued = entries[current]?.issued else { return }
    entries[current]?.issued = issued.raised(sequence: sequence, file: file, using: &generator)
  }

  /// Forgets an id that has a twin.
  public mutating func strike(_ replica: ReplicaID) { entries[replica] = nil }

  /// Forgets the ids of which the evidence has another record: no later one equals this database's.
  public mutating func dropUnfit(_ evidence: Evidence) {
    entries = entries.filter { evidence[$0.key] == nil || fits($0.key, evidence) }
  }
}
