import NIOCore

/// Maps on all cores and hands the results on in order, with a bounded number under way.
package enum InOrder {
  /// - Parameters:
  ///   - ahead: no more inputs are taken while those whose results were not handed on cost this
  ///     much together; asked before each.
  ///   - cost: of an input; unless it is given, each costs 1.
  ///   - next: the next input; nil after the last.
  ///   - transform: runs on any core. What it throws is thrown when its result's turn has come.
  ///   - body: is given each result in the order of the inputs.
  package static func map<Input: Sendable, Output: Sendable>(
    ahead: @autoclosure () async -> Int, cost: (Input) -> Int = { _ in 1 },
    from next: () throws -> Input?,
    transform: @escaping @Sendable (Input) throws -> Output,
    each body: (Output) async throws -> Void
  ) async throws {
    let pipeline = Pipeline(transform)
    try await withThrowingDiscardingTaskGroup { workers in
      // Of the inputs under way, in their order.
      var costs = CircularBuffer<Int>()
      var (total, isAtEnd) = (0, false)
      while true {
        while !isAtEnd, await total < ahead() {
          guard let input = try next() else {
            isAtEnd = true
            break
          }
          let cost = cost(input)
          costs.append(cost)
          total += cost
          if await pipeline.add(input) { workers.addTask { await pipeline.work() } }
        }
        guard !costs.isEmpty else { return }
        try await body(try await pipeline.result())
        total -= costs.removeFirst()
      }
    }
  }
}

/// Asked for once: on Linux it is read from files.
private let coreCount = System.coreCount

/// Inputs on their way to results.
///
/// As many workers as there are cores take what lies there. A task for each input would be simpler,
/// but whoever waits for the first result would wait behind all tasks that were made before.
private actor Pipeline<Input: Sendable, Output: Sendable> {
  private let transform: @Sendable (Input) throws -> Output
  private var inputs = CircularBuffer<(number: Int, input: Input)>()
  private var results: [Int: Result<Output, any Error>] = [:]
  private var workerCount = 0
  private var (added, handedOn) = (0, 0)
  private let changed = Condition()

  init(_ transform: @escaping @Sendable (Input) throws -> Output) {
    self.transform = transform
  }

  /// Returns whether another worker is wanted.
  func add(_ input: Input) -> Bool {
    inputs.append((added, input))
    added += 1
    guard workerCount < coreCount else { return false }
    workerCount += 1
    return true
  }

  /// The next result in the order of the inputs, of which there is one more. One task asks. Throws
  /// what the transformation threw, and `CancellationError`.
  func result() async throws -> Output {
    while results[handedOn] == nil { try await changed.wait() }
    defer { handedOn += 1 }
    guard let result = results.removeValue(forKey: handedOn) else { throw CancellationError() }
    return try result.get()
  }

  /// Until nothing lies there.
  nonisolated func work() async {
    while let (number, input) = await take() {
      let result = Result {
        try Task.checkCancellation()
        return try transform(input)
      }
      await give(result, number)
      // Lets the one run who waits for it.
      await Task.yield()
    }
  }

  private func take() -> (number: Int, input: Input)? {
    guard let next = inputs.popFirst() else {
      workerCount -= 1
      return nil
    }
    return next
  }

  private func give(_ result: Result<Output, any Error>, _ number: Int) {
    results[number] = result
    if number == handedOn { changed.signal() }
  }
}
