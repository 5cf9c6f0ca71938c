/// What the writer of an authored text had seen of its register's authored writes: per replica
/// that made any, the highest sequence (a dotted version vector: Preguiça and others, 2010).
public struct Context: Hashable, Sendable {
  /// Ascending by replica; sequences are at least 1.
  public private(set) var entries: [Entry]

  public struct Entry: Hashable, Sendable {
    public let replica: ReplicaID
    public let sequence: UInt64

    public init(replica: ReplicaID, sequence: UInt64) {
      self.replica = replica
      self.sequence = sequence
    }
  }

  public static let empty = Context(entries: [])

  /// Keeps the highest sequence of each replica.
  public init(_ entries: some Sequence<Entry>) {
    var highest: [ReplicaID: UInt64] = [:]
    for entry in entries { highest[entry.replica, default: 0].raise(to: entry.sequence) }
    self.init(
      entries: highest.map { Entry(replica: $0.key, sequence: $0.value) }
        .sorted { $0.replica < $1.replica })
  }

  private init(entries: [Entry]) {
    self.entries = entries
  }

  /// The highest sequence of `replica` that was seen; 0 for none.
  public func sequence(of replica: ReplicaID) -> UInt64 {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].replica < replica { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].replica == replica ? entries[low].sequence : 0
  }

  /// Whether the writer had seen this operation.
  public func covers(_ dot: Dot) -> Bool { sequence(of: dot.replica) >= dot.sequence }

  /// Whether the writer had seen all that the other's writer had.
  public func includes(_ other: Context) -> Bool {
    other.entries.allSatisfy { sequence(of: $0.replica) >= $0.sequence }
  }

  /// An arbitrary total order, absent before present, for rule 1's last tie.
  @usableFromInline
  static func precedes(_ left: Context?, _ right: Context?) -> Bool {
    guard let right else { return false }
    guard let left else { return true }
    return left.entries.lexicographicallyPrecedes(right.entries) {
      ($0.replica, $0.sequence) < ($1.replica, $1.sequence)
    }
  }
}

extension UInt64 {
  fileprivate mutating func raise(to floor: UInt64) { self = Swift.max(self, floor) }
}

/// Names one operation: which replica wrote it, and its place in that replica's sequence.
public struct Dot: Hashable, Comparable, Sendable {
  public let replica: ReplicaID
  /// 1, 2, 3, ... without gaps, assigned in the transaction of the write.
  public let sequence: UInt64

  public init(replica: ReplicaID, sequence: UInt64) {
    self.replica = replica
    self.sequence = sequence
  }

  public static func < (left: Dot, right: Dot) -> Bool {
    (left.replica, left.sequence) < (right.replica, right.sequence)
  }
}
