import Coding
import Replication

extension Frame.Kind {
  /// Where no handshake carries the hello.
  package static let hello = Frame.Kind(number: 16)
  static let report = Frame.Kind(number: 17)
  static let delta = Frame.Kind(number: 18)
  static let received = Frame.Kind(number: 19)
  static let want = Frame.Kind(number: 20)
  static let done = Frame.Kind(number: 21)
  static let agreed = Frame.Kind(number: 22)
  static let pulse = Frame.Kind(number: 23)
  static let refusal = Frame.Kind(number: 24)
}

extension Message {
  /// Throws `malformed` for a message past the frame's limit, which only a hostile library makes.
  package func frame() throws(SessionError) -> Frame {
    if case .content(let frame) = self { return frame }
    do {
      return try Frame(kind, payload: payload)
    } catch {
      throw .malformed(error)
    }
  }

  private var kind: Frame.Kind {
    switch self {
    case .report: .report
    case .delta: .delta
    case .content(let frame): frame.kind
    case .received: .received
    case .want: .want
    case .done: .done
    case .agreed: .agreed
    case .pulse: .pulse
    case .refusal: .refusal
    }
  }

  /// The bytes the vectors pin.
  package var payload: [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .report(let report), .done(let report): report.write(to: &writer)
    case .delta(let announcement): announcement.write(to: &writer)
    case .received(let frames): writer.number(frames)
    case .want(let bodies):
      for body in bodies {
        writer.append(body.hash.bytes)
        writer.number(body.offset)
      }
    case .refusal(let refusal):
      writer.byte(refusal.reason.rawValue)
      writer.append(refusal.text.beginning(ofBytes: Limits.refusalBytes).utf8)
    case .content, .agreed, .pulse: break
    }
    return writer.bytes
  }

  /// Nil for a kind this version does not know, which is passed over. Throws `malformed`.
  package init?(_ frame: Frame) throws(SessionError) {
    do {
      guard let message = try Message.read(frame) else { return nil }
      self = message
    } catch {
      throw .malformed(error)
    }
  }

  private static func read(_ frame: Frame) throws(CodingError) -> Message? {
    switch frame.kind {
    case .operations, .bodies: return .content(frame)
    case .report: return .report(try read(frame, PeerReport.init(from:)))
    case .done: return .done(try read(frame, PeerReport.init(from:)))
    case .delta: return .delta(try read(frame, Announcement.init(from:)))
    case .received:
      return .received(
        frames: try read(frame) { (reader: inout ByteReader) throws(CodingError) in
          try reader.count31(of: "frames")
        })
    case .want: return .want(try read(frame, wantedBodies))
    case .agreed, .pulse:
      // What follows is of a later version.
      return frame.kind == .agreed ? .agreed : .pulse
    case .refusal: return .refusal(try refusal(frame.payload()))
    default: return nil
    }
  }

  private static func read<Result>(
    _ frame: Frame, _ body: (inout ByteReader) throws(CodingError) -> Result
  ) throws(CodingError) -> Result {
    try ByteReader.read(frame.payload(), body)
  }

  private static func wantedBodies(
    from reader: inout ByteReader
  ) throws(CodingError) -> [WantedBody] {
    var bodies: [WantedBody] = []
    while reader.remaining > 0 {
      guard bodies.count < Limits.sessionWantedBodies else {
        throw .tooLarge(
          what: "wanted bodies", count: UInt64(bodies.count + 1),
          limit: UInt64(Limits.sessionWantedBodies))
      }
      let position = reader.offset
      let hash = try reader.contentHash()
      if let last = bodies.last, last.hash >= hash {
        throw .outOfOrder(what: "wanted bodies", offset: position)
      }
      let offset = try reader.number()
      guard offset <= Limits.bodyBytes else {
        throw .tooLarge(what: "body bytes", count: offset, limit: UInt64(Limits.bodyBytes))
      }
      bodies.append(WantedBody(hash, from: Int(offset)))
    }
    return bodies
  }

  private static func refusal(_ payload: [UInt8]) throws(CodingError) -> Refusal {
    guard let reason = payload.first else { throw .endsEarly(offset: 0) }
    guard payload.count - 1 <= Limits.refusalBytes else {
      throw .tooLarge(
        what: "refusal bytes", count: UInt64(payload.count - 1),
        limit: UInt64(Limits.refusalBytes))
    }
    // For people only, so what is no UTF-8 is mended rather than refused.
    return Refusal(
      Refusal.Reason(rawValue: reason) ?? .failed,
      String(decoding: payload.dropFirst(), as: UTF8.self))
  }
}

