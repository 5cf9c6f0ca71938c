import NIOCore
import NIOHTTP1

/// A connection as the server reads and writes it.
typealias WebChannel = NIOAsyncChannel<RequestPart, HTTPServerResponsePart>

/// Tells on the connection's event loop how many parts have arrived.
typealias PartCount = NIOLoopBound<RequestParts>

/// A connection that was accepted, and that is closed when it is let go.
///
/// It becomes a ``WebChannel`` no sooner than a task is there to serve it: one of those that is let
/// go unserved, as when the server stops, ends the process.
final class Arrival: Sendable {
  let channel: Channel

  init(_ channel: Channel) { self.channel = channel }

  deinit { channel.close(promise: nil) }

  /// Begins to read. Throws where the channel has closed meanwhile.
  func open(_ limits: WebLimits) async throws -> (WebChannel, PartCount) {
    try await channel.eventLoop.submit { [channel] in
      let opened = try Arrival.opened(channel, limits)
      // Nothing was read before somebody listened.
      try channel.syncOptions?.setOption(.autoRead, value: true)
      return opened
    }.get()
  }

  private static func opened(_ channel: Channel, _ limits: WebLimits) throws -> (
    WebChannel, PartCount
  ) {
    let gate = HeadGate(limit: limits.headBytes)
    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandlers([TakingWatch(limit: limits.taking), gate])
    try pipeline.addHandlers([HTTPResponseEncoder(), ByteToMessageHandler(decoder)])
    let parts = RequestParts(gate)
    try pipeline.addHandlers([NIOHTTPResponseHeadersValidator(), parts])
    // Few parts wait: a client that sends faster than it is read is not read.
    let configuration = WebChannel.Configuration(
      backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2))
    return (
      try WebChannel(wrappingChannelSynchronously: channel, configuration: configuration),
      NIOLoopBound(parts, eventLoop: channel.eventLoop)
    )
  }
}
