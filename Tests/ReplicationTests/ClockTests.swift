import Replication
import TestSupport
import Testing

/// Clocks that jump change results nowhere (Protocol 1.4).
struct ClockTests {
  @Test func `a write beats what its writer saw, whatever the clocks say`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      var replicas = (1...3).map { ReferenceReplica(id: Sample.replica($0)) }
      for _ in 0..<30 {
        let index = Int.random(in: 0..<3, using: &generator)
        let register = Sample.register(.random(in: 0..<2, using: &generator))
        let seen = replicas[index].registers[register]?.held ?? []
        let operation = try replicas[index].write(
          .integer(.random(in: 0...9, using: &generator)), to: register,
          authored: .random(using: &generator), now: Sample.wildClock(using: &generator))
        #expect(seen.allSatisfy { operation.stamp > $0.stamp }, "seed \(seed)")
        #expect(seen.allSatisfy(operation.beats), "seed \(seed)")
        #expect(replicas[index].registers[register]?.winner == operation, "seed \(seed)")
        let other = Int.random(in: 0..<3, using: &generator)
        replicas[other].apply(replicas[index].delta(since: replicas[other].knowledge))
      }
    }
  }

  @Test func `the own clock only goes forward`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      var clock = Clock(last: .zero)
      for _ in 0..<20 {
        let before = clock.last
        let now = Sample.wildClock(using: &generator)
        let reading = try clock.tick(wallMilliseconds: now)
        #expect(reading > before, "seed \(seed)")
        #expect(reading >= Stamp(wallMilliseconds: now), "seed \(seed)")
        #expect(reading == clock.last, "seed \(seed)")
      }
    }
  }

  @Test func `a stamp from 2099 spoils one register and no clock`() throws {
    var spoilt = ReferenceReplica(id: Sample.replica(2))
    try spoilt.write(.nothing, to: Sample.register(0), now: 4_102_444_799_999)
    var replica = ReferenceReplica(id: Sample.replica(1))
    replica.apply(spoilt.delta(since: Knowledge()))
    let over = try replica.write(.flag(true), to: Sample.register(0), now: Sample.now)
    #expect(over.stamp.milliseconds == 4_102_444_799_999)
    #expect(replica.clock.last == Stamp(wallMilliseconds: Sample.now))
    let beside = try replica.write(.flag(true), to: Sample.register(1), now: Sample.now)
    #expect(beside.stamp.milliseconds == Sample.now)
  }

  @Test func `what was done elsewhere has its own time, and one that cannot be is none`() {
    let now = Sample.now
    func milliseconds(_ time: Int64?) -> Int64 {
      Clock.reading(recordedAt: time, wallMilliseconds: now).milliseconds
    }
    #expect([now - 1, now, 0, 5].map(milliseconds) == [now - 1, now, 0, 5])
    #expect([nil, -1, .min, now + 1, .max].map(milliseconds) == [0, 0, 0, 0, 0])
    #expect(Clock.reading(recordedAt: now, wallMilliseconds: now).rawValue & 0xffff == 0)
  }

  @Test func `a full counter carries into the milliseconds`() throws {
    let full = try Sample.stampOf(5 << 16 | 0xffff)
    #expect(full.successor?.rawValue == 6 << 16)
    #expect(full.milliseconds == 5)
    #expect(full.successor?.milliseconds == 6)
    var clock = Clock(last: full)
    #expect(try clock.tick(wallMilliseconds: 5).rawValue == 6 << 16)
  }

  @Test func `times before 1970 and after 6429 are clamped`() {
    #expect(Stamp(wallMilliseconds: .min) == .zero)
    #expect(Stamp(wallMilliseconds: -1) == .zero)
    #expect(Stamp(wallMilliseconds: 1 << 47).rawValue == ((1 << 47) - 1) << 16)
    #expect(Stamp(wallMilliseconds: .max).rawValue == ((1 << 47) - 1) << 16)
  }

  @Test func `stamps end at 2^63 - 1`() throws {
    #expect(Stamp(rawValue: (1 << 63) - 2)?.successor == .maximum)
    #expect(Stamp(rawValue: (1 << 63) - 1) == .maximum)
    #expect(Stamp(rawValue: 1 << 63) == nil)
    #expect(Stamp.maximum.successor == nil)
    let last = try Sample.stampOf((1 << 63) - 2)
    var clock = Clock(last: last)
    #expect(try clock.tick(wallMilliseconds: 0) == .maximum)
    #expect(throws: ReplicationError.stampsExhausted) { try clock.tick(wallMilliseconds: 0) }
    #expect(try Clock.stamp(reading: .zero, over: last) == .maximum)
    #expect(throws: ReplicationError.stampsExhausted) {
      try Clock.stamp(reading: .zero, over: .maximum)
    }
  }

  @Test func `a register with the greatest stamp refuses writes and spoils no other`() throws {
    let last = try Sample.operation(7, stamp: (1 << 63) - 1)
    var replica = ReferenceReplica(id: Sample.replica(1))
    replica.apply(Delta(operations: [last], statement: nil))
    #expect(throws: ReplicationError.stampsExhausted) {
      try replica.write(.nothing, to: Sample.register(0), now: Sample.now)
    }
    #expect(replica.registers[Sample.register(0)]?.winner == last)
    let next = try replica.write(.nothing, to: Sample.register(1), now: Sample.now)
    #expect(next.dot.sequence == 1, "the refused write took no sequence")
  }
}
