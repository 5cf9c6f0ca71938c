/// The one who knows who was let in; ``AccessBook`` has the rules.
actor Doorkeeper {
  private var book = AccessBook()
  private var generator = SystemRandomNumberGenerator()
  private let now: @Sendable () -> ContinuousClock.Instant

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

  func issue(isReadOnly: Bool = false, lasting: Duration? = nil) -> String {
    book.issue(isReadOnly: isReadOnly, lasting: lasting, now: now(), using: &generator)
  }

  func isGood(_ code: String) -> Bool { book.isGood(code, now: now()) }

  func enter(with code: String, having present: BrowserSession?) -> BrowserSession? {
    book.enter(with: code, having: present, now: now(), using: &generator)
  }

  func session(of cookie: String?) -> BrowserSession? { book.session(of: cookie) }
}
