import Crypto

/// Seals or opens the messages of one direction of a connection, in their order: what the Noise
/// framework calls a CipherState (revision 34, section 5.1).
///
/// After every ``messagesPerKey`` messages it takes a new key by itself, so that a key found in
/// memory opens little of what was recorded before. Seal with one copy of it only: two messages
/// under one number would give both away. Messages of 16 to 32 KiB are sealed fastest.
package struct NoiseCipher: Sendable, Concealed {
  /// The longest message there is, in bytes.
  package static let maximumMessage = 65_535
  /// How much longer a message is than its plaintext, in bytes.
  package static let overhead = NoiseKey.tagByteCount
  /// The most that one message can carry, in bytes.
  package static let maximumPlaintext = maximumMessage - overhead
  /// Protocol 4.8: how many messages a key seals.
  package static let messagesPerKey: UInt64 = 1_024

  private var key: NoiseKey
  /// The number of the next message; it goes on when the key changes (Noise 11.3).
  private var number: UInt64

  init(key: SymmetricKey, number: UInt64 = 0) {
    self.key = NoiseKey(key)
    self.number = number
  }

  /// Appends the next message, which carries at most ``maximumPlaintext`` bytes.
  package mutating func seal(_ plaintext: ArraySlice<UInt8>, into output: inout [UInt8]) {
    precondition(
      plaintext.count <= Self.maximumPlaintext,
      "a message carries at most \(Self.maximumPlaintext) bytes")
    checkNumber()
    key.seal(plaintext, number: number, into: &output)
    advance()
  }

  /// Appends what the next message carries. A message that is refused changes nothing, here or in
  /// the output.
  package mutating func open(
    _ message: ArraySlice<UInt8>, into output: inout [UInt8]
  ) throws(NoiseError) {
    try Self.checkLength(of: message, minimum: Self.overhead)
    checkNumber()
    guard key.open(message, number: number, into: &output) else {
      throw .damagedMessage(number: number)
    }
    advance()
  }

  /// What the next message carries.
  package mutating func open(_ message: [UInt8]) throws(NoiseError) -> [UInt8] {
    var plaintext: [UInt8] = []
    try open(message[...], into: &plaintext)
    return plaintext
  }
}

extension NoiseCipher {
  /// Noise 3: length before anything else.
  static func checkLength(
    of message: ArraySlice<UInt8>, minimum: Int
  ) throws(NoiseError) {
    guard message.count >= minimum else {
      throw .tooShort(byteCount: message.count, minimum: minimum)
    }
    guard message.count <= maximumMessage else { throw .tooLong(byteCount: message.count) }
  }

  private func checkNumber() {
    precondition(
      number != NoiseKey.reservedNumber, "a connection has fewer than 2^64 - 1 messages each way")
  }

  private mutating func advance() {
    number += 1
    if number.isMultiple(of: Self.messagesPerKey) { key = key.next }
  }
}
