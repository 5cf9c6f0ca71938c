import Synchronization
import Testing

@testable import Transports

struct InOrderTests {
  private struct Fault: Error {}

  /// Hands out the numbers below `count`.
  private static func numbers(_ count: Int) -> () -> Int? {
    var next = 0
    return {
      defer { next += 1 }
      return next < count ? next : nil
    }
  }

  @Test func `results come in the order of the inputs, whichever is ready first`() async throws {
    var results: [Int] = []
    try await InOrder.map(ahead: 16, from: InOrderTests.numbers(500)) { number in
      // Some take a thousand times as long as others.
      (0..<(number % 7 == 0 ? 10_000 : 100)).reduce(number) { $0 ^ $1 ^ $1 }
    } each: {
      results.append($0)
    }
    #expect(results == Array(0..<500))
  }

  @Test func `no inputs, no results`() async throws {
    try await InOrder.map(ahead: 1, from: InOrderTests.numbers(0)) {
      $0
    } each: { _ in
      Issue.record("there is nothing")
    }
  }

  @Test(arguments: [1, 7, 1_000])
  func `no more is taken than may be ahead`(ahead: Int) async throws {
    let numbers = InOrderTests.numbers(200)
    var (taken, handedOn, most) = (0, 0, 0)
    let cost = { (_: Int) in 5 }
    try await InOrder.map(ahead: ahead, cost: cost) {
      // What is taken now is not counted yet.
      most = max(most, 5 * (taken - handedOn))
      let next = numbers()
      if next != nil { taken += 1 }
      return next
    } transform: {
      $0
    } each: { _ in
      handedOn += 1
    }
    #expect(taken == 200)
    #expect(most < ahead)
  }

  @Test func `what is thrown waits for its turn`() async {
    var results: [Int] = []
    await #expect(throws: Fault.self) {
      try await InOrder.map(ahead: 100, from: InOrderTests.numbers(100)) { number in
        guard number != 40 else { throw Fault() }
        return number
      } each: {
        results.append($0)
      }
    }
    #expect(results == Array(0..<40))
  }

  @Test func `the first result does not wait for all others`() async throws {
    let transformed = Atomic(0)
    var before: Int?
    try await InOrder.map(ahead: 2_000, from: InOrderTests.numbers(2_000)) { number in
      defer { transformed.add(1, ordering: .relaxed) }
      return (0..<2_000).reduce(number) { $0 ^ $1 ^ $1 }
    } each: { _ in
      before = before ?? transformed.load(ordering: .relaxed)
    }
    #expect(try #require(before) < 1_000)
  }

  @Test(.timeLimit(.minutes(15)))
  func `who is cancelled while waiting is told, and nothing goes on`() async {
    let started = Atomic(0)
    let task = Task {
      try await InOrder.map(ahead: 10, from: InOrderTests.numbers(1_000_000)) { number in
        started.add(1, ordering: .relaxed)
        return (0..<1_000).reduce(number) { $0 ^ $1 ^ $1 }
      } each: { _ in
      }
    }
    while started.load(ordering: .relaxed) < 100 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(started.load(ordering: .relaxed) < 1_000_000)
  }
}
