/// A place for one thing between two tasks: who gives waits until the one before was taken.
actor Handoff<Element: Sendable> {
  private var element: Element?
  private var isFinished = false
  private var giver: CheckedContinuation<Void, Never>?
  private var taker: CheckedContinuation<Void, Never>?

  /// After ``finish()`` what is given is let go. One task at a time may give.
  func give(_ next: Element) async {
    while element != nil, !isFinished { await withCheckedContinuation { giver = $0 } }
    guard !isFinished else { return }
    element = next
    taker?.resume()
    taker = nil
  }

  /// Nil once it is finished and empty. One task at a time may take.
  func take() async -> Element? {
    while element == nil, !isFinished { await withCheckedContinuation { taker = $0 } }
    defer {
      element = nil
      giver?.resume()
      giver = nil
    }
    return element
  }

  /// Nothing more is given; what lies there can still be taken.
  func finish() {
    isFinished = true
    giver?.resume()
    taker?.resume()
    (giver, taker) = (nil, nil)
  }
}
