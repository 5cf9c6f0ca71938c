import Coding
import LibraryStore
import Replication

/// What a bundle says of itself before its frames: who made it, what it holds, what it assumes.
///
/// ```
/// tag | length | bytes      ascending by tag; a reader passes over tags it does not know
/// ```
public struct BundleHeader: Sendable, Equatable {
  /// The library's public key.
  public var library: [UInt8]
  public var sender: PeerReport
  public var senderName: String
  /// Milliseconds since 1970 by the sender's wall clock; for people only.
  public var createdMilliseconds: Int64
  /// Its `known` is the sender's knowledge.
  public var statement: DeltaStatement
  /// The replica it was made for, where it was made for one.
  public var receiver: ReplicaID?
  public var includesBodies: Bool
  /// In this part.
  public var operationCount: Int
  public var bodyCount: Int
  /// Frames between the header and the trailer.
  public var frameCount: Int
  public var part: Part
  /// Names of an exchange's files that cannot be read there (Protocol 7.6).
  public var damaged: [DamagedName] = []

  /// Whether it claims nothing but what it carries, as a selection of articles does (Protocol 3.16).
  public var isSelection: Bool {
    sender.clock == .zero && statement.basis.isEmpty && statement.known == statement.carried
  }

  /// The name of a file of an exchange, by the first sixteen bytes of its SHA-256.
  public struct DamagedName: Sendable, Hashable, Comparable {
    public let bytes: [UInt8]

    package init(of name: String) {
      bytes = Array(ContentHash(of: Array(name.utf8)).bytes.prefix(16))
    }

    init(_ bytes: some Sequence<UInt8>) {
      self.bytes = Array(bytes)
    }

    public static func < (left: DamagedName, right: DamagedName) -> Bool {
      left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }

  /// Which of the files that carry one delta this is.
  public struct Part: Sendable, Equatable {
    public let number: Int
    public let count: Int

    package static let only = Part(number: 1, count: 1)
  }
}

extension BundleHeader {
  private enum Tag {
    static let library: UInt64 = 1
    static let sender: UInt64 = 2
    static let senderName: UInt64 = 3
    static let clock: UInt64 = 4
    static let created: UInt64 = 5
    static let statement: UInt64 = 6
    static let fingerprint: UInt64 = 7
    static let wanted: UInt64 = 8
    static let receiver: UInt64 = 9
    static let includesBodies: UInt64 = 10
    static let counts: UInt64 = 11
    static let part: UInt64 = 12
    static let damaged: UInt64 = 13
    static let keeping: UInt64 = 14
  }

  /// The header frame's payload.
  var payload: [UInt8] {
    var writer = ByteWriter()
    writer.field(Tag.library) { $0.append(library) }
    writer.field(Tag.sender) { $0.identifier(sender.replica.identifier) }
    writer.field(Tag.senderName) { $0.append(senderName.utf8) }
    writer.field(Tag.clock) { $0.number(sender.clock.rawValue) }
    writer.field(Tag.created) { $0.number(UInt64(max(0, createdMilliseconds))) }
    writer.field(Tag.statement) { statement.write(to: &$0) }
    writer.field(Tag.fingerprint) { $0.append(sender.fingerprint.digest.bytes) }
    if !sender.wanted.isEmpty {
      writer.field(Tag.wanted) { $0.append(sender.wanted.flatMap(\.bytes)) }
    }
    if let receiver { writer.field(Tag.receiver) { $0.identifier(receiver.identifier) } }
    writer.field(Tag.includesBodies) { $0.byte(includesBodies ? 1 : 0) }
    writer.field(Tag.counts) {
      for count in [operationCount, bodyCount, frameCount] { $0.number(count) }
    }
    writer.field(Tag.part) {
      $0.number(part.number)
      $0.number(part.count)
    }
    if !damaged.isEmpty {
      writer.field(Tag.damaged) { $0.append(damaged.flatMap(\.bytes)) }
    }
    if let keeping = sender.keeping, keeping != .implied(by: sender.wanted) {
      writer.field(Tag.keeping) { keeping.write(to: &$0) }
    }
    return writer.bytes
  }

  /// Throws `malformed` for a field that is missing or does not read.
  init(payload: [UInt8]) throws(BundleError) {
    do {
      self = try BundleHeader(fields: TaggedFields(payload))
    } catch let error as BundleError {
      throw error
    } catch {
      throw .malformed("the header does not read (\(error))")
    }
  }

  private init(fields: TaggedFields) throws {
    library = try fields.required(Tag.library, "the library")
    guard library.count == 32 else { throw BundleError.malformed("the library is not 32 bytes") }
    statement = try fields.read(Tag.statement, "the statement") {
      (reader: inout ByteReader) throws(CodingError) in try DeltaStatement(from: &reader)
    }
    sender = try BundleHeader.sender(fields, knowledge: statement.known)
    senderName = try fields.text(Tag.senderName, "the name", atMost: Limits.nameBytes)
    createdMilliseconds = Int64(clamping: try fields.number(Tag.created, "the time"))
    receiver = try fields.optionalIdentifier(Tag.receiver, "the receiver").map { ReplicaID($0) }
    includesBodies = try fields.flag(Tag.includesBodies, "the scope")
    let counts = try fields.numbers(Tag.counts, "the counts", 3)
    (operationCount, bodyCount, frameCount) = (counts[0], counts[1], counts[2])
    guard frameCount <= Limits.bundleFrames else {
      throw BundleError.malformed("it says to have more than \(Limits.bundleFrames) frames")
    }
    let numbers = try fields.numbers(Tag.part, "the part", 2)
    part = Part(number: numbers[0], count: numbers[1])
    guard part.number >= 1, part.number <= part.count else {
      throw BundleError.malformed("the part number is out of bounds")
    }
    damaged = try BundleHeader.damaged(fields)
  }

  private static func damaged(_ fields: TaggedFields) throws -> [DamagedName] {
    let bytes = fields[Tag.damaged] ?? []
    let names = stride(from: 0, to: bytes.count, by: 16).map {
      DamagedName(bytes[$0...].prefix(16))
    }
    guard bytes.count.isMultiple(of: 16), names.count <= Limits.damagedFiles,
      zip(names, names.dropFirst()).allSatisfy(<)
    else { throw BundleError.malformed("the damaged files do not read") }
    return names
  }

  private static func sender(
    _ fields: TaggedFields, knowledge: Knowledge
  ) throws -> PeerReport {
    let wanted = fields[Tag.wanted] ?? []
    guard let replica = Identifier(bytes: try fields.required(Tag.sender, "the sender")),
      let clock = Stamp(rawValue: try fields.number(Tag.clock, "the clock")),
      let digest = Digest128(bytes: try fields.required(Tag.fingerprint, "the fingerprint")),
      wanted.count.isMultiple(of: 32), wanted.count / 32 <= Limits.wantedBodies
    else { throw BundleError.malformed("the sender's report does not read") }
    let hashes = stride(from: 0, to: wanted.count, by: 32).compactMap {
      ContentHash(bytes: wanted[$0..<$0 + 32])
    }
    let keeping = try fields[Tag.keeping].map {
      try ByteReader.read($0) { (reader: inout ByteReader) throws(CodingError) in
        try TextKeeping(from: &reader)
      }
    }
    return PeerReport(
      replica: ReplicaID(replica), clock: clock, knowledge: knowledge,
      fingerprint: Fingerprint(digest), wanted: hashes,
      keeping: keeping ?? .implied(by: hashes))
  }
}
