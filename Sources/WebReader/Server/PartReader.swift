import NIOCore

/// Takes a connection's requests apart one by one, and closes it where what comes next is late.
struct PartReader {
  private var parts: NIOAsyncChannelInboundStream<RequestPart>.AsyncIterator
  private let channel: Channel
  private let limits: WebLimits
  private let arrived: PartCount
  private var taken = 0
  /// Whether nothing of the present request is left to be read.
  private(set) var isAtEnd = true
  private var isFirst = true

  /// What comes instead of a request.
  enum Beginning {
    case head(RequestHead)
    case refused(status: Int)
  }

  /// The client left, or was late.
  struct ClientLeft: Error {}

  init(
    _ parts: NIOAsyncChannelInboundStream<RequestPart>, of channel: Channel,
    counting arrived: PartCount, _ limits: WebLimits
  ) {
    (self.parts, self.channel, self.limits) = (parts.makeAsyncIterator(), channel, limits)
    self.arrived = arrived
  }

  /// The next request's head; nil where there is no other request.
  mutating func nextHead() async throws -> Beginning? {
    // A client that connects wants something; later it may want nothing for a while.
    let patience = isFirst ? limits.patience : limits.idle
    isFirst = false
    guard try await next(within: patience) != nil else { return nil }
    switch try await next(within: limits.patience) {
    case .head(let head):
      isAtEnd = false
      return .head(head)
    case .refused(let status): return .refused(status: status)
    default: return nil
    }
  }

  /// The next piece of the present request's body; nil at its end.
  mutating func nextPiece() async throws -> ByteBuffer? {
    guard !isAtEnd else { return nil }
    switch try await next(within: limits.patience) {
    case .body(let bytes): return bytes
    case .end:
      isAtEnd = true
      return nil
    default: throw ClientLeft()
    }
  }

  /// Passes over what a client still sends that was answered, for as long as it may be late: one
  /// that is cut off while it sends may never see the answer.
  mutating func drain() async throws {
    try await channel.close(mode: .output)
    let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limits.patience)) { [channel] in
      channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    while try await parts.next() != nil {}
  }

  /// The clock runs while we wait, and at no other time; what has arrived and waits for us is not
  /// late.
  private mutating func next(within limit: Duration) async throws -> RequestPart? {
    // The server was told to end, whatever waits here.
    try Task.checkCancellation()
    let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
      [channel, arrived, taken] in
      if arrived.value.count == taken { channel.close(promise: nil) }
    }
    defer { deadline.cancel() }
    let part = try await parts.next()
    taken += 1
    return part
  }
}
