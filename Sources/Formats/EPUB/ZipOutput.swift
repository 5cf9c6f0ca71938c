import Coding
import Files

/// A zip archive (APPNOTE 6.3) on its way out, as EPUB asks for it: no extra fields, no times, names
/// in ASCII.
struct ZipOutput {
  private var file: WrittenFile
  private var directory: [UInt8] = []
  private(set) var count = 0

  /// An archive without the fields of 64 bits has no more files, and is no longer.
  static let mostFiles = 65_535
  static let longest = Int(UInt32.max)

  init(_ file: WrittenFile) {
    self.file = file
  }

  var tally: ExportTally { file.tally }

  /// - Parameter isStored: whether it is written as it is, for what is compressed already.
  mutating func add(
    _ bytes: [UInt8], as name: String, isStored: Bool = false, to path: FilePath
  ) throws(FileError) {
    let packed = isStored ? nil : ZipOutput.deflated(bytes)
    let data = packed.flatMap { $0.count < bytes.count ? $0 : nil } ?? bytes
    let start = file.length
    guard start + data.count + directory.count + 1_024 <= ZipOutput.longest else {
      throw FileError(path, .tooLarge(limit: ZipOutput.longest))
    }
    var fields = ZipFields()
    // Version 2.0, no flags, the method; the first of January 1980.
    fields.write16(20, 0, data.count < bytes.count ? 8 : 0, 0, 0x21)
    fields.write32(Int(Zlib.checksum(bytes)), data.count, bytes.count)
    fields.write16(name.utf8.count, 0)
    try file.write(ZipFields.signature(0x04_03) + fields.bytes + Array(name.utf8))
    try file.write(data)

    var entry = ZipFields()
    entry.write16(20)
    entry.bytes += fields.bytes
    entry.write16(0, 0, 0)
    entry.write32(0, start)
    directory += ZipFields.signature(0x02_01) + entry.bytes + Array(name.utf8)
    count += 1
  }

  mutating func finish() throws(FileError) {
    let start = file.length
    try file.write(directory)
    var end = ZipFields()
    end.write16(0, 0, count, count)
    end.write32(directory.count, start)
    end.write16(0)
    try file.write(ZipFields.signature(0x06_05) + end.bytes)
    try file.finish()
  }

  /// The stream within zlib's frame; nil where memory has run out.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    guard let stream = try? Zlib.deflate(bytes), stream.count > 6 else { return nil }
    return Array(stream[2..<(stream.count - 4)])
  }
}

/// Numbers as zip writes them, the lowest byte first.
private struct ZipFields {
  var bytes: [UInt8] = []

  mutating func write16(_ numbers: Int...) {
    for number in numbers { write(number, bytes: 2) }
  }

  mutating func write32(_ numbers: Int...) {
    for number in numbers { write(number, bytes: 4) }
  }

  private mutating func write(_ number: Int, bytes count: Int) {
    for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }

  /// `PK` and two bytes.
  static func signature(_ number: Int) -> [UInt8] {
    [0x50, 0x4B, UInt8(number & 0xFF), UInt8(number >> 8)]
  }
}
