import NIOCore

/// Closes a connection whose client takes nothing of what is written to it for too long.
final class TakingWatch: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer

  private let limit: TimeAmount
  private var written = 0
  /// What the client had taken when that last changed, and when it was.
  private var taken = 0
  private var changed = NIODeadline.now()
  private var check: Scheduled<Void>?

  init(limit: Duration) { self.limit = TimeAmount(limit) }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    written += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
    guard check == nil else { return }
    changed = .now()
    schedule(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

  /// Looks often enough that nobody has much longer than the limit.
  private func schedule(_ context: ChannelHandlerContext) {
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let watch = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    check = context.value.eventLoop.scheduleTask(in: limit / 8) { watch.value.look(context.value) }
  }

  private func look(_ context: ChannelHandlerContext) {
    check = nil
    let options = context.channel.syncOptions
    guard let waiting = try? options?.getOption(.bufferedWritableBytes), waiting > 0 else { return }
    if written - waiting != taken {
      (taken, changed) = (written - waiting, .now())
    } else if NIODeadline.now() - changed >= limit {
      return context.close(promise: nil)
    }
    schedule(context)
  }
}

extension TimeAmount {
  fileprivate static func / (amount: TimeAmount, parts: Int64) -> TimeAmount {
    .nanoseconds(max(1, amount.nanoseconds / parts))
  }
}
