/// Text with a prefix and a checksum (BIP 173, and BIP 350 for the newer checksum), without the
/// limit of 90 characters, as age uses it. It is written in lower case and read in any; the caller
/// knows which case its text must have.
struct Bech32 {
  /// The constant that a valid text's checksum leaves.
  enum Checksum: UInt32 {
    /// BIP 173: what age writes.
    case bech32 = 1
    /// BIP 350: also notices a `q` inserted or lost before a final `p`.
    case bech32m = 0x2bc8_30a3
  }

  let prefix: String
  let checksum: Checksum

  /// Spells bytes as prefix, "1", data and a checksum of six characters.
  func encode(_ bytes: [UInt8]) -> String {
    let data = Self.fiveBitGroups(of: bytes)
    let remainder = Self.remainder(of: expandedPrefix + data + [0, 0, 0, 0, 0, 0])
    let check = (0..<6).map { UInt8((remainder ^ checksum.rawValue) >> (5 * (5 - $0)) & 31) }
    let text = (data + check).map { Self.alphabet[Int($0)] }
    return prefix + "1" + String(decoding: text, as: UTF8.self)
  }

  /// Reads what ``encode(_:)`` spells.
  func decode(_ text: String) throws(TextFault) -> [UInt8] {
    let text = text.utf8.map(Self.lowerCase)
    guard text.starts(with: "\(prefix)1".utf8) else { throw .unexpectedPrefix }
    let start = prefix.utf8.count + 1
    var values: [UInt8] = []
    for (position, character) in text.enumerated().dropFirst(start) {
      guard let value = Self.alphabet.firstIndex(of: character) else {
        throw .unexpectedCharacter(position: position)
      }
      values.append(UInt8(value))
    }
    // The six characters of the checksum are part of what must come out right.
    guard values.count >= 6,
      Self.remainder(of: expandedPrefix + values) == checksum.rawValue
    else { throw .checksum }
    return try Self.bytes(of: values.dropLast(6))
  }
}

extension Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  /// ASCII only: Unicode would make a "k" of the Kelvin sign, and give a key two spellings.
  private static func lowerCase(_ character: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character) ? character | 0x20 : character
  }

  private var expandedPrefix: [UInt8] {
    prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
  }

  /// The checksum's polynomial division, over five-bit values (BIP 173).
  private static func remainder(of values: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [
      0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3,
    ]
    return values.reduce(1) { remainder, value in
      var next = (remainder & 0x1ff_ffff) << 5 ^ UInt32(value)
      for bit in 0..<5 where remainder >> (25 + bit) & 1 == 1 { next ^= generator[bit] }
      return next
    }
  }

  private static func fiveBitGroups(of bytes: [UInt8]) -> [UInt8] {
    var groups: [UInt8] = []
    var bits: UInt32 = 0
    var bitCount = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      bitCount += 8
      while bitCount >= 5 {
        bitCount -= 5
        groups.append(UInt8(bits >> bitCount & 31))
      }
    }
    if bitCount > 0 { groups.append(UInt8(bits << (5 - bitCount) & 31)) }
    return groups
  }

  private static func bytes(of groups: ArraySlice<UInt8>) throws(TextFault) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var bitCount = 0
    for group in groups {
      bits = bits << 5 | UInt32(group)
      bitCount += 5
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
      }
    }
    guard bitCount < 5, bits & (1 << bitCount - 1) == 0 else { throw .padding }
    return bytes
  }
}