extension PeerReport {
  /// Replica, clock, fingerprint, knowledge, the number of wanted bodies and their hashes; what it
  /// keeps, where that is not everything.
  func write(to writer: inout ByteWriter) {
    writeHead(to: &writer)
    knowledge.write(to: &writer)
    writer.number(wanted.count)
    writer.append(wanted.flatMap(\.bytes))
    if let keeping, keeping != .implied(by: wanted) { keeping.write(to: &writer) }
  }

  fileprivate func writeHead(to writer: inout ByteWriter) {
    writer.identifier(replica.identifier)
    writer.number(clock.rawValue)
    writer.append(fingerprint.digest.bytes)
  }

  fileprivate init(from reader: inout ByteReader) throws(CodingError) {
    let head = try Head(from: &reader)
    let knowledge = try Knowledge(from: &reader)
    let count = try reader.count(of: "wanted bodies", eachAtLeast: 32)
    guard count <= Limits.wantedBodies else {
      throw .tooLarge(
        what: "wanted bodies", count: UInt64(count), limit: UInt64(Limits.wantedBodies))
    }
    var wanted: [ContentHash] = []
    for _ in 0..<count {
      let offset = reader.offset
      let hash = try reader.contentHash()
      if let last = wanted.last, last >= hash {
        throw .outOfOrder(what: "wanted bodies", offset: offset)
      }
      wanted.append(hash)
    }
    let keeping =
      reader.remaining > 0 ? try TextKeeping(from: &reader) : .implied(by: wanted)
    self = head.report(knowledge: knowledge, wanted: wanted, keeping: keeping)
  }

  /// What stands before the knowledge.
  fileprivate struct Head {
    let replica: ReplicaID
    let clock: Stamp
    let fingerprint: Fingerprint

    init(from reader: inout ByteReader) throws(CodingError) {
      replica = ReplicaID(try reader.identifier())
      let raw = try reader.number()
      guard let clock = Stamp(rawValue: raw) else {
        throw .tooLarge(what: "stamp", count: raw, limit: Stamp.maximum.rawValue)
      }
      self.clock = clock
      let offset = reader.offset
      guard let digest = Digest128(bytes: try reader.array(16)) else {
        throw .endsEarly(offset: offset)
      }
      fingerprint = Fingerprint(digest)
    }

    func report(
      knowledge: Knowledge, wanted: [ContentHash], keeping: TextKeeping?
    ) -> PeerReport {
      PeerReport(
        replica: replica, clock: clock, knowledge: knowledge, fingerprint: fingerprint,
        wanted: wanted, keeping: keeping)
    }
  }
}

extension Announcement {
  /// Operations, bodies, frames, bytes; whether a claim follows; its head and statement.
  fileprivate func write(to writer: inout ByteWriter) {
    for count in [operationCount, bodyCount, frameCount, byteCount] { writer.number(count) }
    writer.byte(claim == nil ? 0 : 1)
    guard let claim else { return }
    claim.sender.writeHead(to: &writer)
    claim.statement.write(to: &writer)
  }

  fileprivate init(from reader: inout ByteReader) throws(CodingError) {
    operationCount = try reader.count31(of: "operations")
    bodyCount = try reader.count31(of: "bodies")
    frameCount = try reader.count31(of: "frames")
    byteCount = Int(clamping: try reader.number())
    let offset = reader.offset
    switch try reader.byte() {
    case 0: claim = nil
    case 1:
      let head = try PeerReport.Head(from: &reader)
      let statement = try DeltaStatement(from: &reader)
      claim = Claim(
        sender: head.report(knowledge: statement.known, wanted: [], keeping: nil),
        statement: statement)
    default: throw .outOfOrder(what: "claims", offset: offset)
    }
  }
}

extension ByteReader {
  /// A count below 2^31, which is never a size to allocate.
  fileprivate mutating func count31(of what: String) throws(CodingError) -> Int {
    let number = try number()
    guard number < 1 << 31 else { throw .tooLarge(what: what, count: number, limit: 1 << 31 - 1) }
    return Int(number)
  }
}
