import NIOCore
import NIOHTTP1

/// Writes answers to one connection, and puts on each what all carry (Protocol 11.3).
struct ResponseWriter {
  private let channel: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

  init(_ channel: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>) {
    self.channel = channel
  }

  /// Headers of every answer.
  static let common: [(name: String, value: String)] = [
    (
      "Content-Security-Policy",
      """
      default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
      """
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
  ]

  /// - Parameters:
  ///   - headOnly: the status and headers alone, as for HEAD.
  ///   - isLast: whether the connection ends with it.
  func write(
    _ response: WebResponse, headOnly: Bool = false, isLast: Bool = false
  ) async throws {
    switch response.body {
    case .bytes(let bytes):
      try await writeHead(response, length: bytes.count, isLast: isLast)
      if !headOnly { try await writeBody(bytes) }
    case .unread(let length): try await writeHead(response, length: length, isLast: isLast)
    case .events: return
    }
    try await channel.write(.end(nil))
  }

  /// Tells a client to send the body that it keeps back.
  func writeContinue() async throws {
    try await channel.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
  }

  /// Begins an answer that comes in pieces; it is the last of its connection.
  func beginStream(_ response: WebResponse) async throws {
    try await writeHead(response, length: nil, isLast: true)
  }

  func writeBody(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Waits for the client here: what it does not take is not copied.
      try await channel.write(.body(.byteBuffer(ByteBuffer(bytes: rest.prefix(1 << 16)))))
      rest = rest.dropFirst(1 << 16)
    }
  }

  private func writeHead(_ response: WebResponse, length: Int?, isLast: Bool) async throws {
    var headers = HTTPHeaders(ResponseWriter.common.map { ($0.name, $0.value) })
    headers.add(name: "Date", value: HTTPDate.now)
    for (name, value) in response.headers { headers.add(name: name, value: value) }
    if !headers.contains(name: "Cache-Control") {
      headers.add(name: "Cache-Control", value: "no-store")
    }
    if let length, response.status != 204 {
      headers.add(name: "Content-Length", value: String(length))
    }
    if isLast { headers.add(name: "Connection", value: "close") }
    let status = HTTPResponseStatus(statusCode: response.status)
    try await channel.write(
      .head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
  }
}
