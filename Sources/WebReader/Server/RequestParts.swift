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
final class RequestParts: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = RequestPart

  private let gate: HeadGate
  private var isClosed = false

  init(_ gate: HeadGate) { self.gate = gate }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosed else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): take(head, context)
    case .body(let bytes): context.fireChannelRead(wrapInboundOut(.body(bytes)))
    case .end: context.fireChannelRead(wrapInboundOut(.end))
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is HeadGate.HeadBegan {
      context.fireChannelRead(wrapInboundOut(.began))
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
      context.fireChannelRead(wrapInboundOut(.head(head)))
    } catch {
      refuse(error.status, context)
    }
  }

  private func refuse(_ status: Int, _ context: ChannelHandlerContext) {
    guard !isClosed else { return }
    isClosed = true
    gate.close()
    context.fireChannelRead(wrapInboundOut(.refused(status: status)))
  }
}
