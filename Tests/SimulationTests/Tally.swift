/// What happened in simulations, counted.
struct Tally: Sendable {
  var seeds = 0
  var counts: [String: Int] = [:]
  /// How many rounds it took until all were equal: how often each number.
  var rounds: [Int: Int] = [:]

  subscript(_ what: String) -> Int { counts[what] ?? 0 }

  mutating func count(_ what: String, _ number: Int = 1) { counts[what, default: 0] += number }

  mutating func add(_ other: Tally) {
    seeds += other.seeds
    counts.merge(other.counts, uniquingKeysWith: +)
    rounds.merge(other.rounds, uniquingKeysWith: +)
  }
}

extension Tally: CustomStringConvertible {
  var description: String {
    let names = [
      "steps", "sessions", "cuts", "line faults", "audits", "bundles", "merges", "refused",
      "salvages", "exchanges", "spoilt files", "damaged files", "restarts", "crashes",
      "torn writes", "full disks", "copies", "rollbacks", "clones", "restored homes", "twins",
      "operations",
    ]
    let numbers = names.map { "\(self[$0]) \($0)" }.joined(separator: ", ")
    let healed = rounds.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "\(seeds) seeds, \(numbers); rounds until equal \(healed.joined(separator: ", "))"
  }
}
