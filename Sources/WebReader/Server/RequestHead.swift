import NIOHTTP1

/// A request's line and headers, of which it is known where its body ends.
struct RequestHead: Sendable, Equatable {
  let method: String
  /// As it was sent.
  let target: String
  let headers: HTTPHeaders
  let bodyBytes: Int
  /// Whether the client wants to ask for more on this connection.
  let keepsAlive: Bool
  /// Whether the client sends the body only when it is told to.
  let expectsContinue: Bool
  /// HTTP/1.0 knows no answers in chunks.
  let isOld: Bool

  /// A request that is not looked at further.
  struct Refusal: Error { let status: Int }

  /// Throws where the body's end is not told in the one way that all understand.
  init(_ head: HTTPRequestHead) throws(Refusal) {
    guard head.version.major == 1 else { throw Refusal(status: 505) }
    guard head.headers[canonicalForm: "transfer-encoding"].isEmpty else {
      throw Refusal(status: 501)
    }
    let expectations = head.headers["expect"].map { $0.lowercased() }
    guard expectations.allSatisfy({ $0 == "100-continue" }) else { throw Refusal(status: 417) }
    // Protocol 11.1: two lengths are refused even where they agree.
    let lengths = head.headers["content-length"]
    guard lengths.count <= 1, head.headers["host"].count == 1 else { throw Refusal(status: 400) }
    let digits = lengths.first ?? "0"
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(digits)
    else { throw Refusal(status: 400) }
    method = head.method.rawValue
    target = head.uri
    headers = head.headers
    bodyBytes = length
    keepsAlive = head.isKeepAlive
    expectsContinue = !expectations.isEmpty
    isOld = head.version.minor == 0
  }

  /// The only header of this name; nil where there is none, or are several.
  func header(_ name: String) -> String? {
    let values = headers[name]
    return values.count == 1 ? values[0] : nil
  }
}
