import Articles
import Foundation
import GRDB
import Replication
import Testing

@testable import LibraryStore

/// What concerns replicas takes as long as there are many of them, and not as the square of that.
struct ManyReplicasTests {
  @Test func `eight times as many replicas cost about eight times as much`() async throws {
    let (few, many) = (250, 2_000)
    let costs = [try await cost(of: few), try await cost(of: many)]
    for (name, small) in costs[0] {
      let large = try #require(costs[1][name])
      // Squares would make it 64.
      #expect(large < 24 * small, "\(name): \(small) ns of \(few), \(large) ns of \(many)")
    }
  }

  @Test func `of each replica the right numbers are told`() async throws {
    let test = try await store(replicas: 5)
    let store = test.store
    let statuses = try await store.status(now: Sample.now).peers
    #expect(statuses.count == 6)
    for status in statuses {
      let number = Int(status.replica.identifier.low)
      #expect(status.name == (number == 1 ? nil : "replica \(number)"))
      #expect(status.lacks == (number == 1 ? 0 : number < 6 ? 5 : 4))
      #expect(status.weLack == (number < 6 ? 0 : 7), "\(number)")
      #expect(status.heardMilliseconds == (number == 6 ? Sample.now : nil), "\(number)")
    }
    #expect(try await store.report(of: Sample.replica(6))?.knowledge.sets.count == 2)
    #expect(try await store.report(of: Sample.replica(5)) == nil)
    #expect(try await store.ownName() == nil)
  }

  /// Replicas of which each has written its name, of which the last has reported.
  private func store(replicas count: Int) async throws -> TestStore {
    let test = try TestStore(1)
    let frames = try (2...count + 1).map { number in
      let replica = Sample.replica(UInt64(number))
      let card = EntityID(kind: .replica, key: replica.identifier)
      return try Sample.frame([
        Replication.Operation(
          dot: Dot(replica: replica, sequence: 1), stamp: Sample.stamp(UInt64(number)),
          register: RegisterID(card, ReplicaField.name), value: .text("replica \(number)"))
      ])
    }
    _ = try await test.store.merge(operations: frames, bodies: [], now: Sample.now)
    let last = Sample.replica(UInt64(count + 1))
    let report = PeerReport(
      replica: last, clock: try Sample.stamp(9),
      knowledge: Knowledge([
        last: SequenceSet(1...1), Sample.replica(77): SequenceSet(1...7),
      ]), fingerprint: .empty, wanted: [])
    _ = try await test.store.conclude(nil, from: report, now: Sample.now)
    return test
  }

  /// Nanoseconds of this thread's own, which other tests do not add to; the least of three.
  private func cost(of replicas: Int) async throws -> [String: UInt64] {
    let test = try await store(replicas: replicas)
    var costs: [String: UInt64] = [:]
    for _ in 0..<3 {
      let round = try await test.store.measured()
      costs.merge(round) { min($0, $1) }
    }
    return costs
  }
}

extension ReplicaStore {
  fileprivate func measured() throws -> [String: UInt64] {
    [
      "replicas": try time { _ = try PeerQuery(StoreTransaction($0)).all() },
      "a whole delta": try time {
        _ = try DeltaPlanner(StoreTransaction($0), basis: Knowledge())
          .delta(wanted: [], includingBodies: true)
      },
      "own name": try time {
        let transaction = try StoreTransaction($0)
        _ = try PeerQuery(transaction)
          .card(of: transaction.replica, RegisterTable(transaction))
      },
    ]
  }

  private func time(_ work: (Database) throws -> Void) throws -> UInt64 {
    try read { db in
      let start = ReplicaStore.threadNanoseconds()
      try work(db)
      return ReplicaStore.threadNanoseconds() - start
    }
  }

  private static func threadNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
