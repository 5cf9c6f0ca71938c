import TestSupport

@testable import Sealing

/// Two sides of a connection for the tests, with ephemeral keys made from a seed.
enum NoiseSession {
  typealias Ciphers = (send: NoiseCipher, receive: NoiseCipher)

  static let presharedKey = [UInt8](1...32)
  static let prologue = Array("satchel session 1".utf8)

  static func side(
    _ role: NoiseHandshake.Role, presharedKey: [UInt8] = presharedKey,
    prologue: [UInt8] = prologue, seed: UInt64 = 1
  ) -> NoiseHandshake {
    var generator = SeededGenerator(seed: role == .initiator ? seed : seed ^ .max)
    return NoiseHandshake(
      role: role, presharedKey: presharedKey, prologue: prologue, using: &generator)
  }

  /// Both sides' ciphers after a handshake.
  static func ciphers(seed: UInt64 = 1) throws -> (initiator: Ciphers, responder: Ciphers) {
    var initiator = side(.initiator, seed: seed)
    var responder = side(.responder, seed: seed)
    _ = try responder.readMessage(initiator.writeMessage(payload: []))
    _ = try initiator.readMessage(responder.writeMessage(payload: []))
    return (initiator.split(), responder.split())
  }
}

extension NoiseHandshake {
  /// What this side refuses a message with, if it does.
  mutating func refusal(of message: [UInt8]) -> NoiseError? {
    do {
      _ = try readMessage(message)
      return nil
    } catch {
      return error
    }
  }
}

extension NoiseCipher {
  /// The next message alone.
  mutating func sealed(_ plaintext: [UInt8]) -> [UInt8] {
    var message: [UInt8] = []
    seal(plaintext[...], into: &message)
    return message
  }
}

extension NoiseError {
  /// The word for this refusal in the vectors (Protocol 4.8).
  var word: String {
    switch self {
    case .tooShort, .tooLong: "length"
    case .lowOrderKey: "share"
    case .notAMember: "not a member"
    case .damagedMessage: "damaged"
    }
  }
}
