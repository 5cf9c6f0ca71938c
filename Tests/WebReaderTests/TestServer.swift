import Files
import Satchel

@testable import WebReader

/// A page that is served to one test, on a port that was free.
struct TestServer: Sendable {
  let door: Door
  let library: Library

  /// Limits of a server that waits for tests as long as a busy machine takes to run them.
  static var patient: WebLimits {
    var limits = WebLimits()
    limits.patience = .seconds(600)
    limits.idle = .seconds(600)
    return limits
  }

  var port: Int { door.port }
  var prefix: String { door.gatekeeper.prefix }
  var host: String { "127.0.0.1:\(port)" }

  /// Serves a library while `body` runs. With a library of its own where none is given.
  static func run(
    _ library: Library? = nil, _ limits: WebLimits = patient,
    _ options: WebReader.Options = WebReader.Options(), clock: WebClock = WebClock(),
    networkAddresses: [String] = [],
    _ body: @escaping @Sendable (TestServer) async throws -> Void
  ) async throws {
    let library = if let library { library } else { try await Library.inMemory() }
    var options = options
    options.stateDirectory = library.folder.appending("web-state")
    let run = WebRun(
      library, options, limits, clock: clock, networkAddresses: { networkAddresses })
    let (doors, opened) = AsyncStream<Door>.makeStream()
    try await withThrowingTaskGroup { group in
      group.addTask {
        defer { opened.finish() }
        try await run.run { opened.yield($0) }
      }
      for await door in doors {
        try await body(TestServer(door: door, library: library))
        group.cancelAll()
        break
      }
      do {
        try await group.waitForAll()
      } catch is CancellationError {
        // As it was told.
      }
    }
  }

  /// Another address of this machine, which stands for one in a private network.
  static let secondAddress = "127.0.0.2"

  /// Whether there is that address, and more of its kind.
  static var hasSecondAddress: Bool {
    #if os(Linux)
      true
    #else
      false
    #endif
  }

  /// A browser that was let in.
  func session(isReadOnly: Bool = false) async throws -> BrowserSession {
    let keeper = door.gatekeeper.doorkeeper
    let code = await keeper.issue(isReadOnly: isReadOnly)
    guard let session = await keeper.enter(with: code, having: nil) else { throw NotLetIn() }
    return session
  }

  /// The value of a header that is not sent.
  static let unsent = "\u{0}"

  private struct NotLetIn: Error {}

  /// A request as a browser writes it.
  ///
  /// - Parameters:
  ///   - path: below the prefix; with a slash in front, from the root.
  ///   - form: what a POST sends.
  ///   - headers: instead of those that a browser would send, where they have the same name.
  func request(
    _ method: String = "GET", _ path: String = "", _ session: BrowserSession? = nil,
    form: String? = nil,
    headers: [String: String] = [:]
  ) -> String {
    var all = ["Host": host]
    if let session { all["Cookie"] = "satchel-\(port)=\(session.cookie)" }
    if let form {
      all["Origin"] = "http://\(host)"
      all["Content-Type"] = "application/x-www-form-urlencoded"
      all["Content-Length"] = "\(form.utf8.count)"
    }
    all.merge(headers) { $1 }
    let lines = all.filter { $0.value != TestServer.unsent }.map { "\($0): \($1)\r\n" }.sorted()
    let target = path.hasPrefix("/") ? path : "/\(prefix)/\(path)"
    return "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n\(form ?? "")"
  }

  /// Asks over a connection of its own.
  func answer(to request: String, headOnly: Bool = false) async throws -> RawAnswer {
    try await RawClient.connect(to: port) { client in
      try await client.send(request)
      return try await client.answer(headOnly: headOnly)
    }
  }
}
