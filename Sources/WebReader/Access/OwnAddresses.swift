/// The addresses that this server printed, of which a request names one (Protocol 11.2).
struct OwnAddresses: Sendable, Equatable {
  let port: Int
  /// As the system writes them, without the port.
  let addresses: [String]
  /// As they stand in `Host`, the one that links are made with first.
  let hosts: [String]

  static let loopback = "127.0.0.1"

  /// Those of them that this machine alone reaches.
  private let loopbackHosts: [String]

  /// - Parameters:
  ///   - own: the address by which this machine reaches it, as the system writes it.
  ///   - network: those by which others do.
  init(_ own: String, network: [String] = [], port: Int) {
    self.port = port
    addresses = [own] + network
    let names = own == OwnAddresses.loopback ? ["localhost:\(port)"] : []
    loopbackHosts = [OwnAddresses.host(own, port)] + names
    hosts = loopbackHosts + network.map { OwnAddresses.host($0, port) }
  }

  /// Whether somebody may connect to an address of this machine.
  func isOwn(_ address: String?) -> Bool { address.map(addresses.contains) ?? false }

  /// Byte for byte: a name that somebody lets point here is none of them.
  func isOwn(host: String?) -> Bool { host.map(hosts.contains) ?? false }

  /// Whether a request came for an address that this machine alone reaches.
  func isLoopback(host: String?) -> Bool {
    host.map(loopbackHosts.contains) ?? false
  }

  /// Whether a page of this server sent a request, which came for `host`.
  func isOwn(origin: String?, host: String) -> Bool { origin == "http://\(host)" }

  /// What stands before a path where a page is reached by an address.
  func root(_ address: String) -> String { "http://\(OwnAddresses.host(address, port))" }

  static func host(_ address: String, _ port: Int) -> String {
    let name = address.contains(":") ? "[\(address)]" : address
    // Clients leave out the port that http has anyway.
    return port == 80 ? name : "\(name):\(port)"
  }
}
