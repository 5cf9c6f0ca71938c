/// When somebody last asked for something, by which a forgotten server ends (Protocol 11.1).
actor Activity {
  private let now: @Sendable () -> ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var watchers = 0

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.now = now
    last = now()
  }

  func note() { last = now() }

  /// Somebody looks at a page that is told of changes.
  func beginWatching() { watchers += 1 }

  func endWatching() {
    watchers -= 1
    last = now()
  }

  /// How long it may still be before it has rested for `limit`; zero or less where it has.
  func rest(of limit: Duration) -> Duration { watchers > 0 ? limit : last + limit - now() }
}
