import Articles
import Coding
import LibraryStore
import Replication
import Sealing
import SyncSession
import TestSupport

@testable import Satchel
@testable import Transports

/// One side of a session over a simulated line: does what the session says next with a real store, one
/// thing at a time, when it is told to.
struct LineEnd {
  private(set) var session: Session
  private(set) var result = SessionResult()
  /// What ended it early.
  private(set) var failure: (any Error)?
  private let store: ReplicaStore
  private let now: @Sendable () -> Int64
  private let losesTags: Bool
  private var jobs: [Session.Step] = []
  private var outbox = Outbox()
  private(set) var hasOutput = false
  private var batch = ContentBatch()
  private var committedFrames = 0
  /// As it came, and what of it was opened.
  private var received: [UInt8] = []
  private var opened: [UInt8] = []
  private var ciphers: (send: NoiseCipher, receive: NoiseCipher)?

  init(_ host: SessionHost, _ session: Session, _ weather: SimulatedLine.Weather) {
    self.session = session
    (store, now) = (host.store, host.now)
    losesTags = weather.fault == .losesTags
  }

  var hasWork: Bool { failure == nil && !jobs.isEmpty }
  var hasBatch: Bool { failure == nil && batch.frameCount > 0 }
  /// Whether it came to its end.
  var isOver: Bool { result.outcome != nil }
  /// Whether it says nothing any more but what lies ready.
  var isDone: Bool { isOver || failure != nil }
  /// Whether the end of the line would tell it something.
  var isListening: Bool { !session.isOver && failure == nil }

  /// The two messages of the handshake, in which the hellos are.
  static func shakeHands(
    _ ends: inout [LineEnd], _ key: [UInt8], using generator: inout SeededGenerator
  ) throws {
    var initiator = NoiseHandshake(
      role: .initiator, presharedKey: key, prologue: SessionHost.prologue, using: &generator)
    var responder = NoiseHandshake(
      role: .responder, presharedKey: key, prologue: SessionHost.prologue, using: &generator)
    _ = try responder.readMessage(
      try initiator.writeMessage(payload: ends[0].session.hello.bytes))
    _ = try initiator.readMessage(
      try responder.writeMessage(payload: ends[1].session.hello.bytes))
    ends[0].ciphers = initiator.split()
    ends[1].ciphers = responder.split()
  }
}

// Hearing.
extension LineEnd {
  mutating func receive(_ hello: Hello) {
    hear { end in end.jobs += try end.session.receive(hello) }
  }

  mutating func receive(_ bytes: ArraySlice<UInt8>) {
    guard isListening else { return }
    received += bytes
    hear { end in
      try end.open()
      while !end.session.isOver, let frame = try end.nextFrame() {
        guard let message = try Message(frame) else { continue }
        end.jobs += try end.session.receive(message)
      }
    }
  }

  /// The line has nothing more.
  mutating func hearEnd() { hear { _ in throw ConnectionError.closed } }

  private mutating func hear(_ body: (inout LineEnd) throws -> Void) {
    do {
      try body(&self)
    } catch {
      fail(error)
    }
  }

  private mutating func open() throws {
    guard ciphers != nil else {
      opened += received
      received = []
      return
    }
    while received.count >= 2 {
      let length = Int(received[0]) << 8 | Int(received[1])
      guard received.count >= 2 + length else { return }
      do {
        opened += try ciphers?.receive.open(Array(received[2..<2 + length])) ?? []
      } catch {
        throw ConnectionError.damaged
      }
      received.removeFirst(2 + length)
    }
  }

  private mutating func nextFrame() throws -> Frame? {
    do {
      guard opened.count >= Frame.headerLength else { return nil }
      let header = try FrameHeader(Array(opened.prefix(Frame.headerLength)))
      let length = Frame.headerLength + header.storedLength
      guard opened.count >= length else { return nil }
      let frame = try header.frame(stored: Array(opened[Frame.headerLength..<length]))
      opened.removeFirst(length)
      return frame
    } catch {
      throw error == .checksumDiffers ? ConnectionError.damaged : .malformed(error)
    }
  }

  /// The first failure ends it, and the other side is told why where it is not the one that knows.
  private mutating func fail(_ error: any Error) {
    guard failure == nil, !session.isOver || error is StoreError else { return }
    failure = error
    jobs = []
    outbox.abandon()
    if let refusal = Refusal(over: error), let frame = try? Message.refusal(refusal).frame() {
      outbox.append(frame)
    }
    hasOutput = true
  }
}

// Doing.
extension LineEnd {
  /// Does the next thing that the session says.
  mutating func work() async throws {
    guard !jobs.isEmpty else { return }
    do {
      try await perform(jobs.removeFirst())
    } catch let error as Violation {
      throw error
    } catch {
      fail(error)
    }
  }

