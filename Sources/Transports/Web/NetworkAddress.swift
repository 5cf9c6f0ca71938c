import Foundation

/// An IPv4 or IPv6 address.
package struct NetworkAddress: Hashable, Sendable {
  /// 4 or 16.
  package let bytes: [UInt8]

  /// - Parameter text: as it is written in numbers; what follows a `%` says on which link and is
  ///   dropped. Nil for anything else, a name or a number in another base included.
  package init?(_ text: String) {
    let text = String(text.prefix { $0 != "%" })
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.bytes = bytes
    } else if inet_pton(AF_INET, text, &bytes) == 1 {
      self.bytes = Array(bytes.prefix(4))
    } else {
      return nil
    }
  }

  private init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// As it stands in an address of the web: that of IPv6 in brackets.
  package var text: String {
    var text = [CChar](repeating: 0, count: 64)
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else {
      preconditionFailure("an address has 4 or 16 bytes")
    }
    let number = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    return bytes.count == 4 ? number : "[\(number)]"
  }

  /// Whether it is one of the public network: of no machine of its own, no network of a house or a
  /// provider, no group, and no service that clouds give their machines.
  package var isPublic: Bool {
    if let inner = inner { return inner.isPublic }
    if bytes.count == 4 {
      return !NetworkAddress.closed.contains { $0.holds(bytes) }
    }
    return NetworkAddress.unicast.holds(bytes)
      && !NetworkAddress.closedUnicast.contains { $0.holds(bytes) }
  }

  /// The IPv4 address that one of IPv6 stands for, as a gateway would reach it.
  private var inner: NetworkAddress? {
    guard NetworkAddress.standIns.contains(where: { $0.holds(bytes) }) else { return nil }
    return NetworkAddress(bytes.suffix(4))
  }
}

extension NetworkAddress {
  /// What the registries of special addresses (RFC 6890) keep from the public network, groups, and
  /// one public address under which a cloud's machines find its services.
  private static let closed = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
  ].compactMap(Network.init)

  /// All that the public network has given out: neither `::1`, `fc00::/7`, `fe80::/10` nor `ff00::/8`
  /// is in it.
  private static let unicast = Network(bytes: [0x20], bits: 3)

  /// Of these, documentation, and tunnels that lead to any IPv4 address.
  private static let closedUnicast = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
    .compactMap(Network.init)

  /// `::ffff:a.b.c.d`, and what a gateway makes of names that have an IPv4 address alone.
  private static let standIns = ["::ffff:0:0/96", "64:ff9b::/96"].compactMap(Network.init)
}

/// The addresses that begin alike.
private struct Network: Sendable {
  let bytes: [UInt8]
  let bits: Int

  init(bytes: [UInt8], bits: Int) { (self.bytes, self.bits) = (bytes, bits) }

  /// - Parameter text: an address, a slash, and how many of its bits count.
  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let address = NetworkAddress(String(parts[0])), let bits = Int(parts[1])
    else { return nil }
    self.init(bytes: address.bytes, bits: bits)
  }

  func holds(_ address: [UInt8]) -> Bool {
    // One byte stands for all of IPv6.
    guard address.count == bytes.count || bytes.count == 1 && address.count == 16 else {
      return false
    }
    return (0..<bits).allSatisfy { bit in
      (address[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }
}
