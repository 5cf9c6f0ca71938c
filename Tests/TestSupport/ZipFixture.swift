import Coding

/// A zip archive made by hand, honest or not.
package struct ZipFixture {
  private var local: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  /// Adds a file that is stored as it is.
  ///
  /// - Parameters:
  ///   - length: how long it is said to be; nil for the truth.
  ///   - stored: how long what is stored is said to be; nil for the truth.
  ///   - checksum: nil for the truth.
  ///   - flags: bit 0 says that it is encrypted.
  package mutating func add(
    _ name: String, _ bytes: [UInt8], length: Int? = nil, stored: Int? = nil,
    checksum: UInt32? = nil, flags: Int = 0
  ) {
    let place = local.count
    let about =
      ZipFixture.number(flags, 2) + ZipFixture.number(0, 2) + [0, 0, 0x21, 0]
      + ZipFixture.number(Int(checksum ?? Zlib.checksum(bytes)), 4)
      + ZipFixture.number(stored ?? bytes.count, 4) + ZipFixture.number(length ?? bytes.count, 4)
      + ZipFixture.number(name.utf8.count, 2) + [0, 0]
    local += [0x50, 0x4B, 3, 4, 20, 0] + about + Array(name.utf8) + bytes
    directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + about + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    directory += ZipFixture.number(place, 4) + Array(name.utf8)
    count += 1
  }

  package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// - Parameters:
  ///   - files: how many there are said to be; nil for the truth.
  ///   - directoryLength: how long the directory is said to be; nil for the truth.
  package func bytes(files: Int? = nil, directoryLength: Int? = nil) -> [UInt8] {
    let counts = ZipFixture.number(files ?? count, 2)
    return local + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + counts + counts
      + ZipFixture.number(directoryLength ?? directory.count, 4)
      + ZipFixture.number(local.count, 4) + [0, 0]
  }

  private static func number(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
