/// Who was let in, and who may come in: sessions, and codes that are good once (Protocol 11.2).
struct AccessBook: Sendable {
  private(set) var codes: [Code] = []
  private(set) var sessions: [BrowserSession] = []

  /// Of more, the oldest are forgotten.
  static let codeLimit = 16
  static let sessionLimit = 64

  struct Code: Sendable, Equatable {
    let text: String
    let isReadOnly: Bool
    /// Nil where it lasts as long as the server.
    let end: ContinuousClock.Instant?
  }

  /// Makes a code.
  ///
  /// - Parameter lasting: for how long it is good; nil for as long as the server runs.
  mutating func issue(
    isReadOnly: Bool, lasting: Duration?, now: ContinuousClock.Instant,
    using generator: inout some RandomNumberGenerator
  ) -> String {
    let text = RandomName.text(bits: 130, using: &generator)
    codes.append(Code(text: text, isReadOnly: isReadOnly, end: lasting.map { now + $0 }))
    codes = codes.suffix(AccessBook.codeLimit)
    return text
  }

  /// Whether a code would let somebody in.
  mutating func isGood(_ code: String, now: ContinuousClock.Instant) -> Bool {
    codes.removeAll { $0.end.map { $0 <= now } ?? false }
    return codes.contains { SecretText.matches(code, $0.text) }
  }

  /// Uses a code up; nil where it is not good. A browser that has a session which may do as much
  /// keeps it: pages that it shows have that one's token.
  mutating func enter(
    with code: String, having present: BrowserSession?, now: ContinuousClock.Instant,
    using generator: inout some RandomNumberGenerator
  ) -> BrowserSession? {
    guard isGood(code, now: now),
      let index = codes.firstIndex(where: { SecretText.matches(code, $0.text) })
    else { return nil }
    let used = codes.remove(at: index)
    if let present, !present.isReadOnly || used.isReadOnly { return present }
    let session = BrowserSession(
      cookie: RandomName.text(bits: 160, using: &generator),
      token: RandomName.text(bits: 160, using: &generator),
      name: RandomName.text(bits: 40, using: &generator), isReadOnly: used.isReadOnly)
    sessions.append(session)
    sessions = sessions.suffix(AccessBook.sessionLimit)
    return session
  }

  /// The session that a cookie is of; nil where it is of none of this server.
  func session(of cookie: String?) -> BrowserSession? {
    guard let cookie else { return nil }
    return sessions.first { SecretText.matches(cookie, $0.cookie) }
  }
}
