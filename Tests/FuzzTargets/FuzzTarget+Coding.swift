import Coding
import Replication
import Sealing
import TestSupport

@testable import SyncSession

// Chapters 2, 4 and 8: what is read is written, and read again as the same.

extension FuzzTarget {
  /// - Parameter rewritten: reads, and writes what was read. What it writes, it must take, and write
  ///   the same.
  private static func codec(
    _ name: String, _ samples: [[UInt8]], isCanonical: Bool = true,
    _ rewritten: @escaping @Sendable ([UInt8]) throws -> [UInt8]
  ) -> FuzzTarget {
    FuzzTarget(name: name, samples: samples) { bytes in
      guard let written = try unlessRefused({ try rewritten(bytes) }) else { return false }
      if isCanonical { try hold(written == bytes, "\(bytes) was written as \(written)") }
      let again = try unlessRefused { try rewritten(written) }
      try hold(again == written, "\(written) was written as \(again ?? [])")
      return true
    }
  }

  private static let replica = ReplicaID(Identifier(high: 1, low: 2))

  private static let operations: [UInt8] = {
    let operations = (1...3).compactMap { number in
      try? Operation(
        dot: Dot(replica: replica, sequence: UInt64(number)),
        stamp: Stamp(wallMilliseconds: Int64(number)),
        register: RegisterID(
          EntityID(
            kind: EntityKind(number: 1), key: Identifier(high: 3, low: UInt64(number % 2))),
          Field("title")), value: .text("桥 \(number)"), context: nil)
    }
    return OperationBlock.payload(of: operations, replica: replica, range: 1...3)
  }()

