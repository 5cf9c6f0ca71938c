/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012; the authors' reference
/// vectors are in the tests). Fast, and not a cryptographic hash of what its key holder writes.
public struct SipHash128: Sendable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  private var tail: UInt64 = 0
  private var count: UInt64 = 0

  @inline(__always)
  public init(key0: UInt64, key1: UInt64) {
    v0 = 0x736f_6d65_7073_6575 ^ key0
    v1 = 0x646f_7261_6e64_6f6d ^ key1 ^ 0xee
    v2 = 0x6c79_6765_6e65_7261 ^ key0
    v3 = 0x7465_6462_7974_6573 ^ key1
  }

  /// Adds eight bytes at once, least significant first.
  @inline(__always)
  public mutating func combine(word: UInt64) {
    let used = count & 7
    if used == 0 {
      compress(word)
    } else {
      compress(tail | word << (8 * used))
      tail = word >> (64 - 8 * used)
    }
    count &+= 8
  }

  @inline(__always)
  public mutating func combine(byte: UInt8) {
    tail |= UInt64(byte) << (8 * (count & 7))
    count &+= 1
    if count & 7 == 0 {
      compress(tail)
      tail = 0
    }
  }

  @inline(__always)
  public mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      combine(word: UInt64(littleEndian: word))
      offset += 8
    }
    while offset < bytes.count {
      combine(byte: bytes[offset])
      offset += 1
    }
  }

  @inline(__always)
  public func finish() -> Digest128 {
    var state = self
    state.compress(tail | count << 56)
    state.v2 ^= 0xee
    for _ in 0..<4 { state.round() }
    let low = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    state.v1 ^= 0xdd
    for _ in 0..<4 { state.round() }
    return Digest128(low: low, high: state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
  }

  @inline(__always)
  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = v1 << 13 | v1 >> 51
    v1 ^= v0
    v0 = v0 << 32 | v0 >> 32
    v2 &+= v3
    v3 = v3 << 16 | v3 >> 48
    v3 ^= v2
    v0 &+= v3
    v3 = v3 << 21 | v3 >> 43
    v3 ^= v0
    v2 &+= v1
    v1 = v1 << 17 | v1 >> 47
    v1 ^= v2
    v2 = v2 << 32 | v2 >> 32
  }
}

/// 128 bits; as bytes, `low` comes first, each half least significant first.
public struct Digest128: Hashable, Sendable {
  public let low: UInt64
  public let high: UInt64

  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  public var bytes: [UInt8] {
    [low, high].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(8 * $0)) }
    }
  }

  /// Reads exactly sixteen bytes; nil for any other count.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let words = Array(bytes)
    let half = { (part: ArraySlice<UInt8>) in
      part.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    self.init(low: half(words[0..<8]), high: half(words[8..<16]))
  }
}
