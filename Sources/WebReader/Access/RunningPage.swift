import Files
import NIOCore
import NIOHTTP1
import NIOPosix
import Satchel

/// A page of a library that another process of this user serves on this machine.
public struct RunningPage: Sendable {
  public let address: String
  public let port: Int
  private let key: String

  /// The page of a library; nil where none runs.
  ///
  /// - Parameters:
  ///   - library: the library's folder.
  ///   - stateDirectory: as in ``WebReader/Options``.
  public init?(
    of library: FilePath, stateDirectory: FilePath = Library.Options().stateDirectory
  ) {
    guard let content = ControlFile.content(for: library, in: stateDirectory) else { return nil }
    (address, port, key) = (content.address, content.port, content.key)
  }

  /// Asks it for a link that lets a browser in, once; nil where it does not answer.
  ///
  /// - Parameter article: the id of the article to show first; nil shows the list.
  public func link(to article: String? = nil) async -> String? {
    // It may end while it is asked.
    try? await ask(form: article.map { "article=\(PercentText.encoded($0))" } ?? "")
  }
}

extension RunningPage {
  private typealias Line = NIOAsyncChannel<
    HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>
  >

  private struct Refused: Error {}

  /// How long it may take: it is on this machine.
  private static let patience = TimeAmount.seconds(10)

  private func ask(form: String) async throws -> String {
    let line = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(RunningPage.patience)
      .connect(host: address, port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(FormBytes())
          return try Line(wrappingChannelSynchronously: channel)
        }
      }
    let deadline = line.channel.eventLoop.scheduleTask(in: RunningPage.patience) {
      line.channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    return try await line.executeThenClose { inbound, outbound in
      try await outbound.write(.head(head(length: form.utf8.count)))
      try await outbound.write(.body(ByteBuffer(string: form)))
      try await outbound.write(.end(nil))
      var (isGood, text) = (false, "")
      for try await part in inbound {
        switch part {
        case .head(let head): isGood = head.status == .ok
        case .body(let bytes): text += String(buffer: bytes)
        case .end:
          guard isGood, text.hasPrefix("http://") else { throw Refused() }
          return text
        }
      }
      throw Refused()
    }
  }

  private func head(length: Int) -> HTTPRequestHead {
    HTTPRequestHead(
      version: .http1_1, method: .POST, uri: "/control",
      headers: [
        "Host": OwnAddresses.host(address, port), "Satchel-Key": key,
        "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "\(length)",
        "Connection": "close",
      ])
  }
}

/// Makes bytes of a form what the encoder takes.
private final class FormBytes: ChannelOutboundHandler {
  typealias OutboundIn = HTTPPart<HTTPRequestHead, ByteBuffer>
  typealias OutboundOut = HTTPClientRequestPart

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part: HTTPClientRequestPart =
      switch unwrapOutboundIn(data) {
      case .head(let head): .head(head)
      case .body(let bytes): .body(.byteBuffer(bytes))
      case .end(let trailers): .end(trailers)
      }
    context.write(wrapOutboundOut(part), promise: promise)
  }
}
