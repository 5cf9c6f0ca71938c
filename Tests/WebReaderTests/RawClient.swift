import NIOCore
import NIOPosix
import Testing

/// What a server answered, taken apart.
struct RawAnswer: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  var body = ""

  /// - Parameter name: in lower case.
  subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// A connection that sends whatever bytes a test says.
struct RawClient {
  private let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var pieces: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private var rest: [UInt8] = []

  /// The connection ended before what was waited for.
  struct Ended: Error {}

  /// - Parameters:
  ///   - address: one of this machine's own.
  ///   - takesLittle: whether the system keeps as little as it can of what was not read.
  static func connect<Result: Sendable>(
    to port: Int, at address: String = "127.0.0.1", takesLittle: Bool = false,
    _ body: (inout RawClient) async throws -> Result
  ) async throws -> Result {
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    if takesLittle {
      bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 4_096)
    }
    let channel = try await bootstrap.connect(host: address, port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
          wrappingChannelSynchronously: channel,
          configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 1)))
      }
    }
    return try await channel.executeThenClose { inbound, outbound in
      var client = RawClient(writer: outbound, pieces: inbound.makeAsyncIterator())
      return try await body(&client)
    }
  }

  private init(
    writer: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    pieces: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) {
    (self.writer, self.pieces) = (writer, pieces)
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws { try await writer.write(ByteBuffer(bytes: bytes)) }

  /// The next answer. Throws ``Ended`` where none comes.
  ///
  /// - Parameter headOnly: whether no body follows, whatever the head says.
  mutating func answer(headOnly: Bool = false) async throws -> RawAnswer {
    let head = try await text(upTo: "\r\n\r\n").components("\r\n")
    let words = head[0].split(separator: " ")
    var answer = RawAnswer(
      status: Int(words.dropFirst().first ?? "") ?? 0,
      headers: head.dropFirst().map { line in
        let halves = line.components(": ")
        return (halves[0].lowercased(), halves.dropFirst().joined(separator: ": "))
      })
    guard !headOnly, let length = answer["content-length"].flatMap({ Int($0) }) else {
      return answer
    }
    while rest.count < length { try await fill() }
    answer.body = String(decoding: rest.prefix(length), as: UTF8.self)
    rest.removeFirst(length)
    return answer
  }

  /// What comes before a text, which is passed over.
  mutating func text(upTo end: String) async throws -> String {
    let end = Array(end.utf8)
    while true {
      if let place = rest.firstRange(of: end) {
        defer { rest.removeFirst(place.upperBound) }
        return String(decoding: rest[..<place.lowerBound], as: UTF8.self)
      }
      try await fill()
    }
  }

  /// Waits until the server ends the connection; returns what it sent before.
  mutating func textToEnd() async -> String {
    while (try? await fill()) != nil {}
    return String(decoding: rest, as: UTF8.self)
  }

  private mutating func fill() async throws {
    guard let piece = try await pieces.next() else { throw Ended() }
    rest += piece.readableBytesView
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
