/// Who may wait to be admitted: how many connections a server keeps that have proved equally little
/// (Protocol 8.9). Past a limit the one that waits longest has to go, not the one that comes: whoever
/// holds connections open and says nothing keeps no member out.
struct Admission<Key: Hashable> {
  private let limit: Int
  private let addressLimit: Int
  private var waiting: [(key: Key, address: String)] = []

  init(limit: Int, addressLimit: Int) {
    self.limit = limit
    self.addressLimit = addressLimit
  }

  /// Returns the connections that must be closed for this one.
  mutating func enter(_ key: Key, from address: String) -> [Key] {
    waiting.append((key, address))
    var evicted: [Key] = []
    while waiting.count(where: { $0.address == address }) > addressLimit,
      let oldest = waiting.firstIndex(where: { $0.address == address })
    {
      evicted.append(waiting.remove(at: oldest).key)
    }
    while waiting.count > limit {
      evicted.append(waiting.removeFirst().key)
    }
    return evicted
  }

  /// It is of another standing now, or gone.
  mutating func leave(_ key: Key) { waiting.removeAll { $0.key == key } }

  var count: Int { waiting.count }
}
