import Foundation
import LibraryStore
import Synchronization
import Testing

@testable import Transports

/// Bundles that hold more than a batch: they are checked whole, and read on from where the check
/// kept no more.
struct LargeBundleTests {
  private let fixture: BundleFixture
  private let source: ReplicaStore

  private static let bodies = 80

  init() async throws {
    fixture = try BundleFixture()
    source = try fixture.replica(1)
    for index in 0..<LargeBundleTests.bodies {
      // A megabyte that is quickly compressed, behind some that is not, so that the file is longer
      // than what is read of it at once.
      let body =
        fixture.bytes(20_000, seed: UInt64(index))
        + [UInt8](repeating: 0xff, count: 1 << 20)
      try await fixture.add(fixture.article(1, index), body: body, to: source)
    }
    try await fixture.pack(source, "large.satchel")
  }

  @Test func `all of it arrives, in several transactions`() async throws {
    let target = try fixture.replica(2)
    let steps = Mutex<[Int]>([])
    let result = try await BundleMerging(target, secret: fixture.secret)
      .merge(fixture.path("large.satchel"), now: BundleFixture.now) { done, total in
        steps.withLock { $0.append(total - done) }
      }
    #expect(result.bodyCount == LargeBundleTests.bodies)
    #expect(result.missing.isEmpty)
    let left = steps.withLock { $0 }
    #expect(left.count >= 4)
    #expect(left == left.sorted(by: >))
    #expect(left.last == 0)
    try await expectEqual(source, target)
  }

  @Test func `a file that changes between the two readings is noticed, and the next try heals`()
    async throws
  {
    let target = try fixture.replica(2)
    let good = try fixture.read("large.satchel")
    var bad = good
    bad[bad.count * 9 / 10] ^= 1
    let damaged = bad
    let isTampered = Mutex(false)
    await #expect(throws: BundleError.self) {
      try await BundleMerging(target, secret: fixture.secret)
        .merge(fixture.path("large.satchel"), now: BundleFixture.now) { [fixture] _, _ in
          isTampered.withLock { isTampered in
            guard !isTampered else { return }
            // In place, as a medium would change.
            let file = FileHandle(forWritingAtPath: fixture.path("large.satchel").string)
            file?.write(Data(damaged))
            isTampered = true
          }
        }
    }
    #expect(isTampered.withLock { $0 })
    let lacking = try await target.report().wanted.count
    #expect((1..<LargeBundleTests.bodies).contains(lacking))
    #expect(try await target.check(deep: true, repair: false).damage == [])
    try fixture.write(good, to: "large.satchel")
    _ = try await fixture.merge(fixture.path("large.satchel"), into: target)
    try await expectEqual(source, target)
  }
}
