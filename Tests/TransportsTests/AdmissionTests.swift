import Replication
import TestSupport
import Testing

@testable import Transports

/// Who may wait at a server's door, and that nobody who waits there keeps a member out.
@Suite(.timeLimit(.minutes(15)))
struct AdmissionTests {
  @Test func `from one address the oldest goes when there is one too many`() {
    var admission = Admission<Int>(
      limit: Limits.unauthenticated, addressLimit: Limits.unauthenticatedPerAddress)
    for key in 1...Limits.unauthenticatedPerAddress {
      #expect(admission.enter(key, from: "a") == [])
    }
    #expect(admission.enter(100, from: "b") == [])
    #expect(admission.enter(101, from: "a") == [1])
    #expect(admission.enter(102, from: "a") == [2])
    #expect(admission.count == Limits.unauthenticatedPerAddress + 1)
  }

  @Test func `of all the oldest goes when there is one too many, whatever its address`() {
    var admission = Admission<Int>(
      limit: Limits.unauthenticated, addressLimit: Limits.unauthenticatedPerAddress)
    for key in 1...Limits.unauthenticated {
      #expect(admission.enter(key, from: "\(key)") == [])
    }
    #expect(admission.enter(100, from: "new") == [1])
    #expect(admission.enter(101, from: "newer") == [2])
    #expect(admission.count == Limits.unauthenticated)
  }

  @Test func `who has left makes room`() {
    var admission = Admission<Int>(
      limit: Limits.unauthenticated, addressLimit: Limits.unauthenticatedPerAddress)
    for key in 1...Limits.unauthenticatedPerAddress { _ = admission.enter(key, from: "a") }
    admission.leave(2)
    // Once is enough.
    admission.leave(2)
    #expect(admission.enter(100, from: "a") == [])
    #expect(admission.enter(101, from: "a") == [1])
    for key in [3, 4, 100, 101] { admission.leave(key) }
    #expect(admission.count == 0)
  }

  @Test(arguments: UInt64(1)...10)
  func `the newest is always in, and neither limit is ever passed`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var admission = Admission<Int>(
      limit: Limits.unauthenticated, addressLimit: Limits.unauthenticatedPerAddress)
    var waiting: [Int: String] = [:]
    for key in 0..<2_000 {
      let address = "\(Int.random(in: 0..<40, using: &generator))"
      let evicted = admission.enter(key, from: address)
      waiting[key] = address
      for other in evicted {
        let isOldest = waiting.keys.allSatisfy { $0 >= other || waiting[$0] != waiting[other] }
        #expect(isOldest, "seed \(seed)")
        #expect(waiting.removeValue(forKey: other) != nil, "seed \(seed)")
      }
      #expect(waiting[key] != nil, "seed \(seed)")
      #expect(waiting.count <= Limits.unauthenticated, "seed \(seed)")
      let neighbors = waiting.values.count { $0 == address }
      #expect(neighbors <= Limits.unauthenticatedPerAddress, "seed \(seed)")
      if Bool.random(using: &generator), let left = waiting.keys.randomElement(using: &generator) {
        admission.leave(left)
        waiting[left] = nil
      }
      #expect(admission.count == waiting.count, "seed \(seed)")
    }
  }
}
