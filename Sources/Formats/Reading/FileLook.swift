import Documents

/// What a file of an unknown format looks like by its first bytes, for people.
enum FileLook {
  /// A phrase, such as `a PDF`; nil for what looks like nothing that is known.
  static func phrase(_ sample: FormatSample) -> String? {
    let head = sample.head[...]
    if let known = magic(sample) { return known }
    guard !head.contains(where: isInNoText) else { return "no text" }
    let text = head.withoutByteOrderMark.drop(while: \.isHTMLSpace)
    switch text.first {
    case nil: return nil
    case UInt8(ascii: "{"), UInt8(ascii: "["): return "JSON of another program"
    case UInt8(ascii: "<"): return "a page; its name should end with .html"
    default: return "text; its name should end with .txt or .md"
    }
  }

  /// The same, of what is told by its first bytes and is no text.
  static func magic(_ sample: FormatSample) -> String? {
    marks.first { sample.head.starts(with: $0.bytes) }?.phrase
  }

  /// Whether no text in any encoding has a byte: a control that is neither white space nor the escape
  /// by which encodings of Japanese change their sets.
  private static func isInNoText(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x09...0x0d).contains(byte) && byte != 0x1b || byte == 0x7f
  }

  private static let marks: [(bytes: [UInt8], phrase: String)] = [
    (Array("PK\u{3}\u{4}".utf8), "an archive (zip) of another program"),
    (Array("%PDF-".utf8), "a PDF"), ([0x1F, 0x8B], "a compressed file (gzip)"),
    ([0x89, 0x50, 0x4E, 0x47], "a picture"), ([0xFF, 0xD8, 0xFF], "a picture"),
    (Array("GIF8".utf8), "a picture"), (Array("SQLite format 3".utf8), "a database"),
    ([0x7F, 0x45, 0x4C, 0x46], "a program"),
  ]
}
