import Crypto

/// A key of ChaCha20-Poly1305, as the Noise framework uses one (revision 34, sections 4.2 and
/// 12.3).
struct NoiseKey: Sendable {
  static let tagByteCount = 16
  /// The number that no message gets, since ``next`` uses it up.
  static let reservedNumber = UInt64.max

  private static let nonceByteCount = 12
  private let key: SymmetricKey

  init(_ key: SymmetricKey) {
    self.key = key
  }

  /// ENCRYPT: appends a message, sealed.
  func seal(
    _ plaintext: ArraySlice<UInt8>, number: UInt64, authenticating data: [UInt8] = [],
    into output: inout [UInt8]
  ) {
    let box = unfailing("a message of a bounded size can be sealed") {
      try ChaChaPoly.seal(
        plaintext, using: key, nonce: ChaChaPoly.Nonce(data: Self.nonce(number)),
        authenticating: data)
    }
    output += box.combined.dropFirst(Self.nonceByteCount)
  }

  /// DECRYPT: appends a message, opened; `false` if it is not authentic as what it is taken for.
  func open(
    _ message: ArraySlice<UInt8>, number: UInt64, authenticating data: [UInt8] = [],
    into output: inout [UInt8]
  ) -> Bool {
    // One piece is copied faster than the box's parts.
    var combined = Self.nonce(number)
    combined.reserveCapacity(Self.nonceByteCount + message.count)
    combined += message
    let box = unfailing("a message is at least as long as its tag") {
      try ChaChaPoly.SealedBox(combined: combined)
    }
    guard let opened = try? ChaChaPoly.open(box, using: key, authenticating: data) else {
      return false
    }
    output += opened
    return true
  }

  /// REKEY: a key from which this one cannot be found.
  var next: NoiseKey {
    var output: [UInt8] = []
    seal([UInt8](repeating: 0, count: 32)[...], number: Self.reservedNumber, into: &output)
    return NoiseKey(SymmetricKey(data: output.prefix(32)))
  }

  /// Four zero bytes, then the number, least significant byte first.
  private static func nonce(_ number: UInt64) -> [UInt8] {
    [0, 0, 0, 0] + withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
