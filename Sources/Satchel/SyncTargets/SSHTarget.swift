import Transports

/// A replica on a machine that ssh reaches.
struct SSHTarget: SessionTarget {
  let address: SSHAddress

  init(_ address: SSHAddress) {
    self.address = address
  }

  /// Reads `ssh://HOST/PATH`.
  init?(reading text: String) throws(LibraryError) {
    guard text.hasPrefix("ssh://") else { return nil }
    self.init(try SSHAddress(text))
  }

  var description: String { address.description }

  func session(
    _ host: SessionHost, _ direction: SyncDirection, asksNothing: Bool,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await host.synchronize(
      through: address.command(asksNothing: asksNothing), direction, progress: progress)
  }
}
