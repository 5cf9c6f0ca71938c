import Coding
import Replication

/// The first thing each side says: over TCP inside the handshake, elsewhere in a frame.
///
/// ```
/// 0         1       2       3         19      27       43              47
/// | version | minimum | flags | replica | clock | digest | longest frame | what later versions add
/// ```
package struct Hello: Sendable, Equatable {
  package let versions: SessionVersions
  package let flags: Flags
  package let replica: ReplicaID
  /// The replica's own clock.
  package let clock: Stamp
  /// Two replicas with equal digests have nothing to tell each other.
  package let digest: [UInt8]
  /// What frames of content should be cut to.
  package let longestFrame: LongestFrame

  /// What a side is ready to do.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// It sends what the other lacks.
    package static let gives = Flags(rawValue: 1)
    /// It takes what it lacks itself.
    package static let takes = Flags(rawValue: 2)
    /// It lacks more bodies than the digest covers.
    package static let wantsMore = Flags(rawValue: 4)
  }

  static let length = 47

  package init(
    _ report: PeerReport, gives: Bool = true, takes: Bool = true,
    versions: SessionVersions = .current, longestFrame: LongestFrame = .maximum
  ) {
    var flags: Flags = []
    if gives { flags.insert(.gives) }
    if takes { flags.insert(.takes) }
    if report.wanted.count >= Limits.wantedBodies { flags.insert(.wantsMore) }
    self.versions = versions
    self.flags = flags
    replica = report.replica
    clock = report.clock
    digest = report.digest
    self.longestFrame = longestFrame
  }

  /// Whether there is nothing to exchange.
  func agrees(with other: Hello) -> Bool {
    digest == other.digest && !flags.contains(.wantsMore) && !other.flags.contains(.wantsMore)
  }
}

extension Hello {
  package var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.byte(versions.version)
    writer.byte(versions.minimum)
    writer.byte(flags.rawValue)
    writer.identifier(replica.identifier)
    writer.word32(UInt32(clock.rawValue >> 32))
    writer.word32(UInt32(truncatingIfNeeded: clock.rawValue))
    writer.append(digest)
    writer.word32(UInt32(longestFrame.bytes))
    return writer.bytes
  }

  /// Throws `malformed`. What follows the longest frame is of a later version and passed over.
  package init(bytes: [UInt8]) throws(SessionError) {
    guard bytes.count <= Limits.helloBytes else {
      throw .malformed(
        .tooLarge(
          what: "hello bytes", count: UInt64(bytes.count), limit: UInt64(Limits.helloBytes)))
    }
    do {
      self = try Hello(prefix: Array(bytes.prefix(Hello.length)))
    } catch {
      throw .malformed(error)
    }
  }

  private init(prefix: [UInt8]) throws(CodingError) {
    self = try ByteReader.read(prefix) { (reader: inout ByteReader) throws(CodingError) in
      let (version, minimum) = (try reader.byte(), try reader.byte())
      guard minimum <= version else { throw .outOfOrder(what: "versions", offset: 1) }
      return try Hello(
        versions: SessionVersions(version: version, minimum: minimum),
        flags: Flags(rawValue: reader.byte()),
        replica: ReplicaID(reader.identifier()), clock: reader.fixedStamp(),
        digest: reader.array(16), longestFrame: LongestFrame(Int(reader.word32())))
    }
  }

  private init(
    versions: SessionVersions, flags: Flags, replica: ReplicaID, clock: Stamp, digest: [UInt8],
    longestFrame: LongestFrame
  ) {
    self.versions = versions
    self.flags = flags
    self.replica = replica
    self.clock = clock
    self.digest = digest
    self.longestFrame = longestFrame
  }
}

extension ByteReader {
  /// A stamp of eight bytes, the most significant first.
  fileprivate mutating func fixedStamp() throws(CodingError) -> Stamp {
    let raw = UInt64(try word32()) << 32 | UInt64(try word32())
    guard let stamp = Stamp(rawValue: raw) else {
      throw .tooLarge(what: "stamp", count: raw, limit: Stamp.maximum.rawValue)
    }
    return stamp
  }
}
