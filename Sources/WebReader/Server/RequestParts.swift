import NIOCore
import NIOHTTP1

/// What arrives on a connection, in this order.
enum RequestPart: Sendable {
  /// The first byte of a head.
  case began
  case head(RequestHead)
  case body(ByteBuffer)
  case end
  /// What cannot be answered otherwise than by this status; nothing follows.
  case refused(status: Int)
}

/// Makes the parser's parts ours, and refuses what several programs may read in several ways.
final class RequestParts: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = RequestPart
  typealias OutboundIn = HTTPServerResponsePart

  private let gate: HeadGate
  private var isClosed = false
  /// How many parts were handed on.
  private(set) var count = 0

  init(_ gate: HeadGate) { self.gate = gate }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosed else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): take(head, context)
    case .body(let bytes): tell(.body(bytes), context)
    case .end: tell(.end, context)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    context.write(data, promise: promise)
    if case .end = part { gate.answered() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is HeadGate.HeadBegan {
      tell(.began, context)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case HeadGate.Refusal.tooLarge, HTTPParserError.headerOverflow: refuse(431, context)
    case HeadGate.Refusal.otherVersion, HTTPParserError.invalidVersion: refuse(505, context)
    case is HeadGate.Refusal, is HTTPParserError: refuse(400, context)
    default: context.fireErrorCaught(error)
    }
  }

  private func take(_ parsed: HTTPRequestHead, _ context: ChannelHandlerContext) {
    do throws(RequestHead.Refusal) {
      let head = try RequestHead(parsed)
      gate.expectBody(bytes: head.bodyBytes)
      tell(.head(head), context)
    } catch {
      refuse(error.status, context)
    }
  }

  private func refuse(_ status: Int, _ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    isClosed = true
    gate.close()
    tell(.refused(status: status), context)
  }

  private func tell(_ part: RequestPart, _ context: ChannelHandlerContext) {
    count += 1
    context.fireChannelRead(wrapInboundOut(part))
  }
}
