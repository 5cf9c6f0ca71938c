/// The addresses that this server printed, of which a request names one (Protocol 11.2).
struct OwnAddresses: Sendable, Equatable {
  let port: Int
  /// As they stand in `Host`, the one that links are made with first.
  let hosts: [String]

  static let loopback = "127.0.0.1"

  /// - Parameter addresses: those that people reach it by, as the system writes them.
  init(_ addresses: [String], port: Int) {
    self.port = port
    var hosts = addresses.map { OwnAddresses.host($0, port) }
    if addresses.contains(OwnAddresses.loopback) { hosts.append("localhost:\(port)") }
    self.hosts = hosts
  }

  /// Byte for byte: a name that somebody lets point here is none of them.
  func isOwn(host: String?) -> Bool { host.map(hosts.contains) ?? false }

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
