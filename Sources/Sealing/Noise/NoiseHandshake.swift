import Crypto

/// One side of the two messages by which members of a library prove to each other that they are,
/// and agree on keys that nobody can find out later: the Noise protocol framework's
/// `Noise_NNpsk0_25519_ChaChaPoly_SHA256` (revision 34, sections 5.3, 7.5 and 9; Protocol 4.8).
///
///     -> psk, e
///     <- e, ee
///
/// The initiator writes, then reads; the responder reads, then writes; then both ``split()``. It
/// cannot be copied, for two payloads under one key would give both away.
package struct NoiseHandshake: ~Copyable, Sendable {
  /// Which side this is.
  package enum Role: Sendable {
    /// Sends the first message.
    case initiator
    /// Answers.
    case responder
  }

  /// The size of a pre-shared key, in bytes.
  package static let presharedKeyByteCount = 32
  /// How much longer a message is than its payload, in bytes: a public key and a tag.
  package static let overhead = NoiseKeyPair.byteCount + NoiseKey.tagByteCount
  /// The most that one message can carry, in bytes.
  package static let maximumPayload = NoiseCipher.maximumMessage - overhead

  private static let protocolName = "Noise_NNpsk0_25519_ChaChaPoly_SHA256"

  private let role: Role
  private let ephemeral: NoiseKeyPair
  private var peerKey: [UInt8] = []
  private var messageCount = 0
  private var state: NoiseSymmetricState

  /// Starts a handshake; both sides must give the same pre-shared key and prologue. The generator
  /// must be cryptographically secure.
  package init(
    role: Role, presharedKey: [UInt8], prologue: [UInt8],
    using generator: inout some RandomNumberGenerator
  ) {
    self.init(
      role: role, presharedKey: presharedKey, prologue: prologue,
      ephemeral: NoiseKeyPair(using: &generator))
  }

  /// Starts a handshake with the system's randomness.
  package init(role: Role, presharedKey: [UInt8], prologue: [UInt8]) {
    var generator = SystemRandomNumberGenerator()
    self.init(role: role, presharedKey: presharedKey, prologue: prologue, using: &generator)
  }

  /// For vectors, which fix the ephemeral key. No two handshakes may have the same.
  init(role: Role, presharedKey: [UInt8], prologue: [UInt8], ephemeral: NoiseKeyPair) {
    precondition(
      presharedKey.count == Self.presharedKeyByteCount,
      "a pre-shared key has \(Self.presharedKeyByteCount) bytes")
    self.role = role
    self.ephemeral = ephemeral
    state = NoiseSymmetricState(
      protocolName: Self.protocolName, prologue: prologue,
      presharedKey: SymmetricKey(data: presharedKey))
  }

  /// The next message, which carries at most ``maximumPayload`` bytes. Throws
  /// ``NoiseError/lowOrderKey`` where a responder was given such a key.
  package mutating func writeMessage(payload: [UInt8]) throws(NoiseError) -> [UInt8] {
    precondition(turn == role, "the initiator writes the first message, the responder the second")
    precondition(
      payload.count <= Self.maximumPayload,
      "a message of a handshake carries at most \(Self.maximumPayload) bytes")
    var message = ephemeral.publicKey
    var state = try mixed(message, peerKey: peerKey)
    state.encryptAndHash(payload, into: &message)
    self.state = state
    messageCount += 1
    return message
  }

  /// What the other side's message carries, which is somebody's who holds the pre-shared key. Of a
  /// first message that is all: it may be a repeated one, until its sender has sealed a message
  /// that opens. A message that is refused changes nothing here.
  package mutating func readMessage(_ message: [UInt8]) throws(NoiseError) -> [UInt8] {
    precondition(
      messageCount < 2 && turn != role,
      "the responder reads the first message, the initiator the second")
    try NoiseCipher.checkLength(of: message[...], minimum: Self.overhead)
    let peerKey = Array(message.prefix(NoiseKeyPair.byteCount))
    var state = try mixed(peerKey, peerKey: peerKey)
    guard let payload = state.decryptAndHash(message.dropFirst(NoiseKeyPair.byteCount)) else {
      throw .notAMember
    }
    self.state = state
    self.peerKey = peerKey
    messageCount += 1
    return payload
  }

  /// The ciphers for what this side sends and receives, once both messages have passed.
  package consuming func split() -> (send: NoiseCipher, receive: NoiseCipher) {
    precondition(messageCount == 2, "a handshake is split after its second message")
    let (initiator, responder) = state.split()
    return role == .initiator ? (initiator, responder) : (responder, initiator)
  }
}

extension NoiseHandshake {
  /// The digest of all that was said, which differs between any two connections.
  var digest: [UInt8] { state.digest }

  /// Who sends the next message.
  private var turn: Role? { [.initiator, .responder, nil][messageCount] }

  /// The state after the tokens of the next message, before its payload: `e`, which in a handshake
  /// with a pre-shared key goes into the keys too (Noise 9.2), and in the second message `ee`.
  private func mixed(
    _ senderKey: [UInt8], peerKey: [UInt8]
  ) throws(NoiseError) -> NoiseSymmetricState {
    var state = state
    state.mixHash(senderKey)
    state.mixKey(SymmetricKey(data: senderKey))
    if turn == .responder { state.mixKey(try ephemeral.sharedSecret(with: peerKey)) }
    return state
  }
}
