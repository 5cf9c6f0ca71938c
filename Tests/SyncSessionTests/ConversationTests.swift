import Coding
import Foundation
import Replication
import SyncSession
import TestSupport
import Testing

/// Whole sessions, byte for byte.
struct ConversationTests {
  private static let file = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Protocol/vectors/conversations.json")

  /// `RECORD_VECTORS=1` writes the file anew, after a change of what is said.
  @Test func `replicas say what the vectors say, to the byte`() throws {
    let conversations = try ConversationTests.recorded()
    if ProcessInfo.processInfo.environment["RECORD_VECTORS"] != nil {
      try ConversationTests.write(conversations)
    }
    let vectors: [Conversation] = try VectorFile.cases(in: "conversations")
    #expect(vectors.count == conversations.count)
    for (vector, conversation) in zip(vectors, conversations) {
      #expect(vector == conversation, "\(vector.name); RECORD_VECTORS=1 writes the file anew")
    }
  }

  @Test func `either side can be held from the bytes alone`() throws {
    let vectors: [Conversation] = try VectorFile.cases(in: "conversations")
    for vector in vectors {
      for (name, own, other) in [("a", vector.a, vector.b), ("b", vector.b, vector.a)] {
        var talker = try own.talker()
        talker.begin(name == "a" ? .initiator : .responder)
        var said: [Frame] = []
        for frame in try ConversationTests.frames(of: other.says) {
          if frame.kind == .hello {
            try talker.receive(Hello(bytes: Array(frame.payload().dropFirst(32))))
          } else if let message = try Message(frame) {
            try talker.receive(message)
          }
          while !talker.jobs.isEmpty {
            said += try talker.work(frameLimit: 1_000).map { try $0.frame() }
          }
        }
        let expected = try ConversationTests.frames(of: own.says).dropFirst()
        // When each commits is its own affair, so what it says of that may come at other times.
        let isContent = { (frame: Frame) in frame.kind != Frame.Kind(number: 19) }
        #expect(
          try said.filter(isContent).map { try $0.payload() }
            == expected.filter(isContent).map { try $0.payload() }, "\(vector.name): \(name)")
        #expect(
          talker.replica.fingerprint.description == vector.value[name]?.fingerprint,
          "\(vector.name): \(name)")
        #expect(talker.replica.knowledge.lines == vector.value[name]?.known, "\(vector.name)")
      }
    }
  }

  private static func frames(of stream: String) throws -> [Frame] {
    var rest = (Hexadecimal.bytes(of: stream) ?? [])[...]
    var frames: [Frame] = []
    while !rest.isEmpty {
      let header = try FrameHeader(Array(rest.prefix(Frame.headerLength)))
      rest = rest.dropFirst(Frame.headerLength)
      frames.append(try header.frame(stored: Array(rest.prefix(header.storedLength))))
      rest = rest.dropFirst(header.storedLength)
    }
    return frames
  }

  private static func write(_ conversations: [Conversation]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let rows = try conversations.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let description = """
      Vectors for chapter 8: whole sessions over pipes (8.10). Side a begins. Of each side: what it \
      holds and knows before, and everything it says, as one stream of frames with nothing \
      deflated; messages are the same, one by one, in an order in which they may be said. The value \
      is what both hold afterwards. Made by ConversationTests.
      """
    let text = """
      {
        "description": "\(description)",
        "cases": [
          \(rows.joined(separator: ",\n    "))
        ]
      }

      """
    try Data(text.utf8).write(to: file)
  }
}

// The conversations.
extension ConversationTests {
  private static func recorded() throws -> [Conversation] {
    try [
      ("two that agree", agreement), ("the transcript of 8.12", transcript),
      ("a body that one lacks is asked for", asking), ("a divergence, and an audit", divergence),
      ("an empty replica and notes in conflict", newcomer),
      ("one that does not keep every text asks for what it keeps", choosing),
    ].map { name, talkers in
      let (a, b) = try talkers()
      var recorder = Recorder(a, b)
      return try recorder.record(name)
    }
  }

