import Replication
import Testing

/// Rule 8: knowledge grows by operations that arrive and by statements, and in no other way
/// (Protocol 1.8).
struct StatementTests {
  private var writer = ReferenceReplica(id: Sample.replica(1))
  private var reader = ReferenceReplica(id: Sample.replica(2))

  /// Five writes of one register, of which the last is held, and one of another.
  private init() throws {
    for number in 1...5 {
      try writer.write(.integer(Int64(number)), to: Sample.register(0), now: Sample.now)
    }
    try writer.write(.flag(true), to: Sample.register(1), now: Sample.now)
  }

  @Test func `a whole delta brings the superseded sequences too`() {
    var reader = reader
    let delta = writer.delta(since: Knowledge())
    #expect(delta.operations.map(\.dot.sequence) == [5, 6])
    reader.apply(delta)
    #expect(reader.knowledge == writer.knowledge)
    #expect(reader.fingerprint == writer.fingerprint)
    #expect(reader.waiting.isEmpty)
  }

  @Test func `a cut delta leaves honest gaps until the rest comes from whatever source`() {
    var reader = reader
    let delta = writer.delta(since: Knowledge())
    reader.apply(Delta(operations: [delta.operations[1]], statement: delta.statement))
    #expect(reader.knowledge[writer.id] == SequenceSet(6...6))
    #expect(reader.waiting.count == 1)
    reader.apply(Delta(operations: [delta.operations[0]], statement: nil))
    #expect(reader.knowledge == writer.knowledge)
    #expect(reader.waiting.isEmpty)
  }

  @Test func `a delta whose basis is lacking concludes nothing until the basis is there`() throws {
    var (writer, reader) = (writer, reader)
    let first = writer.delta(since: Knowledge())
    let basis = writer.knowledge
    try writer.write(.nothing, to: Sample.register(2), now: Sample.now)
    try writer.write(.flag(true), to: Sample.register(2), now: Sample.now)
    reader.apply(writer.delta(since: basis))
    #expect(reader.knowledge[writer.id] == SequenceSet(8...8))
    #expect(
      reader.waiting.first?.missing(from: reader.knowledge)
        == Knowledge([writer.id: SequenceSet(1...6)]))
    reader.apply(first)
    #expect(reader.knowledge == writer.knowledge)
    #expect(reader.waiting.isEmpty)
  }

  @Test func `one statement may be what another waits for`() throws {
    var knowledge = Knowledge([writer.id: SequenceSet(1...1)])
    let statements = [(4, 9), (2, 4), (1, 2)].map { basis, known in
      DeltaStatement(
        basis: Knowledge([writer.id: SequenceSet(1...UInt64(basis))]), carried: Knowledge(),
        known: Knowledge([writer.id: SequenceSet(1...UInt64(known))]))
    }
    #expect(knowledge.conclude(statements).isEmpty)
    #expect(knowledge[writer.id] == SequenceSet(1...9))
  }

  @Test func `a selection without a statement concludes nothing`() {
    var reader = reader
    let delta = writer.delta(since: Knowledge())
    reader.apply(Delta(operations: delta.operations, statement: nil))
    #expect(reader.knowledge[writer.id] == SequenceSet(5...6))
  }

  /// Why rule 8 is no looser: with each frame claiming the superseded sequences of its range, a
  /// reader that has one frame of two believes to know a register it has never met.
  @Test func `claiming a frame's whole range would lose a register`() throws {
    var writer = ReferenceReplica(id: Sample.replica(1))
    try writer.write(.nothing, to: Sample.register(0), now: Sample.now)
    try writer.write(.nothing, to: Sample.register(1), now: Sample.now)
    try writer.write(.flag(true), to: Sample.register(0), now: Sample.now)
    let held = writer.delta(since: Knowledge()).operations
    #expect(held.map(\.dot.sequence) == [2, 3])
    // The frame of 1...2 without operation 1, which 3 supersedes; the frame of 3 is lost.
    let frame = Delta(
      operations: [held[0]],
      statement: DeltaStatement(
        basis: Knowledge(), carried: Knowledge([writer.id: SequenceSet(2...2)]),
        known: Knowledge([writer.id: SequenceSet(1...2)])))
    var other = ReferenceReplica(id: Sample.replica(3))
    var reader = reader
    reader.apply(frame)
    // A replica that had operation 1 itself, from before it was superseded.
    let first = try Operation(
      dot: Dot(replica: writer.id, sequence: 1), stamp: Stamp(wallMilliseconds: Sample.now),
      register: Sample.register(0), value: .nothing)
    other.apply(Delta(operations: [first, held[0]], statement: nil))
    #expect(reader.knowledge == other.knowledge)
    #expect(reader.fingerprint != other.fingerprint, "so equal knowledge means nothing")
  }
}
