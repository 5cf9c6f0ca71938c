import Replication
import Testing

/// Each number has one spelling (Protocol 2.2).
struct VarintTests {
  @Test func `numbers survive the round trip in as few bytes as they need`() {
    for bits in 0..<64 {
      for value in [1 << bits, (1 << bits) - 1, (1 << bits) + 1] as [UInt64] {
        let bytes = Varint.bytes(of: value)
        #expect(Varint.read(bytes)?.value == value)
        #expect(bytes.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
      }
    }
    #expect(Varint.bytes(of: .max).count == 10)
    #expect(Varint.read(Varint.bytes(of: .max))?.value == .max)
  }

  @Test(
    arguments: [
      [], [0x80], [0xff, 0xff], [0x80, 0x00], [0x81, 0x80, 0x00],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
    ] as [[UInt8]])
  func `cut, overlong and too large numbers are refused`(bytes: [UInt8]) {
    #expect(Varint.read(bytes) == nil)
  }

  @Test func `zigzag keeps small numbers small and loses none`() {
    #expect([0, -1, 1, -2].map(Varint.zigzag) == [0, 1, 2, 3])
    for value in [0, 1, -1, .max, .min, .max - 1, .min + 1] as [Int64] {
      #expect(Varint.unzigzag(Varint.zigzag(value)) == value)
    }
  }
}
