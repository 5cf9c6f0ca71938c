import Transports

/// A replica that listens on a TCP port.
struct HostTarget: SessionTarget {
  /// A name, an IPv4 or an IPv6 address, the last without brackets.
  let host: String
  let port: Int

  init(_ host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT` and `[IPV6]:PORT`.
  init?(reading text: String) throws(LibraryError) {
    guard let match = text.wholeMatch(of: /(?:\[([0-9A-Za-z:.%_\-]+)\]|([^\/:\[\]]+)):([0-9]+)/)
    else { return nil }
    guard let port = Int(match.3), (1...65_535).contains(port) else {
      throw .invalid("\(text): a port is a number from 1 to 65535")
    }
    self.init(String(match.1 ?? match.2 ?? ""), port: port)
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  func session(
    _ host: SessionHost, _ direction: SyncDirection, asksNothing: Bool,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await host.synchronize(with: self.host, port: port, direction, progress: progress)
  }
}
