import Sealing
import TestSupport

/// Seals and opens whole files for the tests, in pieces of given sizes.
enum SealedFile {
  /// A header for one recipient: its four lines have 22, 54, 44 and 48 bytes.
  static let headerByteCount = 168

  static let identity: AgeIdentity = {
    var generator = SeededGenerator(seed: 1)
    return AgeIdentity(using: &generator)
  }()

  /// `count` bytes that repeat only after a long while.
  static func plaintext(count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 2)
    return (0..<(count + 7) / 8).flatMap { _ in
      withUnsafeBytes(of: generator.next()) { Array($0) }
    }.prefix(count).map { $0 }
  }

  static func seal(
    _ plaintext: [UInt8], for recipients: [AgeRecipient] = [identity.recipient],
    pieces: Pieces = .whole, seed: UInt64 = 3
  ) throws -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var encryptor = try AgeEncryptor(recipients: recipients, using: &generator)
    var file = encryptor.header
    for piece in pieces.of(plaintext) { file += encryptor.update(piece) }
    return file + encryptor.finish()
  }

  static func open(
    _ file: [UInt8], with identity: AgeIdentity = identity, pieces: Pieces = .whole
  ) throws -> [UInt8] {
    var decryptor = AgeDecryptor(identity: identity)
    var plaintext: [UInt8] = []
    for piece in pieces.of(file) { plaintext += try decryptor.update(piece) }
    return plaintext + (try decryptor.finish())
  }
}

/// How a byte string is handed over.
enum Pieces {
  case whole
  case bytes
  case random(seed: UInt64, upTo: Int)

  func of(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    switch self {
    case .whole: return [bytes[...]]
    case .bytes: return bytes.indices.map { bytes[$0...$0] }
    case .random(let seed, let limit):
      var generator = SeededGenerator(seed: seed)
      var pieces: [ArraySlice<UInt8>] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 0...limit, using: &generator))
        pieces.append(piece)
        rest = rest.dropFirst(piece.count)
      }
      return pieces
    }
  }
}