  private mutating func perform(_ step: Session.Step) async throws {
    switch step {
    case .send(let message): say(try message.frame())
    case .meet(let report): _ = try await store.conclude(nil, from: report, now: now())
    case .stream(let selection, let longest): try await stream(selection, longest)
    case .apply(let frame): try apply(frame)
    case .conclude(let claim, let last, let limit):
      try await conclude(claim, missingAfter: last, atMost: limit)
    case .finish(let outcome): try await finish(outcome)
    }
  }

  private mutating func say(_ frame: Frame) {
    outbox.append(frame)
    hasOutput = true
  }

  private mutating func stream(_ selection: DeltaSelection, _ longest: LongestFrame) async throws {
    let snapshot = try store.snapshot(selection, longestFrame: longest.bytes)
    let announcement = Announcement(snapshot.plan, claims: selection.hasClaim)
    result.sent.operationCount += announcement.operationCount
    for case .send(let message) in session.planned(announcement) { say(try message.frame()) }
    outbox.append(snapshot)
  }

  private mutating func apply(_ frame: Frame) throws {
    do throws(DecodedFrame.Fault) {
      let decoded = try DecodedFrame(frame)
      batch.append(losesTags && decoded.carriesTags ? .other(frame) : decoded)
    } catch {
      switch error {
      case .unreadable(let error): throw ConnectionError.malformed(error)
      case .otherBody: throw ConnectionError.damaged
      }
    }
  }

  /// Commits what has come, as a driver may at any time.
  mutating func commit() async throws {
    guard batch.frameCount > 0 else { return }
    committedFrames += batch.frameCount
    result.received.add(try await store.merge(batch, now: now()))
    batch = ContentBatch()
    // What is said of it precedes whatever is still to be done.
    if failure == nil { jobs = session.committed(frames: committedFrames) + jobs }
  }

  private mutating func conclude(
    _ claim: Announcement.Claim?, missingAfter last: ContentHash?, atMost limit: Int
  ) async throws {
    try await commit()
    // Said before the conclusion, as all else is in its order.
    while case .send(let message)? = jobs.first {
      say(try message.frame())
      jobs.removeFirst()
    }
    committedFrames = 0
    if let claim {
      let known = claim.statement.known
      let statement =
        losesTags
        ? DeltaStatement(basis: Knowledge(), carried: Knowledge(), known: known) : claim.statement
      _ = try await store.conclude(statement, from: claim.sender, now: now())
    }
    jobs += session.concluded(
      try await store.report(),
      missing: try await store.wantedBodies(after: last, atMost: limit))
  }

  private mutating func finish(_ outcome: Session.Outcome) async throws {
    result.outcome = outcome
    outbox.finish()
    hasOutput = true
    if try await store.conclude(nil, from: outcome.peer, now: now()).diverged {
      result.received.diverged.insert(outcome.peer.replica)
      await store.tellDivergence(from: outcome.peer.replica)
    }
    try await store.settleKeeping(now: now())
  }

  /// Keeps what came whole, whatever came after it.
  mutating func finish() async throws {
    if !isOver, failure == nil { fail(ConnectionError.closed) }
    try await commit()
    if result.received.operations.new > 0 { try await store.checkpoint() }
  }

  /// What it writes next; nil where nothing lies ready.
  mutating func nextBytes() async throws -> [UInt8]? {
    while true {
      switch outbox.next() {
      case .message(let frame): return sealed(frame.header + frame.stored)
      case .snapshot(let snapshot):
        if let frame = try await snapshot.nextFrame() {
          return sealed(frame.header + frame.stored)
        }
        outbox.dropSnapshot()
      case .wait, .end:
        hasOutput = false
        return nil
      }
    }
  }

  private mutating func sealed(_ bytes: [UInt8]) -> [UInt8] {
    guard ciphers != nil else { return bytes }
    var records: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: LineEnd.recordLength) {
      let part = bytes[start..<min(start + LineEnd.recordLength, bytes.count)]
      let length = part.count + NoiseCipher.overhead
      records += [UInt8(length >> 8), UInt8(truncatingIfNeeded: length)]
      ciphers?.send.seal(part, into: &records)
    }
    return records
  }

  private static let recordLength = 32 << 10
}

extension DecodedFrame {
  /// Whether any of its operations sets a tag.
  fileprivate var carriesTags: Bool {
    guard case .operations(_, let block) = self, let operations = try? block.operations() else {
      return false
    }
    return operations.contains { $0.register.field.element(after: ArticleField.tagPrefix) != nil }
  }
}
