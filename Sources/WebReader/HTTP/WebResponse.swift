/// What is answered. What every answer carries besides is the server's to add (Protocol 11.3).
struct WebResponse: Sendable {
  var status: Int
  var headers: [(name: String, value: String)] = []
  var body: Body
  /// Whether its connection ends with it.
  var isLast = false

  enum Body: Sendable {
    case bytes([UInt8])
    /// So many, of which nobody asked for one.
    case unread(bytes: Int)
    /// Events from a revision on, until the client leaves (Protocol 11.6).
    case events(since: Int64, Words)
  }

  init(_ status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// A page, which nobody keeps.
  static func page(_ markup: Markup, status: Int = 200) -> WebResponse {
    WebResponse(
      status,
      headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")],
      body: .bytes(Array(markup.html.utf8)))
  }

  /// What never changes under its address, so that a browser keeps it.
  static func file(_ bytes: [UInt8], type: String) -> WebResponse {
    WebResponse(
      200,
      headers: [
        ("Content-Type", type), ("Cache-Control", "private, max-age=31536000, immutable"),
      ], body: .bytes(bytes))
  }

  /// Leads on to an address of this server, which is asked for with GET.
  static func seeOther(_ address: String) -> WebResponse {
    WebResponse(303, headers: [("Location", address), ("Cache-Control", "no-store")])
  }

  /// Done, and nothing to show.
  static let done = WebResponse(204, headers: [("Cache-Control", "no-store")])
}
