extension RandomNumberGenerator {
  /// Draws `count` bytes, eight from each number, least significant first.
  mutating func bytes(count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let number = next().littleEndian
      withUnsafeBytes(of: number) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
    }
    return bytes
  }
}
