/// What a peer's message can be refused for. Whatever the case, nothing was decrypted, and the
/// connection is to be closed.
package enum NoiseError: Error, Equatable, Sendable {
  /// Fewer bytes than the key and the tag that such a message has.
  case tooShort(byteCount: Int, minimum: Int)
  /// More than ``NoiseCipher/maximumMessage`` bytes.
  case tooLong(byteCount: Int)
  /// A public key with which everyone knows the shared secret.
  case lowOrderKey
  /// A message of the handshake by somebody without the pre-shared key, for another prologue, or
  /// changed on the way.
  case notAMember
  /// The message that should be this one, counted from 0, was changed, moved, repeated or left out.
  case damagedMessage(number: UInt64)
}

extension NoiseError: CustomStringConvertible {
  /// One sentence for people.
  package var description: String {
    switch self {
    case .tooShort(let byteCount, let minimum):
      "a message has \(byteCount) bytes, and needs at least \(minimum)"
    case .tooLong(let byteCount):
      "a message has \(byteCount) bytes, more than \(NoiseCipher.maximumMessage)"
    case .lowOrderKey: "the peer sent a key of low order"
    case .notAMember: "the peer does not know the library's secret"
    case .damagedMessage(let number): "message \(number) was changed on its way"
    }
  }
}
