import Testing

@testable import Documents

@Suite(.enabled(if: SystemDecoders.areHere, "this system has no decoders for iconv"))
struct TextEncodingTests {
  @Test(arguments: [
    ("UTF-8", "utf-8"), (" utf8 ", "utf-8"), ("GB2312", "gbk"), ("x-gbk", "gbk"),
    ("GB18030", "gb18030"),
    ("Big5-HKSCS", "big5"), ("Shift_JIS", "shift_jis"), ("sjis", "shift_jis"),
    ("x-euc-jp", "euc-jp"),
    ("ks_c_5601-1987", "euc-kr"), ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"),
    ("us-ascii", "windows-1252"), ("iso8859-9", "windows-1254"), ("ISO_8859-5:1988", "iso-8859-5"),
    ("iso885915", "iso-8859-15"), ("tis-620", "windows-874"), ("cp1251", "windows-1251"),
    ("utf-16", "utf-16le"), ("unicodeFFFE", "utf-16be"), ("koi8", "koi8-r"),
  ])
  func `an encoding has many names`(label: String, name: String) {
    #expect(TextEncoding(label: label)?.name == name)
  }

  @Test(arguments: ["", "utf-7", "utf-32", "unknown", "iso-8859-12", "gb18030\u{E9}"])
  func `other words name none`(label: String) {
    #expect(TextEncoding(label: label) == nil)
  }

