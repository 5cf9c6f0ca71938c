import Coding
import Replication
import SyncSession
import TestSupport
import Testing

/// Hellos and messages are read, refused and written as the vectors say.
struct SessionVectorTests {
  private struct Vector: Decodable {
    let name: String
    /// `hello`, or the number of a frame's kind.
    let kind: String
    let hex: String
    let value: [String]?
    let refused: String?
    /// `other` for what our writer spells otherwise.
    let spelling: String?
  }

  @Test func `hellos and messages are as the vectors say`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "sessions")
    #expect(vectors.count > 40)
    for vector in vectors {
      let bytes = try #require(Hexadecimal.bytes(of: vector.hex), "\(vector.name)")
      do {
        let (meaning, written) = try SessionVectorTests.read(bytes, as: vector.kind)
        #expect(meaning == vector.value, "\(vector.name): \(meaning)")
        if let written, vector.spelling != "other" {
          #expect(written == bytes, "\(vector.name)")
        }
      } catch SessionError.malformed(let error) {
        #expect(error.word == vector.refused, "\(vector.name): \(error)")
      }
    }
  }

  private static func read(
    _ bytes: [UInt8], as kind: String
  ) throws -> (meaning: [String], written: [UInt8]?) {
    guard let number = UInt8(kind) else {
      let hello = try Hello(bytes: bytes)
      return (hello.meaning, hello.bytes)
    }
    let frame = try Frame(Frame.Kind(number: number), payload: bytes)
    let message = try #require(try Message(frame))
    return (message.meaning, message.payload)
  }

  @Test func `a kind of message that is not known is passed over`() throws {
    let frame = try Frame(Frame.Kind(number: 99), payload: [1, 2, 3])
    #expect(try Message(frame) == nil)
  }
}

extension Hello {
  fileprivate var meaning: [String] {
    let names: [(Flags, String)] = [
      (.gives, "gives"), (.takes, "takes"), (.wantsMore, "lacks more"),
    ]
    return [
      "versions \(versions.minimum) to \(versions.version)",
      names.filter { flags.contains($0.0) }.map(\.1).joined(separator: ", "),
      "replica \(replica)", clock.line, "digest \(Hexadecimal.text(of: digest))",
      "longest frame \(longestFrame.bytes)",
    ]
  }
}

extension Message {
  fileprivate var meaning: [String] {
    switch self {
    case .report(let report), .done(let report): report.meaning
    case .delta(let announcement): announcement.meaning
    case .content(let frame): ["content \(frame.kind.number)"]
    case .received(let frames): ["\(frames) frames"]
    case .want(let wanted): wanted.map { "\($0.hash) from \($0.offset)" }
    case .agreed: ["agreed"]
    case .pulse: ["pulse"]
    case .refusal(let refusal): ["reason \(refusal.reason.rawValue)", "text \(refusal.text)"]
    }
  }
}

extension PeerReport {
  fileprivate var meaning: [String] {
    [
      "replica \(replica)", clock.line, "fingerprint \(fingerprint)",
    ] + knowledge.lines("knows") + wanted.map { "lacks \($0)" } + keepingLines
  }

  /// Only what most reports do not say.
  private var keepingLines: [String] {
    guard let keeping, keeping != .everything else { return [] }
    let since = keeping.ceased.map { "ceased \($0)" } ?? "keeps every text"
    return ["\(keeping.wantsAll ? "complete" : "not complete"), \(since)"]
  }
}

extension Announcement {
  fileprivate var meaning: [String] {
    let counts =
      "\(operationCount) operations, \(bodyCount) bodies, \(frameCount) frames, \(byteCount) bytes"
    guard let claim else { return [counts] }
    return [
      counts, "sender \(claim.sender.replica)", claim.sender.clock.line,
      "fingerprint \(claim.sender.fingerprint)",
    ] + claim.statement.basis.lines("basis") + claim.statement.carried.lines("carried")
      + claim.statement.known.lines("known")
  }
}

extension Stamp {
  /// As the other vectors spell stamps.
  fileprivate var line: String {
    let digits = String(rawValue, radix: 16)
    return "clock " + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Knowledge {
  fileprivate func lines(_ word: String) -> [String] {
    sorted.map { replica, sequences in
      let ranges = sequences.ranges.map { "\($0.lowerBound)...\($0.upperBound)" }
      return "\(word) \(replica) \(ranges.joined(separator: ", "))"
    }
  }
}

extension CodingError {
  /// The word for this refusal (Protocol 2.9).
  fileprivate var word: String {
    switch self {
    case .endsEarly: "ends early"
    case .trailingBytes: "trailing bytes"
    case .malformedNumber: "number"
    case .tooLarge, .frameTooLarge: "too large"
    case .outOfOrder: "order"
    default: "\(self)"
    }
  }
}
