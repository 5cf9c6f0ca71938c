/// A queue between tasks that stays short: who gives waits until at most one thing lies there.
/// Things are taken in the order in which they were given.
actor Handoff<Element: Sendable> {
  private var queue: [Element] = []
  private var isFinished = false
  private var givers: [CheckedContinuation<Void, Never>] = []
  private var taker: CheckedContinuation<Void, Never>?

  /// After ``finish()`` what is given is let go.
  func give(_ next: Element) async {
    guard !isFinished else { return }
    queue.append(next)
    taker?.resume()
    taker = nil
    while queue.count > 1, !isFinished {
      await withCheckedContinuation { givers.append($0) }
    }
  }

  /// Nil once it is finished and empty. One task at a time may take.
  func take() async -> Element? {
    while queue.isEmpty, !isFinished { await withCheckedContinuation { taker = $0 } }
    guard !queue.isEmpty else { return nil }
    defer { wakeGivers() }
    return queue.removeFirst()
  }

  /// Nothing more is given; what lies there can still be taken.
  func finish() {
    isFinished = true
    wakeGivers()
    taker?.resume()
    taker = nil
  }

  private func wakeGivers() {
    for giver in givers { giver.resume() }
    givers = []
  }
}
