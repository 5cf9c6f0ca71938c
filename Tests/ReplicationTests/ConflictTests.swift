import Replication
import Testing

/// Authored text: what nobody has read is never lost (Protocol 1.6).
struct ConflictTests {
  private let note = Sample.register(1)

  /// Two replicas that wrote the same note without having met, and then did.
  private func disagreement() throws -> [ReferenceReplica] {
    var replicas = (1...3).map { ReferenceReplica(id: Sample.replica($0)) }
    try replicas[0].write(.text("mine"), to: note, authored: true, now: Sample.now)
    try replicas[1].write(.text("yours"), to: note, authored: true, now: Sample.now + 1)
    exchange(&replicas)
    return replicas
  }

  @Test func `of two notes written apart one is shown, both are kept, the same on all`() throws {
    for replica in try disagreement() {
      let register = try #require(replica.registers[note])
      #expect(register.winner.value.text == "yours")
      #expect(register.conflicts.map(\.value.text) == ["mine"])
      #expect(register.siblings.map(\.value.text) == ["mine", "yours"])
    }
  }

  @Test func `resolving once resolves everywhere`() throws {
    var replicas = try disagreement()
    try replicas[2].write(.text("ours"), to: note, authored: true, now: Sample.now - 5_000)
    exchange(&replicas)
    for replica in replicas {
      let register = try #require(replica.registers[note])
      #expect(register.winner.value.text == "ours")
      #expect(register.conflicts.isEmpty)
      #expect(register.held.count == 1)
      #expect(replica.fingerprint == replicas[0].fingerprint)
    }
  }

  @Test func `two that resolve apart disagree again, about their answers alone`() throws {
    var replicas = try disagreement()
    try replicas[0].write(.text("one"), to: note, authored: true, now: Sample.now)
    try replicas[1].write(.text("two"), to: note, authored: true, now: Sample.now)
    exchange(&replicas)
    for replica in replicas {
      #expect(replica.registers[note]?.siblings.map(\.value.text) == ["one", "two"])
    }
  }

  @Test func `a note over the writer's own earlier note leaves no conflict`() throws {
    var replica = ReferenceReplica(id: Sample.replica(1))
    try replica.write(.text("draft"), to: note, authored: true, now: Sample.now)
    try replica.write(.text("note"), to: note, authored: true, now: Sample.now)
    #expect(replica.held.map(\.value.text) == ["note"])
  }

  @Test func `a plain register keeps the winner alone`() throws {
    var replicas = (1...3).map { ReferenceReplica(id: Sample.replica($0)) }
    for index in 0..<3 {
      try replicas[index].write(.integer(Int64(index)), to: note, now: Sample.now)
    }
    exchange(&replicas)
    for replica in replicas {
      #expect(replica.registers[note]?.siblings.isEmpty == true)
      #expect(replica.held.map(\.value.integer) == [2])
    }
  }

  @Test func `a plain write over a note shows itself and leaves the note in conflict`() throws {
    var replica = ReferenceReplica(id: Sample.replica(1))
    try replica.write(.text("note"), to: note, authored: true, now: Sample.now)
    try replica.write(.text("imported"), to: note, now: Sample.now)
    let register = try #require(replica.registers[note])
    #expect(register.winner.value.text == "imported")
    #expect(register.conflicts.map(\.value.text) == ["note"])
    #expect(register.held.count == 2)
  }

  /// Found by the laws: the second author's context used to cover the plain write and, with it,
  /// the note before it.
  @Test func `a note survives an author who met only its writer's later plain write`() throws {
    var writer = ReferenceReplica(id: Sample.replica(1))
    try writer.write(.text("unread"), to: note, authored: true, now: Sample.now)
    try writer.write(.text("imported"), to: note, now: Sample.now)
    let held = writer.delta(since: Knowledge()).operations
    var author = ReferenceReplica(id: Sample.replica(2))
    author.apply(Delta(operations: [held[1]], statement: nil))
    try author.write(.text("answer"), to: note, authored: true, now: Sample.now)
    writer.apply(author.delta(since: writer.knowledge))
    #expect(writer.registers[note]?.conflicts.map(\.value.text) == ["unread"])
  }

  /// `supersedes` needs both halves: by dots alone b would go when c comes and a when b comes,
  /// and what is left would depend on which was first.
  @Test func `superseding asks for what the other's writer had seen as well`() throws {
    let a = try Sample.operation(1, 1, context: .empty)
    let b = try Sample.operation(2, 1, context: Sample.context((1, 1)))
    let c = try Sample.operation(3, 1, context: Sample.context((2, 1)))
    #expect(b.supersedes(a))
    #expect(!c.supersedes(b), "its writer claims b without what b's writer had seen")
    for order in [[a, b, c], [c, b, a], [b, c, a], [c, a, b]] {
      var register = Register(order[0])
      for operation in order.dropFirst() { register.apply(operation) }
      #expect(Set(register.siblings) == [b, c])
    }
  }

  private func exchange(_ replicas: inout [ReferenceReplica]) {
    for sender in replicas.indices {
      for receiver in replicas.indices where receiver != sender {
        replicas[receiver].apply(
          replicas[sender].delta(since: replicas[receiver].knowledge))
      }
    }
    for sender in replicas.indices {
      for receiver in replicas.indices where receiver != sender {
        replicas[receiver].apply(
          replicas[sender].delta(since: replicas[receiver].knowledge))
      }
    }
  }
}
