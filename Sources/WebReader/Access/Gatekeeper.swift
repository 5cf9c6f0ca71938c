/// Decides on a request by its head alone: who asks, from where, and for what (Protocol 11.2).
struct Gatekeeper: Sendable {
  let addresses: OwnAddresses
  let prefix: String
  /// What opens `/control`.
  let key: String
  let doorkeeper: Doorkeeper

  /// What a head asks for.
  enum Admission: Sendable {
    /// Nothing that it gets.
    case refused(Refusal)
    /// To be led to where a session begins.
    case start(code: String, to: String?)
    /// To begin a session there; with one that the browser has already.
    case enter(code: String, to: String?, present: BrowserSession?)
    /// A code for another process of the same user.
    case control
    case visit(BrowserSession, isPost: Bool, path: [String], query: Fields)
  }

  enum Refusal: Sendable, Equatable {
    /// No address, or one that does not read.
    case malformed
    case method
    /// Nothing lies there.
    case nothing
    /// From elsewhere than a page of this server.
    case foreign
    /// By somebody whom nobody let in.
    case stranger
    /// By somebody who may only read.
    case readOnly

    var status: Int {
      switch self {
      case .malformed: 400
      case .method: 405
      case .nothing: 404
      case .foreign, .stranger, .readOnly: 403
      }
    }
  }

  func admit(_ head: RequestHead) async -> Admission {
    guard ["GET", "HEAD", "POST"].contains(head.method) else { return .refused(.method) }
    guard let host = head.header("host"), addresses.isOwn(host: host) else {
      return .refused(.foreign)
    }
    guard let target = RequestTarget(head.target) else { return .refused(.malformed) }
    let isPost = head.method == "POST"
    let first = target.path.first ?? ""
    if first == "start", target.path.count == 2 { return await start(head, target) }
    if target.path == ["control"] { return control(head) }
    guard SecretText.matches(first, prefix), target.path.count > 1 else {
      return .refused(.nothing)
    }
    guard comesFromHere(head, host: host, isPost: isPost) else { return .refused(.foreign) }
    let cookies = Cookies(head.headers["cookie"])
    let session = await doorkeeper.session(
      of: cookies[Cookies.sessionName(port: addresses.port)])
    let path = Array(target.path.dropFirst())
    if path.first == "start", path.count == 2, head.method == "GET" {
      return .enter(code: path[1], to: own(target.query["to"]), present: session)
    }
    guard let session else { return .refused(.stranger) }
    guard !isPost || !session.isReadOnly || Gatekeeper.isOpenToReaders(path) else {
      return .refused(.readOnly)
    }
    return .visit(
      session, isPost: isPost, path: path == [""] ? [] : path, query: target.query)
  }

  /// Whether a session that only reads may send the form of an address: one that changes nothing
  /// but its own browser.
  static func isOpenToReaders(_ path: [String]) -> Bool { path == ["settings"] }
}

extension Gatekeeper {
  /// Whatever page led there: its code is what lets somebody in.
  private func start(_ head: RequestHead, _ target: RequestTarget) async -> Admission {
    // Programs that look ahead ask with HEAD.
    guard head.method == "GET" else { return .refused(.method) }
    guard await doorkeeper.isGood(target.path[1]) else { return .refused(.stranger) }
    return .start(code: target.path[1], to: own(target.query["to"]))
  }

  /// A page in a browser cannot send this header to another server than its own, and no other
  /// device is a process of this user.
  private func control(_ head: RequestHead) -> Admission {
    guard addresses.isLoopback(host: head.header("host")) else { return .refused(.nothing) }
    guard head.method == "POST" else { return .refused(.method) }
    guard let given = head.header("satchel-key"), SecretText.matches(given, key) else {
      return .refused(.stranger)
    }
    return .control
  }

  private func comesFromHere(_ head: RequestHead, host: String, isPost: Bool) -> Bool {
    let sites = head.headers["sec-fetch-site"]
    guard sites.allSatisfy({ ["same-origin", "none"].contains($0) }) else { return false }
    return !isPost || addresses.isOwn(origin: head.header("origin"), host: host)
  }

  /// An address below the prefix; nil for any other.
  private func own(_ address: String?) -> String? {
    guard let address, Visit.isOurs(address, below: "/\(prefix)/") else { return nil }
    return address
  }
}
