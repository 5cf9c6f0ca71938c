/// What a replica has seen: per replica, a set of sequences. A version vector that can hold gaps.
public struct Knowledge: Hashable, Sendable {
  public private(set) var sets: [ReplicaID: SequenceSet]

  public init() { sets = [:] }

  public init(_ sets: [ReplicaID: SequenceSet]) {
    self.sets = sets.filter { !$0.value.isEmpty }
  }

  public var isEmpty: Bool { sets.isEmpty }

  public subscript(replica: ReplicaID) -> SequenceSet { sets[replica] ?? SequenceSet() }

  /// How many ranges there are over all replicas.
  public var rangeCount: Int { sets.values.reduce(0) { $0 + $1.ranges.count } }

  /// How many operations are known; the greatest number there is where a peer claims more.
  public var count: UInt64 {
    sets.values.reduce(0) { sum, sequences in
      let (count, overflow) = sum.addingReportingOverflow(sequences.count)
      return overflow ? .max : count
    }
  }

  public func contains(_ dot: Dot) -> Bool { self[dot.replica].contains(dot.sequence) }

  /// Whether everything the other knows is known here.
  public func dominates(_ other: Knowledge) -> Bool {
    other.sets.allSatisfy { self[$0.key].isSuperset(of: $0.value) }
  }

  public func union(_ other: Knowledge) -> Knowledge {
    Knowledge(sets.merging(other.sets) { $0.union($1) })
  }

  public mutating func formUnion(_ other: Knowledge) {
    for (replica, dots) in other.sets { insert(dots, of: replica) }
  }

  public mutating func insert(_ dots: SequenceSet, of replica: ReplicaID) {
    guard !dots.isEmpty else { return }
    sets[replica, default: SequenceSet()].formUnion(dots)
  }

  public mutating func insert(_ dot: Dot) {
    insert(SequenceSet(dot.sequence...dot.sequence), of: dot.replica)
  }

  public func intersection(_ other: Knowledge) -> Knowledge {
    Knowledge(
      sets.reduce(into: [:]) { $0[$1.key] = $1.value.intersection(other[$1.key]) })
  }

  public func subtracting(_ other: Knowledge) -> Knowledge {
    Knowledge(
      sets.reduce(into: [:]) { $0[$1.key] = $1.value.subtracting(other[$1.key]) })
  }

  /// The same knowledge, claiming at most `limit` ranges.
  ///
  /// Claiming less than one knows is always safe: a peer then sends more than it need. Every
  /// replica keeps the same number of its lowest ranges; past `Limits.replicas`, or past `limit`
  /// of them, the last replicas are left out.
  public func claiming(atMost limit: Int) -> Knowledge {
    let claimed = sorted.prefix(min(limit, Limits.replicas))
    guard rangeCount > limit || claimed.count < sets.count else { return self }
    let share = limit / max(1, claimed.count)
    return Knowledge(
      Dictionary(
        uniqueKeysWithValues: claimed.map {
          ($0.replica, SequenceSet($0.sequences.ranges.prefix(share)))
        }))
  }

  /// Ascending by replica, for canonical encodings and stable output.
  public var sorted: [(replica: ReplicaID, sequences: SequenceSet)] {
    sets.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
