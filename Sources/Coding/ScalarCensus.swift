import Replication

/// Numbers the scalars of a text in the order they are first met, and counts them.
struct ScalarCensus {
  private(set) var scalars: [UInt32] = []
  private(set) var counts: [UInt32] = []
  /// Which block of `numbers` holds a scalar, by its upper bits. A script fills a few blocks of the
  /// 4,352 there could be; those without any scalar share the first, which stays empty.
  private var blocks = [UInt16](repeating: 0, count: 0x11_0000 >> 8)
  /// One more than the scalar's number; 0 for a scalar that was not met.
  private var numbers = [UInt16](repeating: 0, count: 256)

  /// Counts one more of `scalar`. Returns its number, or nil when it is one too many.
  @inline(__always)
  mutating func add(_ scalar: UInt32) -> UInt16? {
    let number = numbers[slot(of: scalar)]
    guard number > 0 else { return addFirst(scalar) }
    counts[Int(number) - 1] += 1
    return number - 1
  }

  /// The number of a scalar that was met.
  func number(of scalar: UInt32) -> Int { Int(numbers[slot(of: scalar)]) - 1 }

  @inline(__always)
  private func slot(of scalar: UInt32) -> Int {
    Int(blocks[Int(scalar >> 8)]) << 8 | Int(scalar & 0xff)
  }

  private mutating func addFirst(_ scalar: UInt32) -> UInt16? {
    guard scalars.count < Limits.chunkCharacters else { return nil }
    if blocks[Int(scalar >> 8)] == 0 {
      blocks[Int(scalar >> 8)] = UInt16(numbers.count >> 8)
      numbers += repeatElement(0, count: 256)
    }
    scalars.append(scalar)
    counts.append(1)
    numbers[slot(of: scalar)] = UInt16(scalars.count)
    return UInt16(scalars.count - 1)
  }
}
