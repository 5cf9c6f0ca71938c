/// Unsigned LEB128 in its shortest form: seven bits a byte, least significant first.
public enum Varint {
  public static func bytes(of value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes
  }

  @inlinable
  public static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// The value at the front and how many bytes it took; nil when it is cut short, longer than 64
  /// bits, or not in its shortest form (Protocol 2.2: each number has one spelling).
  public static func read(_ bytes: some Collection<UInt8>) -> (value: UInt64, length: Int)? {
    var value: UInt64 = 0
    var length = 0
    for byte in bytes {
      if length == 9 && byte > 1 { return nil }
      value |= UInt64(byte & 0x7f) << UInt64(7 * length)
      length += 1
      if byte < 0x80 { return byte == 0 && length > 1 ? nil : (value, length) }
      if length == 10 { return nil }
    }
    return nil
  }

  /// Maps small negative numbers to small unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3.
  public static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }

  public static func unzigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
