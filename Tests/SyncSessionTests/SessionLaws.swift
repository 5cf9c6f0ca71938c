import Replication
import SyncSession
import TestSupport
import Testing

/// What holds of every session, in whatever order its messages arrive and wherever it is cut.
struct SessionLaws {
  private static let seeds = Effort.seeds(400, 1_500)

  /// Two replicas that wrote, and met before in some part.
  private static func dialogue(
    seed: UInt64, _ generator: inout SeededGenerator
  ) throws -> Dialogue {
    var dialogue = Dialogue(
      Talker(Sample.replica(1)), Talker(Sample.replica(2)), seed: seed)
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      try write(&dialogue, &generator)
      try dialogue.hold(Dialogue.Course(cut: Int.random(in: 0..<60, using: &generator)))
    }
    try write(&dialogue, &generator)
    return dialogue
  }

  private static func write(
    _ dialogue: inout Dialogue, _ generator: inout SeededGenerator
  ) throws {
    try Sample.write(
      .random(in: 0...8, using: &generator), at: &dialogue.left, using: &generator)
    try Sample.write(
      .random(in: 0...8, using: &generator), at: &dialogue.right, using: &generator)
  }

  @Test func `after a session both hold the same, whatever was cut before`() throws {
    for seed in SessionLaws.seeds {
      var generator = SeededGenerator(seed: seed)
      var dialogue = try SessionLaws.dialogue(seed: seed, &generator)
      let before = dialogue.left.replica.knowledge.union(dialogue.right.replica.knowledge)
      let bodies = dialogue.left.bodies.union(dialogue.right.bodies)
      try dialogue.hold()
      let (left, right) = (dialogue.left, dialogue.right)
      #expect(left.replica.knowledge == before, "seed \(seed)")
      #expect(right.replica.knowledge == before, "seed \(seed)")
      #expect(left.replica.registers == right.replica.registers, "seed \(seed)")
      #expect(left.replica.fingerprint == right.replica.fingerprint, "seed \(seed)")
      #expect(left.missing.allSatisfy { !bodies.contains($0) }, "seed \(seed)")
      #expect(left.missing == right.missing, "seed \(seed)")
      #expect(left.outcome?.diverged == false && left.outcome?.audited == false)
    }
  }

  @Test func `replicas that are alike part after one message`() throws {
    for seed in SessionLaws.seeds.prefix(300) {
      var generator = SeededGenerator(seed: seed)
      var dialogue = try SessionLaws.dialogue(seed: seed, &generator)
      try dialogue.hold()
      try dialogue.hold()
      #expect(dialogue.messageCount == 1, "seed \(seed)")
      #expect(dialogue.left.outcome?.agreed == true && dialogue.right.outcome?.agreed == true)
      #expect(dialogue.left.outcome?.peer.knowledge == dialogue.right.replica.knowledge)
    }
  }

  @Test func `a session that is cut loses nothing that was here`() throws {
    for seed in SessionLaws.seeds {
      var generator = SeededGenerator(seed: seed)
      var dialogue = try SessionLaws.dialogue(seed: seed, &generator)
      let (left, right) = (dialogue.left, dialogue.right)
      let all = Set(left.replica.held).union(right.replica.held)
      try dialogue.hold(Dialogue.Course(cut: Int.random(in: 0..<80, using: &generator)))
      for (before, after) in [(left, dialogue.left), (right, dialogue.right)] {
        #expect(after.replica.knowledge.dominates(before.replica.knowledge), "seed \(seed)")
        #expect(after.bodies.isSuperset(of: before.bodies), "seed \(seed)")
        #expect(Set(after.replica.held).isSubset(of: all), "seed \(seed)")
      }
    }
  }

  @Test func `who only pushes takes nothing, and who only pulls gives nothing`() throws {
    for seed in SessionLaws.seeds.prefix(150) {
      for (gives, takes) in [(true, false), (false, true), (false, false)] {
        var generator = SeededGenerator(seed: seed)
        var dialogue = try SessionLaws.dialogue(seed: seed, &generator)
        let (left, right) = (dialogue.left, dialogue.right)
        try dialogue.hold(Dialogue.Course(leftGives: gives, leftTakes: takes))
        let all = left.replica.knowledge.union(right.replica.knowledge)
        #expect(dialogue.left.replica.knowledge == (takes ? all : left.replica.knowledge))
        #expect(dialogue.right.replica.knowledge == (gives ? all : right.replica.knowledge))
        #expect(dialogue.left.bodies.isSuperset(of: takes ? right.bodies : left.bodies) || takes)
        if !takes { #expect(dialogue.left.bodies == left.bodies, "seed \(seed)") }
        if !gives { #expect(dialogue.right.bodies == right.bodies, "seed \(seed)") }
      }
    }
  }

  @Test func `replicas that diverged agree after an audit`() throws {
    for seed in SessionLaws.seeds.prefix(150) {
      var generator = SeededGenerator(seed: seed)
      var dialogue = Dialogue(
        Talker(Sample.replica(1)), Talker(Sample.replica(2)), seed: seed)
      try Sample.write(10, at: &dialogue.left, using: &generator)
      try Sample.write(10, at: &dialogue.right, using: &generator)
      // Each is made to believe that it knows what the other wrote.
      let (left, right) = (dialogue.left.replica, dialogue.right.replica)
      let nothing = Knowledge()
      dialogue.left.replica.apply(
        Delta(
          operations: [],
          statement: DeltaStatement(basis: nothing, carried: nothing, known: right.knowledge)))
      dialogue.right.replica.apply(
        Delta(
          operations: [],
          statement: DeltaStatement(basis: nothing, carried: nothing, known: left.knowledge)))
      try dialogue.hold()
      #expect(dialogue.left.outcome?.audited == true && dialogue.right.outcome?.audited == true)
      #expect(dialogue.left.outcome?.diverged == false, "seed \(seed)")
      #expect(dialogue.left.replica.registers == dialogue.right.replica.registers)
    }
  }

  @Test func `a later version talks to this one`() throws {
    let later = SessionVersions(version: 9, minimum: 1)
    for seed in SessionLaws.seeds.prefix(100) {
      var generator = SeededGenerator(seed: seed)
      var dialogue = try SessionLaws.dialogue(seed: seed, &generator)
      try dialogue.hold(Dialogue.Course(leftVersions: later))
      #expect(dialogue.left.replica.fingerprint == dialogue.right.replica.fingerprint)
    }
  }

  @Test func `versions that share none part`() throws {
    var dialogue = Dialogue(Talker(Sample.replica(1)), Talker(Sample.replica(2)), seed: 1)
    let later = SessionVersions(version: 9, minimum: 2)
    #expect(throws: SessionError.noCommonVersion(ours: .current, theirs: later)) {
      try dialogue.hold(Dialogue.Course(leftVersions: later))
    }
  }
}
