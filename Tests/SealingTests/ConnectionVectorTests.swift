import Coding
import Foundation
import Replication
import TestSupport
import Testing

@testable import Sealing

/// `Protocol/vectors/connections.json`: conversations as they lie on a TCP connection (4.8, 8.8).
struct ConnectionVectorTests {
  private struct Vector: Codable, Equatable {
    let name: String
    let secret: String
    let ephemeralA: String
    let ephemeralB: String
    /// All bytes either side sends.
    let a: String
    let b: String
  }

  /// What is needed of a case of `conversations.json`.
  private struct Conversation: Decodable {
    let name: String
    let messages: [Said]

    struct Said: Decodable {
      let from: String
      let kind: UInt8
      let payload: String
    }
  }

  private static let secret = ContentHash(of: Array("satchel sample library".utf8)).bytes
  private static let file = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Protocol/vectors/connections.json")

  /// `RECORD_VECTORS=1` writes the file anew; `conversations.json` must be new before.
  @Test func `conversations lie on a connection as the vectors say`() throws {
    let names = ["two that agree", "the transcript of 8.12"]
    let conversations: [Conversation] = try TestSupport.VectorFile.cases(in: "conversations")
    let made = try conversations.filter { names.contains($0.name) }
      .map(ConnectionVectorTests.connection)
    #expect(made.count == names.count)
    if ProcessInfo.processInfo.environment["RECORD_VECTORS"] != nil {
      try ConnectionVectorTests.write(made)
    }
    let vectors: [Vector] = try TestSupport.VectorFile.cases(in: "connections")
    #expect(vectors == made, "RECORD_VECTORS=1 writes the file anew")
  }

  @Test func `either side opens the other's bytes and finds the conversation`() throws {
    let conversations: [Conversation] = try TestSupport.VectorFile.cases(in: "conversations")
    let vectors: [Vector] = try TestSupport.VectorFile.cases(in: "connections")
    for vector in vectors {
      let said = try #require(conversations.first { $0.name == vector.name }).messages
      var a = try ConnectionVectorTests.side(.initiator, vector.ephemeralA)
      var b = try ConnectionVectorTests.side(.responder, vector.ephemeralB)
      let fromA = try ConnectionVectorTests.records(of: vector.a)
      let fromB = try ConnectionVectorTests.records(of: vector.b)
      _ = try a.writeMessage(payload: ConnectionVectorTests.hello("a", said))
      #expect(try b.readMessage(fromA[0]) == ConnectionVectorTests.hello("a", said))
      _ = try b.writeMessage(payload: ConnectionVectorTests.hello("b", said))
      #expect(try a.readMessage(fromB[0]) == ConnectionVectorTests.hello("b", said))
      var (atB, atA) = (b.split().receive, a.split().receive)
      let heardByB = try fromA.dropFirst().flatMap { try atB.open($0) }
      let heardByA = try fromB.dropFirst().flatMap { try atA.open($0) }
      #expect(try heardByB == ConnectionVectorTests.frames("a", said).flatMap { $0 })
      #expect(try heardByA == ConnectionVectorTests.frames("b", said).flatMap { $0 })
    }
  }
}

extension ConnectionVectorTests {
  /// Each message after the hello is one record.
  private static func connection(of conversation: Conversation) throws -> Vector {
    let keys = [[UInt8](repeating: 0xa1, count: 32), [UInt8](repeating: 0xb2, count: 32)]
      .map(Hexadecimal.text)
    var a = try side(.initiator, keys[0])
    var b = try side(.responder, keys[1])
    let said = conversation.messages
    let first = try a.writeMessage(payload: hello("a", said))
    _ = try b.readMessage(first)
    let second = try b.writeMessage(payload: hello("b", said))
    _ = try a.readMessage(second)
    var (senderA, senderB) = (a.split().send, b.split().send)
    let recordsA = [first] + (try frames("a", said).map { senderA.sealed($0) })
    let recordsB = [second] + (try frames("b", said).map { senderB.sealed($0) })
    return Vector(
      name: conversation.name, secret: Hexadecimal.text(of: secret), ephemeralA: keys[0],
      ephemeralB: keys[1], a: stream(recordsA), b: stream(recordsB))
  }

  private static func side(
    _ role: NoiseHandshake.Role, _ ephemeral: String
  ) throws -> NoiseHandshake {
    NoiseHandshake(
      role: role, presharedKey: try LibrarySecret(bytes: secret).noisePresharedKey,
      prologue: Array("satchel session 1".utf8),
      ephemeral: NoiseKeyPair(privateKey: try #require(Hexadecimal.bytes(of: ephemeral))))
  }

  /// The hello without the library's key, as a handshake carries it.
  private static func hello(_ side: String, _ said: [Conversation.Said]) throws -> [UInt8] {
    let message = try #require(said.first { $0.from == side && $0.kind == 16 })
    return Array(try #require(Hexadecimal.bytes(of: message.payload)).dropFirst(32))
  }

  /// The messages behind the hello, as frames with nothing deflated.
  private static func frames(_ side: String, _ said: [Conversation.Said]) throws -> [[UInt8]] {
    try said.filter { $0.from == side && $0.kind != 16 }.map {
      let payload = try #require(Hexadecimal.bytes(of: $0.payload))
      let frame = try Frame(
        kind: Frame.Kind(number: $0.kind), isDeflated: false, inflatedLength: payload.count,
        stored: payload)
      return frame.header + frame.stored
    }
  }

  private static func stream(_ records: [[UInt8]]) -> String {
    Hexadecimal.text(
      of: records.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 })
  }

  private static func records(of stream: String) throws -> [[UInt8]] {
    var rest = try #require(Hexadecimal.bytes(of: stream))[...]
    var records: [[UInt8]] = []
    while rest.count >= 2 {
      let length = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
      records.append(Array(rest.dropFirst(2).prefix(length)))
      rest = rest.dropFirst(2 + length)
    }
    return records
  }

  private static func write(_ vectors: [Vector]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let rows = try vectors.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let description = """
      Vectors for 4.8 and 8.8: conversations of conversations.json as all the bytes that either side \
      sends over TCP, with the library's secret and both ephemeral private keys. Each message is one \
      record here; a reader takes any other cut. Made by ConnectionVectorTests.
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
