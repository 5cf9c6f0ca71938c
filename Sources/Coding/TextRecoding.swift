import Replication

/// Text spelt anew so that zlib gains more from it (Protocol 2.7): its ASCII markup apart from its
/// other characters, and those by their ranks in a table.
///
/// ```
/// n | n x difference of the scalar from the one before | m | markup m | text, to the end
/// ```
/// A byte of markup below 0x80 is itself; from 0x80 it stands for the next (byte - 127) codes of
/// the text. A code is one byte for the characters met most often, and two bytes for the others.
struct TextRecoding {
  /// The table, and the length of the markup.
  private let table: [UInt8]
  private let markup: [UInt8]
  private let text: [UInt8]

  /// The recoding of a text; nil where it would not pay, or where the text is not well-formed UTF-8.
  init?(_ original: [UInt8]) {
    guard let parts = TextParts(original), parts.isWorthRecoding else { return nil }
    let scalars = TextRecoding.ranked(parts.census)
    var writer = ByteWriter()
    writer.number(scalars.count)
    var previous: Int64 = 0
    for scalar in scalars {
      writer.number(Varint.zigzag(Int64(scalar) - previous))
      previous = Int64(scalar)
    }
    writer.number(parts.markup.count)
    table = writer.bytes
    markup = parts.markup
    text = TextRecoding.text(of: parts, codes: TextRecoding.codes(of: parts.census, scalars))
    guard table.count + markup.count + text.count < original.count else { return nil }
  }

  /// Appends all of it to a payload. Returns where bytes of another sort begin in that.
  func append(to payload: inout [UInt8]) -> [Int] {
    let start = payload.count
    payload.reserveCapacity(start + table.count + markup.count + text.count)
    payload += table
    payload += markup
    payload += text
    return [start, start + table.count, start + table.count + markup.count]
  }
}

/// Which codes of a table have one byte and which two.
struct CodeSpace {
  /// Bytes below are codes; those from here on lead codes of two bytes.
  let singles: Int

  /// The fewest leads that name `count` characters: 255 at ``Limits/chunkCharacters``.
  init(count: Int) {
    singles = 256 - max(0, (count - 2) / 255)
  }

  /// Of one byte, or above 0xff.
  func code(ofRank rank: Int) -> UInt16 {
    UInt16(rank < singles ? rank : singles << 8 + rank - singles)
  }

  /// What a lead and the byte behind it stand for.
  func rank(lead: Int, next: Int) -> Int {
    singles + (lead - singles) << 8 + next
  }
}

extension TextRecoding {
  /// The scalars by rank: the most frequent first, but ascending within groups of about equal use,
  /// so that the differences are small.
  private static func ranked(_ census: ScalarCensus) -> [UInt32] {
    var scalars = zip(census.counts, census.scalars)
      .map { UInt64(UInt32.max - $0) << 32 | UInt64($1) }.sorted()
      .map { UInt32(truncatingIfNeeded: $0) }
    var (start, size) = (0, CodeSpace(count: scalars.count).singles)
    while start < scalars.count {
      let end = min(start + size, scalars.count)
      scalars[start..<end].sort()
      size = start == 0 ? 256 : 4 * size
      start = end
    }
    return scalars
  }

  /// The code of each scalar by its number in the census.
  private static func codes(of census: ScalarCensus, _ ranked: [UInt32]) -> [UInt16] {
    let space = CodeSpace(count: ranked.count)
    var codes = [UInt16](repeating: 0, count: ranked.count)
    for (rank, scalar) in ranked.enumerated() {
      codes[census.number(of: scalar)] = space.code(ofRank: rank)
    }
    return codes
  }

  private static func text(of parts: TextParts, codes: [UInt16]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 2 * parts.characters.count) { output, count in
      var end = 0
      for character in parts.characters {
        let code = codes[Int(character)]
        // The lead of a short code is written over: no branch, since which is which is chance.
        output[end] = UInt8(code >> 8)
        if code > 0xff { end += 1 }
        output[end] = UInt8(truncatingIfNeeded: code)
        end += 1
      }
      count = end
    }
  }
}
