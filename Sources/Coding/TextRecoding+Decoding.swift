import Replication

extension TextRecoding {
  /// The text of `length` bytes whose recoding takes the rest of the payload (Protocol 2.7).
  ///
  /// The caller has checked `length` against its limit.
  static func restored(
    from reader: inout ByteReader, length: Int
  ) throws(CodingError) -> [UInt8] {
    let table = try CharacterTable(from: &reader)
    let markupLength = try reader.count(of: "markup bytes", eachAtLeast: 1)
    // No byte stands for more than four, so room that cannot be filled is not made.
    guard length <= 4 * reader.remaining else {
      throw .tooLarge(
        what: "recoded bytes", count: UInt64(length), limit: UInt64(4 * reader.remaining))
    }
    let markup = try reader.slice(markupLength)
    let offset = reader.offset
    var restoring = TextRestoring(
      markup: markup, text: try reader.slice(reader.remaining), offset: offset, length: length)
    var refusal: CodingError?
    let room = length + TextRestoring.slack
    let restored = [UInt8](unsafeUninitializedCapacity: room) { output, count in
      table.characters.withUnsafeBufferPointer { characters in
        do throws(CodingError) {
          try restoring.run(characters, into: UnsafeMutableRawBufferPointer(output))
          count = length
        } catch {
          refusal = error
        }
      }
    }
    if let refusal { throw refusal }
    return restored
  }
}

/// The characters of a table, in UTF-8.
private struct CharacterTable {
  /// The bytes of each as they lie in memory with zeros behind, and above them how many they are.
  private(set) var characters: [UInt64] = []

  init(from reader: inout ByteReader) throws(CodingError) {
    let count = try reader.count(of: "characters", eachAtLeast: 1)
    guard (1...Limits.chunkCharacters).contains(count) else {
      throw .tooLarge(
        what: "characters", count: UInt64(count), limit: UInt64(Limits.chunkCharacters))
    }
    characters.reserveCapacity(count)
    var value: Int64 = 0
    for _ in 0..<count {
      let offset = reader.offset
      let difference = try reader.number()
      // A step longer than all of Unicode might overflow the sum.
      value = difference <= 2 * 0x10_ffff ? value + Varint.unzigzag(difference) : -1
      guard let number = UInt32(exactly: value), let scalar = Unicode.Scalar(number) else {
        throw .unknownIndex(what: "scalar", offset: offset)
      }
      characters.append(CharacterTable.utf8(scalar))
    }
  }

  private static func utf8(_ scalar: Unicode.Scalar) -> UInt64 {
    var (word, length) = (UInt32(0), UInt32(0))
    for byte in scalar.utf8 {
      word |= UInt32(byte) << (8 * length)
      length += 1
    }
    return UInt64(length) << 32 | UInt64(word.littleEndian)
  }
}

/// The loop that puts a text together again.
///
/// Its buffers are unsafe since it writes each byte of a merge. Every step checks that what it reads
/// is there, and that what it writes keeps to the length. A character is stored as four bytes, which
/// three bytes of slack make room for; those behind it are written over by what follows.
private struct TextRestoring {
  let markup: UnsafeRawBufferPointer
  let text: UnsafeBufferPointer<UInt8>
  /// Where the text begins in the payload.
  let offset: Int
  let length: Int
  private var read = 0
  private var written = 0

  static let slack = 3

  init(
    markup: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>, offset: Int, length: Int
  ) {
    self.markup = UnsafeRawBufferPointer(markup)
    self.text = text
    self.offset = offset
    self.length = length
  }

  /// `output` has room for the length and the slack.
  mutating func run(
    _ table: UnsafeBufferPointer<UInt64>, into output: UnsafeMutableRawBufferPointer
  ) throws(CodingError) {
    let space = CodeSpace(count: table.count)
    var at = 0
    while at < markup.count {
      let byte = markup[at]
      if byte < 0x80 {
        at += try copyMarkup(from: at, into: output)
      } else {
        for _ in 0x7f..<byte {
          let rank = try rank(in: space)
          guard rank < table.count else {
            throw .unknownIndex(what: "character", offset: offset + read - 1)
          }
          try append(table[rank], to: output)
        }
        at += 1
      }
    }
    guard read == text.count else {
      throw .trailingBytes(offset: offset + read, count: text.count - read)
    }
    guard written == length else { throw endsEarly }
  }

  /// Copies up to eight bytes of ASCII at once, of which there is one at least. Returns how many.
  @inline(__always)
  private mutating func copyMarkup(
    from start: Int, into output: UnsafeMutableRawBufferPointer
  ) throws(CodingError) -> Int {
    guard start + 8 <= markup.count, written + 8 <= length else {
      guard written < length else { throw tooLong }
      output[written] = markup[start]
      written += 1
      return 1
    }
    let bytes = markup.loadUnaligned(fromByteOffset: start, as: UInt64.self)
    output.storeBytes(of: bytes, toByteOffset: written, as: UInt64.self)
    let count = (bytes.littleEndian & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
    written += count
    return count
  }

  /// Reads the next code.
  ///
  /// Whether it has one byte or two is chance, and a branch on that would be missed every other
  /// time: both are computed, and one is taken.
  @inline(__always)
  private mutating func rank(in space: CodeSpace) throws(CodingError) -> Int {
    guard read + 1 < text.count else { return try lastRank(in: space) }
    let (lead, next) = (Int(text[read]), Int(text[read + 1]))
    let isDouble = lead >= space.singles ? 1 : 0
    read += 1 + isDouble
    return lead + (space.rank(lead: lead, next: next) - lead) & -isDouble
  }

  private mutating func lastRank(in space: CodeSpace) throws(CodingError) -> Int {
    guard read < text.count, text[read] < space.singles else { throw endsEarly }
    defer { read += 1 }
    return Int(text[read])
  }

  @inline(__always)
  private mutating func append(
    _ character: UInt64, to output: UnsafeMutableRawBufferPointer
  ) throws(CodingError) {
    let count = Int(character >> 32)
    guard count <= length - written else { throw tooLong }
    output.storeBytes(
      of: UInt32(truncatingIfNeeded: character), toByteOffset: written, as: UInt32.self)
    written += count
  }

  private var endsEarly: CodingError { .endsEarly(offset: offset + text.count) }

  private var tooLong: CodingError {
    .tooLarge(what: "restored bytes", count: UInt64(length) + 1, limit: UInt64(length))
  }
}
