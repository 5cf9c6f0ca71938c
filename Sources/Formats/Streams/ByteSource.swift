import Files

/// Bytes from front to back: of a file, of a pipe, of a file in an archive, of what is in memory.
protocol ByteSource {
  /// How many there are; 0 where nobody knows.
  var length: Int { get }
  /// The next bytes, some tens of thousands at a time; empty at the end.
  mutating func read() throws(SkipReason) -> [UInt8]
}

extension InputFile: ByteSource {
  func read() throws(SkipReason) -> [UInt8] {
    try SkipReason.wrapping { () throws(FileError) in try read(upTo: 1 << 16) }
  }
}

/// Bytes that are in memory already.
struct MemorySource: ByteSource {
  let length: Int
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    (self.bytes, length) = (bytes, bytes.count)
  }

  mutating func read() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }
}
