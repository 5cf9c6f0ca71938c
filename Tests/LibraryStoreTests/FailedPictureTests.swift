import Replication
import Testing

@testable import LibraryStore

/// Addresses that gave no picture are remembered for a while, and not without end.
struct FailedPictureTests {
  private func failures(_ numbers: Range<Int>, until: Int64) -> [FailedPicture] {
    numbers.map {
      FailedPicture(address: "http://a.example/\($0)", reason: "r\($0)", until: until + Int64($0))
    }
  }

  @Test func `an address is remembered until its time is over`() async throws {
    let store = try TestStore(1).store
    try await store.note(failed: failures(7..<8, until: 100), now: 0)
    #expect(try await store.failure(ofPicture: "http://a.example/7", now: 106) == "r7")
    #expect(try await store.failure(ofPicture: "http://a.example/7", now: 107) == nil)
    #expect(try await store.failure(ofPicture: "http://a.example/8", now: 0) == nil)
    let before = try await store.status(now: 0).fingerprint
    try await store.note(failed: failures(7..<8, until: 1_000), now: 0)
    #expect(try await store.failure(ofPicture: "http://a.example/7", now: 200) == "r7")
    #expect(try await store.status(now: 0).fingerprint == before)
  }

  @Test func `the ones to be asked last are kept up to the limit`() async throws {
    let store = try TestStore(1).store
    let limit = Limits.failedPictures
    try await store.note(failed: failures(0..<limit, until: 100), now: 0)
    #expect(try await store.failure(ofPicture: "http://a.example/0", now: 0) == "r0")
    try await store.note(failed: failures(limit..<limit + 1, until: 100), now: 0)
    #expect(try await store.failure(ofPicture: "http://a.example/0", now: 0) == nil)
    for kept in [1, limit] {
      #expect(try await store.failure(ofPicture: "http://a.example/\(kept)", now: 0) != nil)
    }
    // Those that are over go with the next one.
    try await store.note(failed: failures(0..<1, until: 1 << 40), now: 1 << 39)
    let left = try await store.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM failed_picture")
    }
    #expect(left == 1)
  }
}
