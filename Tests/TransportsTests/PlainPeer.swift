import NIOCore
import NIOPosix

/// A connection on which a test says what no replica would say.
struct PlainPeer {
  private let channel: Channel
  private var arriving: AsyncStream<ByteBuffer>.Iterator
  private var arrived = ByteBuffer()

  init(port: Int) async throws {
    let (stream, arriving) = AsyncStream<ByteBuffer>.makeStream()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Collector(arriving))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    self.arriving = stream.makeAsyncIterator()
  }

  /// What is sent to a closed connection is let go.
  func send(_ bytes: some Sequence<UInt8>) async {
    try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Sends one after another, by the clock of the connection's own thread.
  func send(_ pieces: [[UInt8]], every interval: Duration) async {
    let sent = pieces.enumerated().map { index, piece in
      channel.eventLoop.flatScheduleTask(in: TimeAmount(interval * index)) { [channel] in
        channel.writeAndFlush(ByteBuffer(bytes: piece))
      }
      .futureResult
    }
    _ = try? await EventLoopFuture.andAllComplete(sent, on: channel.eventLoop).get()
  }

  /// Nil where the connection ends before.
  mutating func read(_ count: Int) async -> [UInt8]? {
    while arrived.readableBytes < count {
      guard let chunk = await arriving.next() else { return nil }
      arrived.writeImmutableBuffer(chunk)
    }
    return arrived.readBytes(length: count)
  }

  /// All that comes until the other side closes.
  mutating func readToEnd() async -> [UInt8] {
    while let chunk = await arriving.next() { arrived.writeImmutableBuffer(chunk) }
    return arrived.readBytes(length: arrived.readableBytes) ?? []
  }

  var isOpen: Bool { channel.isActive }

  func close() { channel.close(promise: nil) }
}

private final class Collector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let arriving: AsyncStream<ByteBuffer>.Continuation

  init(_ arriving: AsyncStream<ByteBuffer>.Continuation) {
    self.arriving = arriving
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    arriving.yield(unwrapInboundIn(data))
  }

  func channelInactive(context: ChannelHandlerContext) { arriving.finish() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
