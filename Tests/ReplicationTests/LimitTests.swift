import Replication
import Testing

/// Each limit at one below, at it, and one above (Protocol, limits).
struct LimitTests {
  @Test func `a value has at most 4 MiB, its tag included`() throws {
    let limit = Limits.valueBytes
    for count in [limit - 1, limit] {
      let bytes = [UInt8](repeating: 0x61, count: count)
      #expect(try Value(canonical: [4] + bytes.dropFirst()).bytes.count == count)
      #expect(try Value.data(Array(bytes.dropFirst())).bytes.count == count)
      #expect(try Value.text(String(repeating: "a", count: count - 1)).bytes.count == count)
    }
    let tooLong = [UInt8](repeating: 5, count: limit + 1)
    #expect(throws: ReplicationError.valueLength(limit + 1)) { try Value(canonical: tooLong) }
    #expect(throws: ReplicationError.valueLength(limit + 1)) {
      try Value.data(Array(tooLong.dropFirst()))
    }
    #expect(throws: ReplicationError.valueLength(limit + 1)) {
      try Value.text(String(repeating: "a", count: limit))
    }
  }

  @Test func `a field name has 1 to 1,024 bytes`() throws {
    for count in [1, 2, Limits.fieldBytes - 1, Limits.fieldBytes] {
      #expect(try Field(bytes: [UInt8](repeating: 1, count: count)).bytes.count == count)
    }
    for count in [0, Limits.fieldBytes + 1] {
      #expect(throws: ReplicationError.fieldLength(count)) {
        try Field(bytes: [UInt8](repeating: 1, count: count))
      }
    }
    #expect(throws: ReplicationError.fieldLength(Limits.fieldBytes + 1)) {
      try Field("tag/", String(repeating: "x", count: Limits.fieldBytes - 3))
    }
  }

  @Test func `a sequence is between 1 and 2^63 - 1`() throws {
    for sequence in [1, 2, Limits.maximumSequence - 1, Limits.maximumSequence] {
      #expect(try Sample.operation(1, sequence).dot.sequence == sequence)
    }
    for sequence in [0, Limits.maximumSequence + 1, .max] {
      #expect(throws: ReplicationError.sequenceOutOfRange(sequence)) {
        try Sample.operation(1, sequence)
      }
    }
  }

  @Test func `a context names at most 16,384 replicas`() throws {
    for count in [Limits.replicas - 1, Limits.replicas] {
      #expect(
        try Sample.operation(1, context: context(count)).context?.entries.count == count)
    }
    #expect(throws: ReplicationError.contextTooLarge(Limits.replicas + 1)) {
      try Sample.operation(1, context: context(Limits.replicas + 1))
    }
  }

  @Test func `a context covers what came before its operation and not itself`() throws {
    #expect(try Sample.operation(1, 5, context: Sample.context((1, 4))).dot.sequence == 5)
    for sequence in [5, 6] as [UInt64] {
      #expect(throws: ReplicationError.contextCoversItself) {
        try Sample.operation(1, 5, context: Sample.context((1, sequence)))
      }
    }
  }

  private func context(_ count: Int) -> Context {
    Context(
      (0..<count).map {
        Context.Entry(replica: Sample.replica(UInt64($0) + 10), sequence: 1)
      })
  }
}
