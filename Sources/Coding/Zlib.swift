import CZlib

/// zlib streams of whole payloads. The output differs between levels and versions of zlib, so it
/// is never hashed or compared: only what it inflates to is.
public enum Zlib {
  /// The level payloads are written at: past it, time grows faster than size shrinks.
  public static let level: Int32 = 6
  /// That of operations, much of which are random bytes: looking longer for repeats doubles the
  /// time for the last hundredth of size.
  public static let operationsLevel: Int32 = 4

  /// Ends a block at each of `sections`, offsets that ascend, so that bytes of one sort share a
  /// Huffman code: zlib alone ends blocks where its buffer is full. It stays one stream.
  ///
  /// Throws `deflateFailed` when memory has run out.
  public static func deflate(
    _ bytes: [UInt8], sections: [Int] = [], level: Int32 = Zlib.level
  ) throws(CodingError) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard
      deflateInit2_(&stream, level, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        == Z_OK
    else { throw .deflateFailed }
    defer { deflateEnd(&stream) }
    // The bound is for blocks as zlib ends them; another block costs less than these bytes.
    let bound = Int(deflateBound(&stream, UInt(bytes.count))) + 16 * sections.count
    var status = Z_OK
    let result = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      bytes.withUnsafeBufferPointer { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(bound)
        var start = 0
        for end in sections where end > start && end < input.count {
          stream.avail_in = UInt32(end - start)
          status = CZlib.deflate(&stream, Z_BLOCK)
          start = end
        }
        stream.avail_in = UInt32(input.count - start)
        status = CZlib.deflate(&stream, Z_FINISH)
      }
      count = bound - Int(stream.avail_out)
    }
    guard status == Z_STREAM_END else { throw .deflateFailed }
    // Kept as it is, it would take the room of what it was made of.
    return result.withUnsafeBufferPointer { Array($0) }
  }

  /// Inflates into exactly `length` bytes, which the caller has checked against its limit.
  ///
  /// Throws `inflateFailed` when the stream is damaged, holds more or less, or has a tail.
  public static func inflate(
    _ bytes: some ContiguousBytesLike, exactly length: Int
  ) throws(CodingError) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit_(&stream, ZLIB_VERSION, size) == Z_OK else {
      throw .inflateFailed(declared: length)
    }
    defer { inflateEnd(&stream) }
    var whole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(1, length)) { output, count in
      bytes.withBytes { input in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(length)
        whole = CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END
        whole = whole && stream.avail_in == 0 && stream.avail_out == 0
      }
      count = length - Int(stream.avail_out)
    }
    guard whole else { throw .inflateFailed(declared: length) }
    return result
  }

  /// CRC-32 as in gzip, continued from `seed`.
  public static func checksum(_ bytes: some ContiguousBytesLike, seed: UInt32 = 0) -> UInt32 {
    bytes.withBytes { bytes in
      // Given no address, zlib forgets the seed and starts anew.
      guard let start = bytes.baseAddress else { return seed }
      return UInt32(crc32(UInt(seed), start, UInt32(bytes.count)))
    }
  }
}

/// Bytes that lie together in memory.
public protocol ContiguousBytesLike {
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
}

extension Array: ContiguousBytesLike where Element == UInt8 {
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBufferPointer(body)
  }
}

extension ArraySlice: ContiguousBytesLike where Element == UInt8 {
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withUnsafeBufferPointer(body)
  }
}
