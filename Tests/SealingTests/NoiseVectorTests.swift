import TestSupport
import Testing

@testable import Sealing

/// `Protocol/vectors/noise.json`: what other implementations of the framework publish, and ours.
struct NoiseVectorTests {
  struct Vector: Decodable {
    struct Message: Decodable {
      let payload: Hex
      let hex: Hex
    }

    struct Transported: Decodable {
      let from: String
      let number: Int
      let payload: Hex
      let hex: Hex
    }

    let kind: String
    let name: String
    let prologue: Hex
    let presharedKey: Hex
    let initiatorEphemeral: Hex?
    let responderEphemeral: Hex?
    let handshake: [Message]?
    let transport: [Transported]?
    let digest: Hex?
    let role: String?
    let ephemeral: Hex?
    let hex: Hex?
    let refused: String?
  }

  @Test func `both sides write and read what the vectors say`() throws {
    for vector in try cases(of: "session") {
      let handshake = try #require(vector.handshake)
      var initiator = try side(.initiator, of: vector, ephemeral: vector.initiatorEphemeral)
      var responder = try side(.responder, of: vector, ephemeral: vector.responderEphemeral)
      let first = try initiator.writeMessage(payload: handshake[0].payload.bytes)
      #expect(first == handshake[0].hex.bytes, "\(vector.name)")
      let greeting = try responder.readMessage(first)
      #expect(greeting == handshake[0].payload.bytes, "\(vector.name)")
      let second = try responder.writeMessage(payload: handshake[1].payload.bytes)
      #expect(second == handshake[1].hex.bytes, "\(vector.name)")
      let answer = try initiator.readMessage(second)
      #expect(answer == handshake[1].payload.bytes, "\(vector.name)")
      let digests = (initiator.digest, responder.digest)
      #expect(digests.0 == vector.digest?.bytes ?? digests.1, "\(vector.name)")
      #expect(digests.0 == digests.1, "\(vector.name)")
      let (left, right) = (initiator.split(), responder.split())
      try check(vector, from: "initiator", sender: left.send, receiver: right.receive)
      try check(vector, from: "responder", sender: right.send, receiver: left.receive)
    }
  }

  @Test func `messages of the handshake are refused as the vectors say`() throws {
    for vector in try cases(of: "refusal") {
      let role: NoiseHandshake.Role = vector.role == "initiator" ? .initiator : .responder
      var side = try side(role, of: vector, ephemeral: vector.ephemeral)
      let message = try #require(vector.hex).bytes
      var refused: String?
      do throws(NoiseError) {
        if role == .initiator { _ = try side.writeMessage(payload: []) }
        _ = try side.readMessage(message)
        if role == .responder { _ = try side.writeMessage(payload: []) }
      } catch {
        refused = error.word
      }
      #expect(refused == vector.refused, "\(vector.name)")
    }
  }

  private func cases(of kind: String) throws -> [Vector] {
    let cases: [Vector] = try TestSupport.VectorFile.cases(in: "noise").filter { $0.kind == kind }
    try #require(!cases.isEmpty)
    return cases
  }

  private func side(
    _ role: NoiseHandshake.Role, of vector: Vector, ephemeral: Hex?
  ) throws -> NoiseHandshake {
    NoiseHandshake(
      role: role, presharedKey: vector.presharedKey.bytes, prologue: vector.prologue.bytes,
      ephemeral: NoiseKeyPair(privateKey: try #require(ephemeral).bytes))
  }

  /// One direction; messages that a case leaves out have no payload.
  private func check(
    _ vector: Vector, from: String, sender: NoiseCipher, receiver: NoiseCipher
  ) throws {
    var (sender, receiver, next) = (sender, receiver, 0)
    for message in try #require(vector.transport) where message.from == from {
      while next < message.number {
        _ = try receiver.open(sender.sealed([]))
        next += 1
      }
      let sealed = sender.sealed(message.payload.bytes)
      #expect(sealed == message.hex.bytes, "\(vector.name), message \(next) of the \(from)")
      #expect(try receiver.open(sealed) == message.payload.bytes)
      next += 1
    }
    #expect(next > 0, "\(vector.name)")
  }
}
