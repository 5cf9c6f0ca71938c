import NIOCore

/// A connection that was accepted, and that is closed when it is let go.
///
/// It becomes a ``Connection`` no sooner than a task is there to serve it: one of those that is let go
/// unserved, as when the server stops, ends the process.
final class Arrival: Sendable {
  let channel: Channel

  init(_ channel: Channel) {
    self.channel = channel
  }

  deinit { channel.close(promise: nil) }

  func connection(silence: Duration) async throws -> Connection {
    try await channel.eventLoop.submit { try self.open(silence: silence) }.get()
  }

  /// The same, on the channel's event loop. Throws where the channel has closed meanwhile.
  func open(silence: Duration) throws -> Connection {
    let connection = try channel.asConnection(silence: Silence(limit: silence))
    // Nothing was read before somebody listened.
    try channel.syncOptions?.setOption(.autoRead, value: true)
    return connection
  }
}
