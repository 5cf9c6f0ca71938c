import Coding
import Replication
import SyncSession
import TestSupport

/// A replica in memory that holds a session: does what the session's steps say, one at a time, when
/// it is asked to.
struct Talker {
  var replica: ReferenceReplica
  /// The bodies that are here.
  var bodies: Set<ContentHash> = []
  /// The bytes of those that have some; the others are sent as any four.
  var contents: [ContentHash: [UInt8]] = [:]
  /// The operation by which it ceased to keep every text.
  var ceased: UInt64?
  /// The bodies that are not here by its own choice.
  var leftOut: Set<ContentHash> = []
  private(set) var session: Session
  /// What the session said to do and was not done yet.
  private(set) var jobs: [Session.Step] = []
  private(set) var outcome: Session.Outcome?
  /// Frames that were sent to it and are not committed.
  private var batch: [Frame] = []
  private var committed = 0

  init(
    _ replica: ReferenceReplica, bodies: Set<ContentHash> = [], _ role: Session.Role = .initiator
  ) {
    self.replica = replica
    self.bodies = bodies
    session = Session(role, report: Talker.report(of: replica, wanting: []))
  }

  /// Begins another session with what is here now.
  mutating func begin(
    _ role: Session.Role, gives: Bool = true, takes: Bool = true,
    versions: SessionVersions = .current, longestFrame: LongestFrame = .maximum
  ) {
    session = Session(
      role, report: report, gives: gives, takes: takes, versions: versions,
      longestFrame: longestFrame)
    (jobs, outcome, batch, committed) = ([], nil, [], 0)
  }

  var report: PeerReport { Talker.report(of: replica, wanting: missing, ceased: ceased) }

  var missing: [ContentHash] {
    Talker.named(in: replica.registers.values.map(\.winner))
      .filter { !bodies.contains($0) && !leftOut.contains($0) }
  }

  mutating func receive(_ hello: Hello) throws { jobs += try session.receive(hello) }
  mutating func receive(_ message: Message) throws { jobs += try session.receive(message) }

  /// Does the next thing; returns what it says to the other. `frameLimit` is how many operations go
  /// into a frame.
  mutating func work(frameLimit: Int) throws -> [Message] {
    guard !jobs.isEmpty else { return [] }
    switch jobs.removeFirst() {
    case .send(let message): return [message]
    case .meet: return []
    case .stream(let selection, _): return try stream(selection, frameLimit: frameLimit)
    case .apply(let frame): batch.append(frame)
    case .conclude(let claim, let last, let limit):
      try conclude(claim, missingAfter: last, atMost: limit)
    case .finish(let outcome): self.outcome = outcome
    }
    return []
  }

  /// Commits what has come so far, as a driver may at any time.
  mutating func commit() throws {
    guard !batch.isEmpty else { return }
    for frame in batch { try apply(frame) }
    committed += batch.count
    batch = []
    // What is said of it precedes whatever is still to be done.
    jobs = session.committed(frames: committed) + jobs
  }

  private mutating func conclude(
    _ claim: Announcement.Claim?, missingAfter last: ContentHash?, atMost limit: Int
  ) throws {
    try commit()
    committed = 0
    if let claim { replica.apply(Delta(operations: [], statement: claim.statement)) }
    let lacking = missing.drop { hash in last.map { hash <= $0 } ?? false }
    jobs += session.concluded(
      report, missing: lacking.prefix(limit).map { WantedBody($0) })
  }

  private mutating func apply(_ frame: Frame) throws {
    switch frame.kind {
    case .operations:
      let operations = try OperationBlock(payload: frame.payload()).operations()
      replica.apply(Delta(operations: operations, statement: nil))
    default:
      for entry in try BodyChunk(payload: frame.payload()).entries { bodies.insert(entry.hash) }
    }
  }

  /// One frame for each body.
  private func frames(of hashes: [ContentHash]) throws -> [Frame] {
    try hashes.map { hash in
      let bytes = contents[hash] ?? [0, 1, 2, 3]
      var builder = BodyChunkBuilder()
      builder.append(bytes[...], of: hash, bodyLength: bytes.count, offset: 0)
      return try Frame(.bodies, payload: builder.payload)
    }
  }

  private mutating func stream(
    _ selection: DeltaSelection, frameLimit: Int
  ) throws -> [Message] {
    let frames: [Frame]
    var claim: Announcement.Claim?
    switch selection {
    case .delta(let basis, let withBodies):
      let delta = replica.delta(since: basis)
      let named = Talker.named(in: delta.operations)
      frames =
        try Talker.frames(of: delta.operations, frameLimit)
        + self.frames(of: withBodies ? named.filter(bodies.contains) : [])
      claim = delta.statement.map { Announcement.Claim(sender: report, statement: $0) }
    case .everything:
      let delta = replica.delta(since: Knowledge())
      frames = try Talker.frames(of: delta.operations, frameLimit)
      claim = delta.statement.map { Announcement.Claim(sender: report, statement: $0) }
    case .bodies(let wanted):
      frames = try self.frames(of: wanted.map(\.hash).filter(bodies.contains))
    }
    let announcement = Announcement(
      claim: claim, operationCount: Int(claim?.statement.carried.count ?? 0),
      bodyCount: frames.count { $0.kind == .bodies }, frameCount: frames.count,
      byteCount: frames.reduce(0) { $0 + Frame.headerLength + $1.inflatedLength })
    guard case .send(let announced)? = session.planned(announcement).first else { return [] }
    return [announced] + frames.map { .content($0) }
  }
}

extension Talker {
  private static func frames(of operations: [Operation], _ limit: Int) throws -> [Frame] {
    try Dictionary(grouping: operations, by: \.dot.replica).sorted { $0.key < $1.key }
      .flatMap { replica, operations in
        try stride(from: 0, to: operations.count, by: limit).map { start in
          let part = Array(operations[start..<min(start + limit, operations.count)])
          return try OperationBlock.frame(
            of: part, replica: replica,
            range: part[0].dot.sequence...part[part.count - 1].dot.sequence)
        }
      }
  }

  private static func report(
    of replica: ReferenceReplica, wanting missing: [ContentHash], ceased: UInt64? = nil
  ) -> PeerReport {
    PeerReport(
      replica: replica.id, clock: replica.clock.last, knowledge: replica.knowledge,
      fingerprint: replica.fingerprint, wanted: Array(missing.prefix(Limits.wantedBodies)),
      keeping: TextKeeping(wantsAll: missing.count < Limits.wantedBodies, ceased: ceased))
  }

  private static func named(in operations: [Operation]) -> [ContentHash] {
    Set(operations.compactMap { $0.value.data.flatMap { ContentHash(bytes: $0) } }).sorted()
  }
}
