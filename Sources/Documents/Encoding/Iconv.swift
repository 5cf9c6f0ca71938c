#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system's decoder of one encoding.
final class Iconv {
  private let handle: iconv_t

  /// The first of the names for which the system has a decoder; nil if it has none, as where glibc's
  /// files of decoders are not installed.
  init?(from names: [String]) {
    for name in names {
      // Without a suffix such as //TRANSLIT neither the locale nor likeness has a say.
      guard let handle = iconv_open("UTF-8", name), Int(bitPattern: handle) != -1 else { continue }
      self.handle = handle
      return
    }
    return nil
  }

  deinit { iconv_close(handle) }

  /// The text as UTF-8. Throws `malformed` at the first bytes that are no character.
  func decoded(_ bytes: [UInt8]) throws(EncodingError) -> [UInt8] {
    var bytes = bytes
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 3 / 2)
    var offset = 0
    var isOver = false
    while !isOver {
      let (taken, piece, problem) = convert(&bytes, from: offset)
      offset += taken
      output += piece
      // E2BIG says that the piece is full, anything else that no character begins here.
      if problem != 0, problem != E2BIG { throw .malformed(offset: offset) }
      isOver = problem == 0
    }
    return output + rest()
  }
}

extension Iconv {
  private static let pieceSize = 1 << 16

  /// A character that was held back, since one behind it could have changed it.
  private func rest() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      var left = buffer.count
      var to = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      iconv(handle, nil, nil, &to, &left)
      count = buffer.count - left
    }
  }

  /// Decodes as much as a piece holds: how many bytes were taken, what they are, and `errno` or 0.
  private func convert(_ bytes: inout [UInt8], from offset: Int) -> (Int, [UInt8], Int32) {
    var inputLeft = bytes.count - offset
    var problem: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: Iconv.pieceSize) { buffer, count in
      var outputLeft = buffer.count
      bytes.withUnsafeMutableBytes { input in
        var from = input.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
        var to = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
        let result = iconv(handle, &from, &inputLeft, &to, &outputLeft)
        if result == -1 { problem = errno }
      }
      count = buffer.count - outputLeft
    }
    return (bytes.count - offset - inputLeft, piece, problem)
  }
}
