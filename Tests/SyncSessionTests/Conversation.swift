import Coding
import Replication
import SyncSession
import TestSupport

/// A case of `Protocol/vectors/conversations.json`: all that two replicas say to one another over
/// pipes (8.10), each message once and in the order in which it was said.
struct Conversation: Codable, Equatable {
  let name: String
  let library: String
  /// Begins.
  let a: Side
  let b: Side
  let messages: [Said]
  let value: [String: Outcome]

  /// A replica before the conversation.
  struct Side: Codable, Equatable {
    let replica: String
    /// Its own clock, sixteen digits.
    let clock: String
    let known: [String]
    let operations: [VectorOperation]
    /// The bytes of the bodies that are here.
    let bodies: [String]
    /// The operation by which it ceased to keep every text; nil where it keeps all.
    let ceased: UInt64?
    /// The bodies that it chose not to have; nil for none.
    let leftOut: [String]?
    /// Everything it says, as one stream of frames with nothing deflated.
    let says: String
  }

  struct Said: Codable, Equatable {
    let from: String
    let kind: UInt8
    let payload: String
  }

  /// The same replica afterwards.
  struct Outcome: Codable, Equatable {
    let known: [String]
    let fingerprint: String
    let lacks: [String]
    let agreed: Bool
    let audited: Bool
  }
}

/// Holds a conversation and writes down what is said. Each side does all it has to do before the
/// other goes on, so that the same replicas always say the same.
struct Recorder {
  private var talkers: [String: Talker]
  private var messages: [Conversation.Said] = []
  private static let library = [UInt8](repeating: 0x77, count: 32)

  init(_ a: Talker, _ b: Talker) {
    talkers = ["a": a, "b": b]
  }

  mutating func record(_ name: String) throws -> Conversation {
    let before = talkers
    talkers["a"]?.begin(.initiator)
    talkers["b"]?.begin(.responder)
    let hellos = talkers.mapValues(\.session.hello.bytes)
    for side in ["a", "b"] {
      note(side, .hello, Recorder.library + (hellos[side] ?? []))
    }
    for (side, other) in [("b", "a"), ("a", "b")] {
      try talkers[side]?.receive(Hello(bytes: hellos[other] ?? []))
    }
    for _ in 0..<50 where talkers.values.contains(where: { $0.outcome == nil }) {
      for (side, other) in [("a", "b"), ("b", "a")] { try act(side, other) }
    }
    return Conversation(
      name: name, library: Hexadecimal.text(of: Recorder.library),
      a: try side("a", before), b: try side("b", before), messages: messages,
      value: talkers.compactMapValues(Recorder.outcome))
  }

  private mutating func act(_ side: String, _ other: String) throws {
    while talkers[side]?.jobs.isEmpty == false {
      for message in try talkers[side]?.work(frameLimit: 1_000) ?? [] {
        let frame = try message.frame()
        note(side, frame.kind, try frame.payload())
        if let heard = try Message(frame) { try talkers[other]?.receive(heard) }
      }
    }
  }

  private mutating func note(_ side: String, _ kind: Frame.Kind, _ payload: [UInt8]) {
    messages.append(
      Conversation.Said(
        from: side, kind: kind.number, payload: Hexadecimal.text(of: payload)))
  }

  private func side(_ name: String, _ before: [String: Talker]) throws -> Conversation.Side {
    guard let talker = before[name] else { throw Unknown.side(name) }
    let stream = try messages.filter { $0.from == name }.flatMap {
      let frame = try $0.frame
      return frame.header + frame.stored
    }
    let digits = String(talker.report.clock.rawValue, radix: 16)
    return Conversation.Side(
      replica: "\(talker.report.replica)",
      clock: String(repeating: "0", count: 16 - digits.count) + digits,
      known: talker.replica.knowledge.lines,
      operations: talker.replica.held.sorted { $0.dot < $1.dot }.map(VectorOperation.init),
      bodies: talker.bodies.sorted().map { Hexadecimal.text(of: talker.contents[$0] ?? []) },
      ceased: talker.ceased,
      leftOut: talker.leftOut.isEmpty ? nil : talker.leftOut.sorted().map(\.description),
      says: Hexadecimal.text(of: stream))
  }

  private static func outcome(of talker: Talker) -> Conversation.Outcome? {
    talker.outcome.map {
      Conversation.Outcome(
        known: talker.replica.knowledge.lines,
        fingerprint: talker.replica.fingerprint.description,
        lacks: talker.missing.map(\.description), agreed: $0.agreed, audited: $0.audited)
    }
  }

  private enum Unknown: Error {
    case side(String)
  }
}

extension Conversation.Said {
  /// The message as a frame that is not deflated.
  var frame: Frame {
    get throws {
      let bytes = Hexadecimal.bytes(of: payload) ?? []
      return try Frame(
        kind: Frame.Kind(number: kind), isDeflated: false, inflatedLength: bytes.count,
        stored: bytes)
    }
  }
}
