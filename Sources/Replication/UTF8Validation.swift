/// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7).
package enum UTF8Validation {
  package static func isValid(_ slice: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: slice))
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        // Long texts that have some ASCII often have much of it.
        while bytes.count - index >= 8,
          isASCII(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        {
          index += 8
        }
        continue
      }
      guard let length = sequenceLength(bytes, at: index, lead: byte) else { return false }
      index += length
    }
    return true
  }

  /// Whether eight bytes are characters by themselves, in whatever order they stand.
  private static func isASCII(_ word: UInt64) -> Bool { word & 0x8080_8080_8080_8080 == 0 }

  private static func sequenceLength(
    _ bytes: UnsafeRawBufferPointer, at index: Int, lead: UInt8
  ) -> Int? {
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xe1...0xec, 0xee...0xef: (length, second) = (3, 0x80...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    default: return nil
    }
    guard bytes.count - index >= length, second.contains(bytes[index + 1]) else { return nil }
    for offset in 2..<max(length, 2) where bytes[index + offset] & 0xc0 != 0x80 { return nil }
    return length
  }
}
