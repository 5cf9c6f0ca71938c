/// Where text leads to; told from others by a number, however long the address is.
struct LinkTarget: Equatable {
  let id: Int
  /// The address as the page wrote it.
  let address: String

  static func == (one: LinkTarget, other: LinkTarget) -> Bool { one.id == other.id }
}

/// Gives each address a number.
///
/// An address that many places share is looked at as a whole only once: by where its characters lie
/// it is known again. So a page that refers a thousand times to one long address costs no more than
/// its own length.
struct LinkTargets {
  private var short: [String: Int] = [:]
  private var long: [String: LinkTarget] = [:]
  /// The long ones by where they lie. They are kept, so that no other address comes to lie there.
  private var places: [Place: LinkTarget] = [:]
  private var lastID = 0

  /// From so many bytes on an address is long.
  private static let shortestLong = 64
  private static let mostShort = 4096

  mutating func target(_ address: String) -> LinkTarget {
    guard address.utf8.count >= LinkTargets.shortestLong, let place = Place(of: address) else {
      return shortTarget(address)
    }
    if let target = places[place] { return target }
    let target = long[address] ?? newTarget(address)
    long[address] = target
    places[place] = LinkTarget(id: target.id, address: address)
    return target
  }

  /// Forgets short addresses if there are many of them, all but one that text still leads to.
  mutating func forget(but open: LinkTarget?) {
    guard short.count > LinkTargets.mostShort else { return }
    short.removeAll(keepingCapacity: true)
    if let open { short[open.address] = open.id }
  }

  private mutating func shortTarget(_ address: String) -> LinkTarget {
    if let id = short[address] { return LinkTarget(id: id, address: address) }
    let target = newTarget(address)
    short[address] = target.id
    return target
  }

  private mutating func newTarget(_ address: String) -> LinkTarget {
    lastID += 1
    return LinkTarget(id: lastID, address: address)
  }
}

extension LinkTargets {
  /// Where a string's bytes lie in memory, for as long as it lives.
  private struct Place: Hashable {
    let start: UInt
    let count: Int

    init?(of string: String) {
      let start = string.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) }
      guard let start else { return nil }
      self.start = start
      count = string.utf8.count
    }
  }
}
