/// What text that is not UTF-8 and names no encoding is likely to be.
///
/// It is a hint for people and decides nothing: most bytes decode as several encodings, and only the
/// words that come out tell which of them it was.
public enum EncodingSuggestion {
  /// The name of the encoding in which the bytes hold most of the characters that are common in its
  /// language.
  public static func likely(for bytes: [UInt8]) -> String {
    // Where the system has no decoders nothing can be tried, and most such pages are Chinese.
    guard Iconv(from: EncodingLabels.iconvNames(of: "gb18030")) != nil else { return "gb18030" }
    let sample = sample(of: bytes)
    let ranked = candidates.compactMap { candidate -> (name: String, share: Int, isLikely: Bool)? in
      guard let encoding = TextEncoding(label: candidate.label),
        let share = share(of: candidate.common, in: sample, as: encoding)
      else { return nil }
      return (encoding.name, share, share >= candidate.minimumShare)
    }
    let best = ranked.filter(\.isLikely).reduce(ranked.first { $0.name == "gb18030" }) {
      best, next in
      best.map { $0.share >= next.share } == true ? best : next
    }
    // A text too short to tell, that is none in an alphabet of its own, is taken for Chinese.
    return best?.name ?? "windows-1252"
  }
}

extension EncodingSuggestion {
  private static let sampleSize = 32 << 10

  /// The shares are of a thousand characters beyond ASCII. An alphabet is known by most of its
  /// letters: of bytes that are something else a third may be among them.
  private static let candidates: [(label: String, common: Set<Unicode.Scalar>, minimumShare: Int)] =
    [
      ("gb18030", Set("的一是不了在人有我他这中大来上个国到说们为，。、".unicodeScalars), 40),
      ("big5", Set("的一是不了在人有我他這中大來上個國到說們為，。、".unicodeScalars), 40),
      ("shift_jis", Set("のにはをたがでてとしれさあるいもなか、。".unicodeScalars), 40),
      ("euc-jp", Set("のにはをたがでてとしれさあるいもなか、。".unicodeScalars), 40),
      ("euc-kr", Set("이다는을의에가고하지은를한도로니기사인서".unicodeScalars), 40),
      ("windows-1251", Set("оеаинтсрвлкмдпуяы".unicodeScalars), 600),
    ]

  /// The first bytes, up to the end of a line so that no character is cut.
  private static func sample(of bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > sampleSize else { return bytes }
    let head = bytes.prefix(sampleSize)
    return Array(head[...(head.lastIndex(of: UInt8(ascii: "\n")) ?? head.endIndex - 1)])
  }

  /// How many of a thousand characters beyond ASCII are common ones; nil if the bytes do not decode.
  private static func share(
    of common: Set<Unicode.Scalar>, in sample: [UInt8], as encoding: TextEncoding
  ) -> Int? {
    guard let text = try? encoding.decoded(sample) else { return nil }
    var (all, found) = (0, 0)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars where !scalar.isASCII {
      all += 1
      if common.contains(scalar) { found += 1 }
    }
    return all == 0 ? nil : found * 1000 / all
  }
}
