import Replication
import TestSupport
import Testing

/// The digest of a library's state (Protocol 1.9).
struct FingerprintTests {
  struct Vector: Decodable {
    let name: String
    let operations: [VectorOperation]
    let value: String
  }

  @Test func `fingerprints are those of the vectors`() throws {
    for vector: Vector in try VectorFile.cases(in: "fingerprint") {
      var replica = ReferenceReplica(id: Sample.replica(1))
      let operations = try vector.operations.map { try $0.operation() }
      replica.apply(Delta(operations: operations.reversed(), statement: nil))
      #expect(replica.fingerprint.description == vector.value, "\(vector.name)")
    }
  }

  @Test func `adding and taking away in any order come back to nothing`() throws {
    for seed in Laws.samples {
      var generator = SeededGenerator(seed: seed)
      let digests = try AdversarialOperations.list(count: 8, using: &generator).map {
        OperationDigest.of($0, as: .sibling)
      }
      var fingerprint = Fingerprint.empty
      for digest in digests { fingerprint.add(digest) }
      var other = Fingerprint.empty
      for digest in digests.shuffled(using: &generator) { other.add(digest) }
      #expect(fingerprint == other, "seed \(seed)")
      for digest in digests.shuffled(using: &generator) { fingerprint.subtract(digest) }
      #expect(fingerprint == .empty, "seed \(seed)")
    }
  }

  @Test func `a difference in any part gives another digest`() throws {
    let operation = try Sample.operation(1, 1, stamp: 1, value: .flag(true))
    let others = [
      try Sample.operation(2, 1, stamp: 1, value: .flag(true)),
      try Sample.operation(1, 2, stamp: 1, value: .flag(true)),
      try Sample.operation(1, 1, stamp: 2, value: .flag(true)),
      try Sample.operation(1, 1, stamp: 1, value: .flag(false)),
      try Operation(
        dot: operation.dot, stamp: operation.stamp, register: Sample.register(1),
        value: operation.value),
      try Operation(
        dot: operation.dot, stamp: operation.stamp, register: Sample.register(2),
        value: operation.value),
    ]
    let digests = ([operation] + others).map { OperationDigest.of($0, as: .winner) }
    #expect(Set(digests).count == digests.count)
    #expect(OperationDigest.of(operation, as: .sibling) != digests[0])
  }

  @Test func `of siblings the context counts as well`() throws {
    let contexts = [Context.empty, Sample.context((2, 1)), Sample.context((2, 2))]
    let digests = try contexts.map {
      OperationDigest.of(try Sample.operation(context: $0), as: .sibling)
    }
    #expect(Set(digests).count == 3)
  }

  @Test func `a digest's bytes are read back`() {
    let digest = Digest128(low: 0x0123_4567_89ab_cdef, high: 0x1122_3344_5566_7788)
    #expect(Hexadecimal.text(of: digest.bytes) == "efcdab89674523018877665544332211")
    #expect(Digest128(bytes: digest.bytes) == digest)
    #expect(Fingerprint(digest).description == "11223344556677880123456789abcdef")
  }
}
