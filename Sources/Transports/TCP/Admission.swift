import Replication

/// Who may wait at the door: how many connections that have not proved to be members a server keeps
/// (Protocol 8.9). Past a limit the one that waits longest has to go, not the one that comes: whoever
/// holds connections open and says nothing keeps no member out.
struct Admission<Key: Hashable> {
  private var waiting: [(key: Key, address: String)] = []

  /// Returns the connections that must be closed for this one.
  mutating func enter(_ key: Key, from address: String) -> [Key] {
    waiting.append((key, address))
    var evicted: [Key] = []
    while waiting.count(where: { $0.address == address }) > Limits.unauthenticatedPerAddress,
      let oldest = waiting.firstIndex(where: { $0.address == address })
    {
      evicted.append(waiting.remove(at: oldest).key)
    }
    while waiting.count > Limits.unauthenticated {
      evicted.append(waiting.removeFirst().key)
    }
    return evicted
  }

  /// It proved to be a member, or is gone.
  mutating func leave(_ key: Key) { waiting.removeAll { $0.key == key } }

  var count: Int { waiting.count }
}
