#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the end of a zip archive says of its directory (APPNOTE 4.3.14 to 4.3.16), looked at before
/// anything makes room for it.
struct ZipDirectory {
  let files: UInt64
  let bytes: UInt64

  /// Nil where no archive ends.
  ///
  /// - Parameter length: of the file.
  init?(_ handle: Int32, length: Int) {
    let tail = ZipDirectory.read(handle, at: max(0, length - 65_557), count: min(length, 65_557))
    let last = tail.indices.dropLast(21).last {
      tail[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06])
    }
    guard let end = last else { return nil }
    let (files, bytes) = (tail.number(at: end + 10, of: 2), tail.number(at: end + 12, of: 4))
    guard files == 0xFFFF || bytes == 0xFFFF_FFFF, end >= 20,
      tail[(end - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07])
    else {
      (self.files, self.bytes) = (files, bytes)
      return
    }
    let place = tail.number(at: end - 12, of: 8)
    guard place < UInt64(length) else { return nil }
    let long = ZipDirectory.read(handle, at: Int(place), count: 56)
    guard long.count == 56, long.starts(with: [0x50, 0x4B, 0x06, 0x06]) else { return nil }
    (self.files, self.bytes) = (long.number(at: 32, of: 8), long.number(at: 40, of: 8))
  }

  private static func read(_ handle: Int32, at place: Int, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var taken = 0
    while taken < count {
      let more = bytes.withUnsafeMutableBytes {
        pread(handle, $0.baseAddress?.advanced(by: taken), count - taken, off_t(place + taken))
      }
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { break }
      taken += more
    }
    return Array(bytes.prefix(taken))
  }
}

extension [UInt8] {
  /// A number of some bytes, the least significant first.
  fileprivate func number(at place: Int, of count: Int) -> UInt64 {
    self[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
