/// A bundle's first bytes (Protocol 3.1).
enum BundleFormat {
  /// As PNG's: a byte no text has, the name, and the line ends that careless copying changes.
  static let magic: [UInt8] = [0x89] + Array("SAT".utf8) + [0x0d, 0x0a, 0x1a, 0x0a]
  /// What this version writes, and the lowest that can read it.
  static let version: UInt16 = 1
  static let minimumReader: UInt16 = 1
  /// Magic, version, minimum reader.
  static let preambleLength = 12
  /// How a sealed bundle begins: an age v1 file.
  static let sealedMagic = Array("age-encryption.org/v1\n".utf8)
  /// Media are FAT as often as not: each part stays below 2 GiB.
  static let maximumPart = (1 << 31) - 1
}
