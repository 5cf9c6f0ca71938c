import Testing

@testable import Transports

extension DeadlineTests {
  struct ConditionTests {
    /// Something that others wait for.
    private actor Gate {
      private var isOpen = false
      private(set) var waiting = 0
      private let changed = Condition()

      func pass() async throws {
        waiting += 1
        while !isOpen { try await changed.wait() }
      }

      func open() {
        isOpen = true
        changed.signal()
      }

      /// Wakes those who wait though nothing has come.
      func disturb() { changed.signal() }
    }

    @Test func `all who wait are woken`() async throws {
      let gate = Gate()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { try await gate.pass() } }
        try await expectEventually { await gate.waiting == 20 }
        await gate.disturb()
        await gate.open()
        try await group.waitForAll()
      }
      try await gate.pass()
    }

    @Test func `who waits for what never comes ends when cancelled`() async throws {
      let gate = Gate()
      let tasks = (0..<20).map { _ in Task { try await gate.pass() } }
      try await expectEventually { await gate.waiting == 20 }
      for task in tasks { task.cancel() }
      for task in tasks {
        await #expect(throws: CancellationError.self) { try await task.value }
      }
      // Those that went away are in nobody's way.
      await gate.open()
      try await gate.pass()
    }

    @Test func `who is cancelled before does not begin to wait`() async throws {
      let gate = Gate()
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await gate.pass()
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
