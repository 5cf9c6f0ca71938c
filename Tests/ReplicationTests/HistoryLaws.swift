import Replication
import TestSupport
import Testing

/// What holds at every step of every history, however the post behaves (Protocol 1.8, 1.9).
struct HistoryLaws {
  @Test func `whatever is known is held or superseded by something held`() throws {
    for seed in Laws.histories {
      var swarm = Swarm(seed: seed)
      for step in 0..<Laws.stepsPerHistory {
        guard let index = try swarm.step() else { continue }
        let replica = swarm.replicas[index]
        for dot in swarm.written.keys where replica.knowledge.contains(dot) {
          let operation = try #require(swarm.written[dot])
          guard replica.accountsFor(operation) else {
            Issue.record("seed \(seed), step \(step): \(operation) is known and lost")
            return
          }
        }
      }
    }
  }

  @Test func `equal knowledge means equal registers and equal fingerprints`() throws {
    var meetings = 0
    for seed in Laws.histories {
      var swarm = Swarm(seed: seed)
      for step in 0..<Laws.stepsPerHistory {
        guard let index = try swarm.step() else { continue }
        let replica = swarm.replicas[index]
        for other in swarm.replicas where other.id != replica.id {
          guard other.knowledge == replica.knowledge else { continue }
          meetings += 1
          guard other.fingerprint == replica.fingerprint, other.registers == replica.registers
          else {
            Issue.record("seed \(seed), step \(step): \(other.id) and \(replica.id) differ")
            return
          }
        }
      }
    }
    #expect(meetings > Laws.histories.count, "too few replicas ever knew the same")
  }

  @Test func `the state is what the rules say of the operations that arrived`() throws {
    for seed in Laws.histories {
      var swarm = Swarm(seed: seed)
      for step in 0..<Laws.stepsPerHistory {
        guard let index = try swarm.step() else { continue }
        let expected = Oracle.registers(of: swarm.delivered[index], resolved: swarm.resolved)
        guard swarm.replicas[index].registers == expected else {
          Issue.record("seed \(seed), step \(step): \(swarm.replicas[index].id)")
          return
        }
      }
    }
  }

  @Test func `nothing is superseded that no author in the chain was shown`() throws {
    var (staleWrites, superseded) = (0, 0)
    for seed in Laws.histories {
      var swarm = Swarm(seed: seed, isEditing: true)
      for _ in 0..<Laws.stepsPerHistory { _ = try swarm.step() }
      staleWrites += swarm.staleWrites
      for operation in swarm.written.values {
        let gone = swarm.written.values.filter { operation.supersedes($0) }
        superseded += gone.count
        guard swarm.seen[operation, default: []].isSuperset(of: gone) else {
          Issue.record("seed \(seed): \(operation) supersedes what nobody was shown")
          return
        }
      }
    }
    #expect(staleWrites > Laws.histories.count / 2, "too few editors were open for long")
    #expect(superseded > Laws.histories.count, "too little was superseded")
  }

  @Test func `the fingerprint kept while applying is the one of the whole state`() throws {
    for seed in Laws.samples {
      var swarm = Swarm(seed: seed)
      for _ in 0..<Laws.stepsPerHistory { _ = try swarm.step() }
      for replica in swarm.replicas {
        var fingerprint = Fingerprint.empty
        for register in replica.registers.values { fingerprint.add(register) }
        #expect(replica.fingerprint == fingerprint, "seed \(seed)")
      }
    }
  }

  @Test func `one full exchange makes all replicas one`() throws {
    for seed in Laws.histories {
      var swarm = Swarm(seed: seed)
      for _ in 0..<Laws.stepsPerHistory { _ = try swarm.step() }
      swarm.exchangeEverything()
      let first = swarm.replicas[0]
      #expect(Set(swarm.written.keys).allSatisfy(first.knowledge.contains), "seed \(seed)")
      for replica in swarm.replicas.dropFirst() {
        #expect(replica.registers == first.registers, "seed \(seed)")
        #expect(replica.knowledge == first.knowledge, "seed \(seed)")
        #expect(replica.fingerprint == first.fingerprint, "seed \(seed)")
      }
      #expect(
        first.registers == Oracle.registers(of: swarm.written.values, resolved: swarm.resolved),
        "seed \(seed)")
    }
  }

  @Test func `any order, part and repetition of deltas, then all of them, gives one state`() throws
  {
    for seed in Laws.samples {
      var swarm = Swarm(seed: seed)
      for _ in 0..<Laws.stepsPerHistory { _ = try swarm.step() }
      var generator = SeededGenerator(seed: ~seed)
      var plain = ReferenceReplica(id: Sample.replica(90))
      for delta in swarm.post { plain.apply(delta) }
      var confused = ReferenceReplica(id: Sample.replica(91))
      let some = swarm.post.filter { _ in .random(using: &generator) }
      for delta in (some + some).shuffled(using: &generator) { confused.apply(delta) }
      for delta in swarm.post.shuffled(using: &generator) { confused.apply(delta) }
      #expect(confused.registers == plain.registers, "seed \(seed)")
      #expect(confused.knowledge == plain.knowledge, "seed \(seed)")
      #expect(confused.fingerprint == plain.fingerprint, "seed \(seed)")
    }
  }

  @Test func `what was exchanged in full is not sent again`() throws {
    for seed in Laws.samples {
      var swarm = Swarm(seed: seed)
      for _ in 0..<Laws.stepsPerHistory { _ = try swarm.step() }
      swarm.exchangeEverything()
      for replica in swarm.replicas {
        let delta = replica.delta(since: swarm.replicas[0].knowledge)
        #expect(delta.operations.isEmpty, "seed \(seed)")
      }
    }
  }
}

extension ReferenceReplica {
  fileprivate func accountsFor(_ operation: Operation) -> Bool {
    guard let register = registers[operation.register],
      register.winner == operation || register.winner.beats(operation)
    else { return false }
    return operation.context == nil
      || register.siblings.contains { $0 == operation || $0.supersedes(operation) }
  }
}