  /// A text long enough for its recoding.
  private static let chunk: [UInt8] = {
    var builder = BodyChunkBuilder()
    let body = Array(String(repeating: "一二三四五六七八九十。\n", count: 40).utf8)
    builder.append(body[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    return builder.payload
  }()

  static let encodings: [FuzzTarget] = [
    codec("number", [[0x7F], [0x80, 1], [0xFF, 0xFF, 3]]) { bytes in
      let number = try ByteReader.read(bytes) {
        (reader: inout ByteReader) throws(CodingError) in try reader.number()
      }
      var writer = ByteWriter()
      writer.number(number)
      return writer.bytes
    },
    codec("knowledge", [[0], knowledge.bytes]) { try Knowledge(bytes: $0).bytes },
    codec("context", [[0]]) { try Context(bytes: $0).bytes },
    codec("value", [Value.flag(true).bytes, Value.integer(-3).bytes]) {
      try Value(canonical: $0).bytes
    },
    codec("operations", [operations], isCanonical: false) { bytes in
      let block = try OperationBlock(payload: bytes)
      return OperationBlock.payload(
        of: try block.operations(), replica: block.replica, range: block.range)
    },
    codec("bodies", [chunk], isCanonical: false) { bytes in
      let chunk = try BodyChunk(payload: bytes)
      var builder = BodyChunkBuilder()
      for entry in chunk.entries {
        builder.append(
          chunk.bytes(of: entry), of: entry.hash, bodyLength: entry.bodyLength,
          offset: entry.offset)
      }
      return builder.payload
    },
    FuzzTarget(name: "frame", samples: [[2, 0] + operations, [3, 0] + chunk]) { bytes in
      // The checksum is made right: what stands behind it is what a member can choose.
      var choice = FuzzChoice(bytes)
      let kind = Frame.Kind(number: UInt8(choice.next(below: 256)))
      let isDeflated = choice.next(below: 2) == 1
      let stored = Array(choice.rest)
      let frame = try unlessRefused {
        try Frame(
          kind: kind, isDeflated: isDeflated,
          inflatedLength: isDeflated ? stored.count * 4 + 1 : stored.count, stored: stored)
      }
      guard let frame else { return false }
      let read = try FrameHeader(frame.header).frame(stored: stored)
      try hold(read == frame, "a frame reads as another")
      return try unlessRefused { try frame.payload() } != nil
    },
  ]

  private static let knowledge: Knowledge = {
    var knowledge = Knowledge()
    knowledge.insert(SequenceSet([1...3, 7...9]), of: replica)
    return knowledge
  }()

  private static let identity = unchecked {
    try AgeIdentity(bytes: [UInt8](repeating: 7, count: 32))
  }
  private static let secret = unchecked {
    try LibrarySecret(bytes: [UInt8](repeating: 5, count: LibrarySecret.byteCount))
  }

  private static func unchecked<Value>(_ body: () throws -> Value) -> Value {
    guard let value = try? body() else { preconditionFailure("these bytes are right") }
    return value
  }

  private static let handshake: [UInt8] = {
    var handshake = NoiseHandshake(
      role: .initiator, presharedKey: secret.noisePresharedKey, prologue: [])
    return unchecked { try handshake.writeMessage(payload: [1, 2, 3]) }
  }()

  static let sealings: [FuzzTarget] = [
    FuzzTarget(name: "age", samples: [sealed]) { bytes in
      // In one piece and in two: the same, or the same refusal.
      let whole = try unlessRefused { try opened(bytes, cut: bytes.count) }
      let parts = try unlessRefused { try opened(bytes, cut: bytes.count / 2) }
      try hold(whole == parts, "pieces read as another text")
      return whole != nil
    },
    FuzzTarget(name: "invitation", samples: [Array(invitation.text.utf8)]) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let read = try unlessRefused({ try Invitation(text: text) }) else { return false }
      try hold(try Invitation(text: read.text).text == read.text, "an invitation reads as another")
      return true
    },
    FuzzTarget(name: "noise", samples: [handshake]) { bytes in
      try unlessRefused { () throws -> [UInt8] in
        var handshake = NoiseHandshake(
          role: .responder, presharedKey: secret.noisePresharedKey, prologue: [])
        return try handshake.readMessage(bytes)
      } != nil
    },
  ]

  private static let invitation = unchecked { try Invitation(secret: secret, label: "study") }

  private static let sealed: [UInt8] = unchecked {
    var encryptor = try AgeEncryptor(recipients: [identity.recipient])
    let bytes = encryptor.header + encryptor.update(Array("a library".utf8))
    return bytes + encryptor.finish()
  }

  private static func opened(_ bytes: [UInt8], cut: Int) throws -> [UInt8] {
    var decryptor = AgeDecryptor(identity: identity)
    var text = try decryptor.update(bytes[..<cut])
    text += try decryptor.update(bytes[cut...])
    return text + (try decryptor.finish())
  }

  static let messages: [FuzzTarget] = [
    FuzzTarget(name: "hello", samples: [[UInt8](repeating: 1, count: 48)]) { bytes in
      guard let hello = try unlessRefused({ try Hello(bytes: bytes) }) else { return false }
      let again = try unlessRefused { try Hello(bytes: hello.bytes) }
      try hold(again?.bytes == hello.bytes, "a hello reads as another")
      return true
    },
    FuzzTarget(name: "message", samples: Array(reportFrames)) { bytes in
      var choice = FuzzChoice(bytes)
      let kind = Frame.Kind(number: UInt8(choice.next(below: 256)))
      return try unlessRefused { () throws -> Void in
        let frame = try Frame(kind, payload: Array(choice.rest))
        guard let message = try Message(frame) else { throw Unknown() }
        let written = try message.frame()
        try hold(
          try Message(written)?.frame() == written, "a message of kind \(kind) reads as another")
      } != nil
    },
  ]

  /// A kind of frame that a session does not know.
  private struct Unknown: Error {}

  private static let reportFrames: [[UInt8]] = {
    let report = PeerReport(
      replica: replica, clock: Stamp(wallMilliseconds: 1), knowledge: knowledge,
      fingerprint: .empty, wanted: [])
    let messages: [Message] = [.report(report), .done(report), .agreed, .pulse]
    return messages.map { message in
      unchecked {
        let frame = try message.frame()
        return [frame.kind.number] + (try frame.payload())
      }
    }
  }()
}
