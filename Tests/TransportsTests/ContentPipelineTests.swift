import Coding
import LibraryStore
import Replication
import Synchronization
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// The way of content into a library, where one side of it is slow, fails or is told to stop.
  struct ContentPipelineTests {
    private struct Fault: Error {}

    private let fixture: BundleFixture
    private let store: ReplicaStore
    private let pipeline: ContentPipeline

    init() throws {
      fixture = try BundleFixture()
      store = try fixture.replica(1)
      pipeline = ContentPipeline(store, ledger: nil) { BundleFixture.now }
    }

    /// A frame that takes three megabytes of memory and more.
    private func frame(_ number: Int) throws -> DecodedFrame {
      let body = fixture.bytes(3 << 20, seed: UInt64(number))
      var builder = BodyChunkBuilder()
      builder.append(
        body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
      return try DecodedFrame(builder.frame())
    }

    @Test func `no more is held than the budget, and all of it arrives`() async throws {
      let frames = try (0..<12).map(frame)
      let committed = Atomic(0)
      let result = try await pipeline.run {
        for frame in frames {
          try await pipeline.append(frame)
          #expect(await pipeline.room > 0)
        }
        await pipeline.finish()
      } onCommit: { commit in
        committed.add(commit.frameCount, ordering: .relaxed)
        #expect(commit.totalFrameCount == committed.load(ordering: .relaxed))
      }
      #expect(committed.load(ordering: .relaxed) == 12)
      // Nobody asked for these bodies.
      #expect(result.bytes > 0)
    }

    @Test func `who waits for room while nobody commits ends when cancelled`() async throws {
      let frames = try (0..<10).map(frame)
      let appended = Atomic(0)
      let pipeline = pipeline
      let task = Task {
        for frame in frames {
          try await pipeline.append(frame)
          appended.add(1, ordering: .relaxed)
        }
      }
      try await expectEventually { appended.load(ordering: .relaxed) >= 5 }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(appended.load(ordering: .relaxed) < 10)
    }

    @Test func `a committer that waits for work ends when cancelled`() async throws {
      let pipeline = pipeline
      let task = Task { try await pipeline.commitAll { _ in } }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `what was handed over to a committer that was cancelled can still be committed`()
      async throws
    {
      let pipeline = pipeline
      let task = Task { try await pipeline.commitAll { _ in } }
      task.cancel()
      _ = await task.result
      try await pipeline.append(frame(1))
      let isDone = Atomic(false)
      await pipeline.perform { isDone.store(true, ordering: .relaxed) }
      try await pipeline.append(frame(2))
      await pipeline.finish()
      let committed = Atomic(0)
      try await pipeline.commitRest { committed.add($0.frameCount, ordering: .relaxed) }
      #expect(committed.load(ordering: .relaxed) == 2)
      #expect(isDone.load(ordering: .relaxed) == true)
    }

    @Test func `who appends is told of what committing failed with`() async throws {
      let frames = try (0..<10).map(frame)
      await #expect(throws: Fault.self) {
        _ = try await pipeline.run {
          for frame in frames { try await pipeline.append(frame) }
          Issue.record("nobody commits any more")
        } onCommit: { _ in
          throw Fault()
        }
      }
    }

    @Test func `a feed that fails ends the committer too`() async throws {
      await #expect(throws: Fault.self) {
        _ = try await pipeline.run {
          try await pipeline.append(frame(1))
          throw Fault()
        } onCommit: { _ in
        }
      }
    }
  }
}