  @Test(
    arguments: [
      ("gbk", [0xB8, 0xDB, 0xBF, 0xDA, 0x41], "港口A"),
      ("gb18030", [0x95, 0x34, 0xB2, 0x35, 0x41], "𠮷A"), ("big5", [0xB4, 0xE4, 0xA4, 0x66], "港口"),
      ("shift_jis", [0x93, 0x7E, 0x82, 0xCC, 0xB1], "冬のｱ"),
      ("euc-jp", [0xC5, 0xDF, 0xA4, 0xCE], "冬の"),
      ("euc-kr", [0xB0, 0xDC, 0xBF, 0xEF, 0x8C, 0x63], "겨울똠"),
      ("windows-1252", [0x93, 0xE9, 0x80], "“é€"),
      ("windows-1251", [0xCF, 0xF0, 0xE8], "При"), ("iso-8859-2", [0xB1, 0xE6], "ąć"),
      ("iso-8859-15", [0xA4, 0xBD], "€œ"), ("koi8-r", [0xF0, 0xD2, 0xC9], "При"),
      ("windows-874", [0xCA, 0xC7], "สว"), ("iso-8859-8", [0xF9], "ש"),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x45, 0x5F, 0x1B, 0x28, 0x42, 0x41], "冬A"),
      ("utf-16le", [0xFF, 0xFE, 0x2F, 0x6E, 0x3D, 0xD8, 0xA2, 0xDE], "港🚢"),
      ("utf-16be", [0x6E, 0x2F, 0xD8, 0x3D, 0xDE, 0xA2, 0xFE, 0xFF], "港🚢\u{FEFF}"),
      ("utf-8", [0xEF, 0xBB, 0xBF, 0x41], "\u{FEFF}A"), ("big5", [], ""),
      ("windows-1258", [0x41, 0x61, 0xEC], "A\u{E1}"), ("big5", [0x88, 0x66], "Ê"),
    ] as [(String, [UInt8], String)])
  func `bytes become UTF-8`(label: String, bytes: [UInt8], text: String) throws {
    let encoding = try #require(TextEncoding(label: label))
    #expect(try encoding.decoded(bytes) == Array(text.utf8))
  }

  @Test(
    arguments: [
      ("gbk", [0x41, 0xB8], 1), ("gbk", [0x41, 0x42, 0xFF, 0x41], 2),
      ("big5", [0xB4, 0xE4, 0xB4, 0x20], 2),
      ("shift_jis", [0x93], 0), ("euc-kr", [0x41, 0xFF, 0xFF], 1), ("utf-16le", [0x41], 0),
      ("utf-16le", [0x41, 0, 0x3D, 0xD8, 0x41, 0], 2), ("utf-16be", [0xDE, 0xA2], 0),
      ("utf-8", [0x41, 0xC0], 1),
    ] as [(String, [UInt8], Int)])
  func `bytes that are no characters are refused at their offset`(
    label: String, bytes: [UInt8], offset: Int
  ) throws {
    let encoding = try #require(TextEncoding(label: label))
    #expect(throws: EncodingError.malformed(offset: offset)) { try encoding.decoded(bytes) }
  }

  @Test func `long texts are decoded piece by piece`() throws {
    let bytes = Array(repeating: [0xB8, 0xDB, 0x0A] as [UInt8], count: 100_000).joined()
    let encoding = try #require(TextEncoding(label: "gbk"))
    #expect(
      try encoding.decoded(Array(bytes)) == Array(String(repeating: "港\n", count: 100_000).utf8))
    #expect(throws: EncodingError.malformed(offset: 300_001)) {
      try encoding.decoded(Array(bytes) + [0x41, 0xFF])
    }
  }

  @Test func `the system decodes every encoding that has a name`() throws {
    for name in Set(EncodingLabels.names.values) {
      let encoding = try #require(TextEncoding(label: name))
      #expect(encoding.name == name)
      #expect(
        try encoding.decoded(Array("ab".utf8).flatMap(wide(name))) == Array("ab".utf8), "\(name)")
    }
    #expect(Iconv(from: ["NO-SUCH-ENCODING"]) == nil)
  }

  @Test(arguments: [
    ("<meta charset=gbk>", "gbk"), ("<html><head><META CHARSET='Big5' >", "big5"),
    ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">", "gbk"),
    ("<meta content='text/html;charset=\"euc-kr\"' http-equiv=content-type>", "euc-kr"),
    ("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><html>", "shift_jis"),
    ("<?xml version=\"1.0\" encoding='gbk'?><meta charset=big5>", "big5"),
    ("<!-- <meta charset=gbk> --><meta charset=big5>", "big5"), ("<meta charset=utf-16>", "utf-8"),
    ("<meta charset=what><meta charset=gbk>", "gbk"),
    ("<script>'<meta charset=gbk>'</script><meta charset=big5>", "big5"),
  ])
  func `an HTML page names its encoding`(page: String, name: String) {
    #expect(DeclaredEncoding.named(byHTML: Array(page.utf8))?.name == name)
  }

  @Test(arguments: [
    "", "<html>", "<meta name=charset content=gbk>", "<body><meta charset=gbk>", "charset=gbk",
    "<meta content='text/html; charset=gbk'>", "<meta http-equiv=refresh content='charset=gbk'>",
    "x<?xml encoding='gbk'?>", "<meta charset=>",
    "<meta http-equiv=content-type content='charset'>",
  ])
  func `or it does not`(page: String) {
    #expect(DeclaredEncoding.named(byHTML: Array(page.utf8)) == nil)
  }

  @Test func `a byte order mark names one, too`() {
    #expect(DeclaredEncoding.mark(of: [0xEF, 0xBB, 0xBF]) == .utf8)
    #expect(DeclaredEncoding.mark(of: [0xFF, 0xFE, 0x41, 0]) == .utf16LittleEndian)
    #expect(DeclaredEncoding.mark(of: [0xFE, 0xFF]) == .utf16BigEndian)
    #expect(DeclaredEncoding.mark(of: [0xEF, 0xBB]) == nil)
  }

  @Test(
    arguments: [
      ("gb18030", [0xB4, 0xAC, 0xCD, 0xA3, 0xD4, 0xDA, 0xB0, 0xB6, 0xB1, 0xDF, 0xB5, 0xC4]),
      // Two words, of whose bytes a third are common letters in Cyrillic.
      ("gb18030", [0xB2, 0xE8, 0xB2, 0xE8, 0xD2, 0xB6]),
      ("big5", [0xB2, 0xEE, 0xB0, 0xB1, 0xA6, 0x62, 0xA9, 0xA4, 0xC3, 0xE4, 0xAA, 0xBA]),
      (
        "shift_jis",
        [0x91, 0x44, 0x82, 0xCD, 0x8F, 0x74, 0x82, 0xF0, 0x91, 0xD2, 0x82, 0xC1, 0x82, 0xC4]
      ),
      ("euc-jp", [0xC1, 0xA5, 0xA4, 0xCF, 0xBD, 0xD5, 0xA4, 0xF2]),
      (
        "euc-kr",
        [0xB9, 0xE8, 0xB4, 0xC2, 0x20, 0xBA, 0xBD, 0xC0, 0xBB, 0x20, 0xB1, 0xE2, 0xB4, 0xD9]
      ),
      ("windows-1252", [0x43, 0x61, 0x66, 0xE9, 0x20, 0x61]),
      ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]),
    ] as [(String, [UInt8])])
  func `an encoding is suggested by the words that come out`(name: String, bytes: [UInt8]) {
    #expect(EncodingSuggestion.likely(for: bytes) == name)
  }

  @Test(arguments: 1...10)
  func `no bytes trap a decoder`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<20 {
      let count = Int.random(in: 0..<200, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      for name in Set(EncodingLabels.names.values) {
        guard let encoding = TextEncoding(label: name), let text = try? encoding.decoded(bytes)
        else {
          continue
        }
        #expect(UTF8Check.firstMalformed(in: text) == nil, "\(name), seed \(seed)")
      }
      _ = EncodingSuggestion.likely(for: bytes)
    }
  }

  /// A byte of ASCII as the encoding has it.
  private func wide(_ name: String) -> (UInt8) -> [UInt8] {
    { name == "utf-16le" ? [$0, 0] : name == "utf-16be" ? [0, $0] : [$0] }
  }
}

/// The decoders that a small system may lack.
private enum SystemDecoders {
  static var areHere: Bool { Iconv(from: EncodingLabels.iconvNames(of: "gb18030")) != nil }
}
