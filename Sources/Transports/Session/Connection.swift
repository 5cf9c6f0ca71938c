import NIOCore
import Replication

/// Bytes in and out.
typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

extension Channel {
  /// Makes a connection of a channel, which ends when the other side is silent for too long.
  ///
  /// Called on the channel's event loop.
  func asConnection(silence: Silence) throws -> Connection {
    try pipeline.syncOperations.addHandler(SilenceHandler(silence))
    return try Connection(wrappingChannelSynchronously: self)
  }

  /// Ends the connection unless it is cancelled within this time.
  func deadline(_ limit: Duration) -> Scheduled<Void> {
    eventLoop.scheduleTask(in: TimeAmount(limit)) {
      let seconds = Int(limit.components.seconds)
      self.pipeline.fireErrorCaught(ConnectionError.silent(seconds: seconds))
      self.close(promise: nil)
    }
  }
}

/// How long the other side of a connection may say nothing.
struct Silence {
  let limit: Duration
  /// Whether there may be a login first, with a person who types a password (Protocol 8.7).
  var beginsWithFirstByte = false
}

/// Ends a connection on which nothing arrives although somebody is waiting for it: the time in which
/// this side is busy and reads nothing does not count.
private final class SilenceHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let limit: Duration
  private var isCounting: Bool
  private var timer: Scheduled<Void>?

  init(_ silence: Silence) {
    limit = silence.limit
    isCounting = !silence.beginsWithFirstByte
  }

  func read(context: ChannelHandlerContext) {
    if isCounting, timer == nil { timer = context.channel.deadline(limit) }
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    stop()
    isCounting = true
    context.fireChannelRead(data)
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func stop() {
    timer?.cancel()
    timer = nil
  }
}