  private static func talker(_ byte: UInt8) throws -> Talker {
    let bytes = [UInt8](repeating: byte, count: 16)
    return Talker(
      ReferenceReplica(id: ReplicaID(try #require(Identifier(bytes: bytes)))))
  }

  private static func register(_ number: UInt64, _ field: StaticString) -> RegisterID {
    RegisterID(
      EntityID(kind: EntityKind(number: 1), key: Identifier(high: 0, low: number)), Field(field))
  }

  private static let start: Int64 = 1_767_225_600_000
  private static let text = Array("Seven bridges, and no walk\ncrosses each just once.\n".utf8)

  /// Writes an article of which everybody may know, and a text.
  private static func write(_ talker: inout Talker) throws {
    let hash = ContentHash(of: text)
    try talker.replica.write(.text("桥"), to: register(1, "title"), now: start)
    try talker.replica.write(
      .text("ask Lin"), to: register(1, "note"), authored: true, now: start + 1)
    try talker.replica.write(.data(hash.bytes), to: register(1, "body"), now: start + 2)
    talker.bodies = [hash]
    talker.contents = [hash: text]
  }

  private static func give(_ from: Talker, _ to: inout Talker) {
    to.replica.apply(from.replica.delta(since: to.replica.knowledge))
  }

  private static func agreement() throws -> (Talker, Talker) {
    var (a, b) = (try talker(0xaa), try talker(0xbb))
    try write(&a)
    give(a, &b)
    (b.bodies, b.contents) = (a.bodies, a.contents)
    return (a, b)
  }

  /// The one that connects is B there, and a here.
  private static func transcript() throws -> (Talker, Talker) {
    var (a, b) = (try talker(0xbb), try talker(0xaa))
    try b.replica.write(.text("桥"), to: register(1, "title"), now: start)
    give(b, &a)
    try a.replica.write(.flag(true), to: register(1, "read"), now: start + 10)
    try a.replica.write(.integer(4), to: register(1, "rating"), now: start + 11)
    try b.replica.write(
      .text("ask Lin"), to: register(1, "note"), authored: true, now: start + 1)
    let hash = ContentHash(of: text)
    try b.replica.write(.data(hash.bytes), to: register(1, "body"), now: start + 2)
    (b.bodies, b.contents) = ([hash], [hash: text])
    return (a, b)
  }

  private static func asking() throws -> (Talker, Talker) {
    var (a, b) = try agreement()
    (b.bodies, b.contents) = ([], [:])
    try a.replica.write(.flag(true), to: register(1, "starred"), now: start + 20)
    return (a, b)
  }

  /// Twins have written different texts under one dot.
  private static func divergence() throws -> (Talker, Talker) {
    var (a, b) = (try talker(0xaa), try talker(0xbb))
    let twin = try talker(0xcc).replica
    let copies = try ["one", "two"].map { text in
      var copy = twin
      try copy.write(.text(text), to: register(2, "title"), now: start)
      return copy.delta(since: Knowledge())
    }
    a.replica.apply(copies[0])
    b.replica.apply(copies[1])
    return (a, b)
  }

  private static func newcomer() throws -> (Talker, Talker) {
    let a = try talker(0xaa)
    var (b, c) = (try talker(0xbb), try talker(0xcc))
    try b.replica.write(.text("mine"), to: register(1, "note"), authored: true, now: start)
    try c.replica.write(.text("yours"), to: register(1, "note"), authored: true, now: start + 1)
    try b.replica.write(.flag(true), to: register(1, "read"), now: start + 2)
    try b.replica.write(.flag(false), to: register(1, "read"), now: start + 3)
    give(c, &b)
    return (a, b)
  }

  /// A knows two articles, and B, who knows nothing of them, will not have the text of the first.
  private static func choosing() throws -> (Talker, Talker) {
    var (a, b) = (try talker(0xaa), try talker(0xbb))
    try write(&a)
    let other = Array("Another text.\n".utf8)
    try a.replica.write(
      .data(ContentHash(of: other).bytes), to: register(2, "body"), now: start + 3)
    a.bodies.insert(ContentHash(of: other))
    a.contents[ContentHash(of: other)] = other
    try b.replica.write(.text("is:unread"), to: register(9, "keeps"), now: start)
    b.ceased = 1
    b.leftOut = [ContentHash(of: text)]
    return (a, b)
  }
}

extension Conversation.Side {
  /// The replica before the conversation.
  func talker() throws -> Talker {
    let key = try #require(Identifier(bytes: Hexadecimal.bytes(of: replica) ?? []))
    let stamp = try #require(UInt64(clock, radix: 16).flatMap(Stamp.init(rawValue:)))
    var talker = Talker(ReferenceReplica(id: ReplicaID(key), clock: Clock(last: stamp)))
    talker.replica.apply(
      Delta(
        operations: try operations.map { try $0.operation() },
        statement: DeltaStatement(
          basis: Knowledge(), carried: Knowledge(), known: try #require(Knowledge(lines: known)))))
    for body in bodies {
      let bytes = try #require(Hexadecimal.bytes(of: body))
      talker.bodies.insert(ContentHash(of: bytes))
      talker.contents[ContentHash(of: bytes)] = bytes
    }
    talker.ceased = ceased
    talker.leftOut = Set((leftOut ?? []).compactMap { ContentHash($0) })
    return talker
  }
}
