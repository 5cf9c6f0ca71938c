import NIOCore

/// Lets a request's head through whole and within its limit, and of a body as much as the head
/// told; nothing of the next request before this one is answered, and meanwhile nothing more is
/// read: a client that sends a thousand requests at once has one of them in memory.
///
/// It stands before the parser, which has larger limits, counts neither line nor separators, and
/// may read a line's end otherwise than a program between us and the client: what is dubious is
/// refused here, before anybody interprets it.
final class HeadGate: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// Why a head is not let through.
  enum Refusal: Error { case tooLarge, malformed, otherVersion }

  /// A head has begun to arrive.
  struct HeadBegan {}

  private let limit: Int
  private var head = ByteBuffer()
  /// Bytes of the present request's body that are still to come.
  private var bodyRest = 0
  private var isClosed = false
  /// Whether a request was let through whole that is not answered.
  private var isAnswering = false
  /// What came behind it.
  private var held = ByteBuffer()
  /// Whether more was asked for than there is to give now.
  private var isReadWanted = false
  private var context: ChannelHandlerContext?

  init(limit: Int) { self.limit = limit }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// Says how long the body is of the head just let through, before anything behind it is looked
  /// at.
  func expectBody(bytes: Int) {
    bodyRest = bytes
    isAnswering = bytes == 0
  }

  /// Lets nothing through any more: nobody knows where the next request begins.
  func close() { isClosed = true }

  /// Lets the next request through.
  func answered() {
    isAnswering = false
    guard let context else { return }
    let bytes = held
    held = ByteBuffer()
    take(context, bytes)
    context.fireChannelReadComplete()
    guard isReadWanted, held.readableBytes == 0 else { return }
    isReadWanted = false
    context.read()
  }

  func read(context: ChannelHandlerContext) {
    if held.readableBytes > 0 {
      isReadWanted = true
    } else {
      context.read()
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if isAnswering {
      if !isClosed { held.writeBuffer(&bytes) }
    } else {
      take(context, bytes)
    }
  }

  private func take(_ context: ChannelHandlerContext, _ bytes: ByteBuffer) {
    var bytes = bytes
    while bytes.readableBytes > 0, !isClosed {
      if isAnswering {
        held.writeBuffer(&bytes)
      } else if bodyRest > 0 {
        passBody(context, &bytes)
      } else {
        takeHead(context, &bytes)
      }
    }
  }

  private func passBody(_ context: ChannelHandlerContext, _ bytes: inout ByteBuffer) {
    let count = min(bodyRest, bytes.readableBytes)
    guard let part = bytes.readSlice(length: count) else { return }
    bodyRest -= count
    isAnswering = bodyRest == 0
    context.fireChannelRead(wrapInboundOut(part))
  }

  private func takeHead(_ context: ChannelHandlerContext, _ bytes: inout ByteBuffer) {
    if head.readableBytes == 0 { context.fireUserInboundEventTriggered(HeadBegan()) }
    // Whatever of the last three bytes belongs to the end is looked at again.
    let start = max(0, head.readableBytes - 3)
    let room = limit - head.readableBytes
    guard var part = bytes.getSlice(at: bytes.readerIndex, length: min(room, bytes.readableBytes))
    else { return }
    let old = head.readableBytes
    head.writeBuffer(&part)
    guard let end = HeadGate.end(of: head.readableBytesView, from: start) else {
      bytes.moveReaderIndex(to: bytes.writerIndex)
      if head.readableBytes == limit { refuse(context, .tooLarge) }
      return
    }
    bytes.moveReaderIndex(forwardBy: end - old)
    let whole = head.getSlice(at: head.readerIndex, length: end) ?? head
    head = ByteBuffer()
    if let refusal = HeadGate.refusal(of: whole.readableBytesView) {
      return refuse(context, refusal)
    }
    context.fireChannelRead(wrapInboundOut(whole))
  }

  private func refuse(_ context: ChannelHandlerContext, _ refusal: Refusal) {
    isClosed = true
    context.fireErrorCaught(refusal)
  }
}

extension HeadGate {
  /// How many bytes a head has, its empty line with it; nil where that has not come.
  static func end(of bytes: some RandomAccessCollection<UInt8>, from start: Int = 0) -> Int? {
    let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    var matched = 0
    for (offset, byte) in bytes.dropFirst(start).enumerated() {
      if byte == end[matched] {
        matched += 1
        if matched == 4 { return start + offset + 1 }
      } else {
        matched = byte == 0x0D ? 1 : 0
      }
    }
    return nil
  }

  /// Why a head is refused; nil for one that all programs read alike.
  static func refusal(of head: some Sequence<UInt8>) -> Refusal? {
    guard isWellFormed(head) else { return .malformed }
    let line = Array(head.prefix { $0 != 0x0D })
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, words.allSatisfy({ !$0.isEmpty }), words[2].starts(with: "HTTP/".utf8)
    else { return .malformed }
    let versions = ["HTTP/1.1", "HTTP/1.0"]
    return versions.contains { words[2].elementsEqual($0.utf8) } ? nil : .otherVersion
  }

  /// Whether lines end as they should, none goes on in the next, and nothing is in them but what
  /// people can read: two programs that read such a head see the same request. Only cookies may
  /// have bytes beyond ASCII: whoever serves another port of this machine puts them there.
  static func isWellFormed(_ bytes: some Sequence<UInt8>) -> Bool {
    var (previous, isFirstOfLine) = (UInt8(0), true)
    // How much of this line is that name, none of another one's.
    let name = Array("cookie:".utf8)
    var matched: Int?
    for byte in bytes {
      if isFirstOfLine, previous == 0x0A { matched = 0 }
      switch byte {
      case 0x0D where previous == 0x0D: return false
      case 0x0D: break
      case 0x0A:
        guard previous == 0x0D else { return false }
      case _ where previous == 0x0D: return false
      case 0x09, 0x20:
        if isFirstOfLine { return false }
      case 0x80... where matched == name.count: break
      case 0..<0x20, 0x7F...: return false
      default: break
      }
      if let count = matched, count < name.count {
        matched = byte | 0x20 == name[count] ? count + 1 : nil
      }
      isFirstOfLine = byte == 0x0A
      previous = byte
    }
    return true
  }
}
