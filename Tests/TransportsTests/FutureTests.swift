import Articles
import Coding
import Files
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

extension DeadlineTests {
  /// What a later version writes and this one does not know is stored, hashed and passed on by every
  /// way there is, to the byte (Protocol 1.3, and "Versions" in `Protocol/README.md`).
  struct FutureTests {
    private static let author = ReplicaID(Identifier(high: 7, low: 7))

    @Test func `what only a later version knows comes through this one as it was`() async throws {
      let fixture = try BundleFixture()
      let written = try FutureTests.operations()
      // A replica that is older than its bundle, at every step of the way.
      let one = try fixture.replica(1)
      let result = try await fixture.merge(try FutureTests.bundle(of: written, fixture), into: one)
      #expect(result.operations.new == written.count)
      #expect(result.missing.isEmpty)
      let two = try fixture.replica(2)
      let packed = try await fixture.pack(one, "on.satchel", isOpen: false).paths
      _ = try await fixture.merge(packed[0], into: two)
      let three = try fixture.replica(3)
      _ = try await fixture.synchronize(two)
      _ = try await fixture.synchronize(three)
      let four = try fixture.replica(4)
      try await fixture.session(four, three)

      for (number, store) in [one, two, three, four].enumerated() {
        // Nothing of it gets in the way of what this version knows, or is lost with the superseded.
        let id = fixture.article(1, 1)
        try await store.write([id.mark(.read), id.note("here \(number)")], now: BundleFixture.now)
        _ = try await store.compact(now: BundleFixture.now)
        let file = try await fixture.pack(store, "all-\(number).satchel").paths[0]
        let found = try FutureTests.operations(in: file).filter {
          $0.dot.replica == FutureTests.author
        }
        #expect(found == written, "replica \(number + 1)")
        #expect(try await store.check(deep: true, repair: false).damage == [])
      }
    }

    @Test func `what is made again from the log has it all`() async throws {
      let fixture = try BundleFixture()
      let one = try fixture.replica(1)
      _ = try await fixture.merge(
        try FutureTests.bundle(of: FutureTests.operations(), fixture), into: one)
      let before = try await one.report().fingerprint
      #expect(before != .empty)
      _ = try await one.check(deep: true, repair: true)
      #expect(try await one.report().fingerprint == before)
    }
  }
}

extension DeadlineTests.FutureTests {
  /// None of them supersedes another: kinds, fields and tags of values that have no meaning yet, on
  /// things that have one and on others, with contexts and without.
  private static func operations() throws -> [Operation] {
    let kinds: [UInt32] = [1, 2, 3, 4, 5, 15, 16, 0, .max]
    let fields = [
      try Field(bytes: Array("mood".utf8)), try Field(bytes: [0xff, 0, 0x80]),
      try Field(bytes: [UInt8](repeating: 0x7a, count: Limits.fieldBytes)),
    ]
    let values = [
      try Value(canonical: [6]), try Value(canonical: [255] + SeededGenerator.bytes(300, seed: 1)),
      try .text("known"), .integer(.min),
    ]
    var operations: [Operation] = []
    func add(_ register: RegisterID, _ value: Value, _ context: Context? = nil) throws {
      let sequence = UInt64(operations.count + 1)
      operations.append(
        try Operation(
          dot: Dot(replica: author, sequence: sequence),
          stamp: Stamp(wallMilliseconds: BundleFixture.now - 1_000 + Int64(sequence)),
          register: register, value: value, context: context))
    }
    for (number, kind) in kinds.enumerated() {
      let entity = EntityID(kind: EntityKind(number: kind), key: Identifier(high: 1, low: 1))
      for (place, field) in fields.enumerated() {
        let value = values[(number + place) % values.count]
        try add(RegisterID(entity, field), value)
        // An author's two texts, of which neither knew the other; of a field that is nobody's yet.
        let text = RegisterID(entity, try Field(bytes: field.bytes.dropLast() + [0x21]))
        try add(text, value, .empty)
        try add(text, values[(number + place + 1) % values.count], .empty)
      }
      // What this version knows as a text, a hash or a flag, and a later one as something else.
      for field in [ArticleField.title, ArticleField.body, ArticleField.deleted] {
        try add(RegisterID(entity, field), values[number % 2])
      }
    }
    return operations
  }

  /// As a later version may write them: with frames among them that mean nothing here.
  private static func bundle(
    of operations: [Operation], _ fixture: BundleFixture
  ) throws -> FilePath {
    let range = 1...UInt64(operations.count)
    let known = Knowledge([author: SequenceSet(range)])
    var replica = ReferenceReplica(id: author)
    replica.apply(Delta(operations: operations, statement: nil))
    let frames = [
      try Frame(Frame.Kind(number: 5), payload: SeededGenerator.bytes(100, seed: 2)),
      try OperationBlock.frame(of: operations, replica: author, range: range),
      try Frame(Frame.Kind(number: 255), payload: []),
    ]
    let header = BundleHeader(
      library: fixture.secret.libraryKey.bytes,
      sender: PeerReport(
        replica: author, clock: Stamp(wallMilliseconds: BundleFixture.now), knowledge: known,
        fingerprint: replica.fingerprint, wanted: []),
      senderName: "later", createdMilliseconds: BundleFixture.now,
      statement: DeltaStatement(basis: Knowledge(), carried: known, known: known), receiver: nil,
      includesBodies: true, operationCount: operations.count, bodyCount: 0,
      frameCount: frames.count, part: .only)
    let writer = try BundleWriter(
      .path(fixture.path("later.satchel")), header: header, secret: fixture.secret, isOpen: true,
      using: .system)
    for frame in frames { try writer.append(frame) }
    return try writer.finish().path
  }

  /// Those of a bundle, in the order of their sequences.
  private static func operations(in path: FilePath) throws -> [Operation] {
    let reader = try BundleReader(path, secret: nil)
    var operations: [Operation] = []
    while let frame = try reader.next() {
      guard frame.kind == .operations else { continue }
      operations += try OperationBlock(payload: frame.payload()).operations()
    }
    return operations.sorted { $0.dot < $1.dot }
  }
}
