import TestSupport
import Testing

@testable import LibraryStore

/// How text is cut into what is searched for.
struct SearchTokenTests {
  @Test(arguments: [
    ("", ""), ("  \n\t ", ""), ("!?…—", ""),
    // Words, numbers, and what holds them together.
    ("Hot Tea, 2 cups.", "hot tea 2 cups"), ("don't e-mail a_b", "don t e mail a b"),
    // Case, accents and ligatures.
    ("CAFÉ cafe\u{301} Straße ΣΊΣΥΦΟΣ İstanbul", "cafe cafe strasse σισυφοσ istanbul"),
    ("ﬁnd Ǆ №5", "find dz no5"), ("Ёлка МОСКВА", "елка москва"),
    // What has no width stands nowhere.
    ("soft\u{AD}ly zero\u{200B}width \u{FEFF}mark", "softly zerowidth mark"),
    ("中\u{200B}国 中\u{FE00}国", "中 国 中 国"),
    // Full and half width.
    ("ＡＢＣ１２３　ﾃﾚﾋﾞ", "abc123 テ レ ヒ"),
    // A character is a word; the scripts are one.
    ("中國語 GDP增长3%", "中 国 语 gdp 增 长 3"), ("乾隆後裏", "干 隆 后 里"),
    ("カタカナ ひらがな 한국어", "カ タ カ ナ ひ ら か な 한 국 어"),
    ("ไทย", "ไ ท ย"), ("कुल कल", "कुल कल"),
    // Punctuation and empty lines part characters, spaces and line ends do not.
    ("其中，国家", "其 中 ¶ 国 家"), ("张 三\n李　四", "张 三 李 四"), ("完\n\n国", "完 ¶ 国"),
    ("“中”国", "中 ¶ 国"), ("中，tea，国", "中 tea 国"), ("¶中¶国", "中 ¶ 国"),
    // Emoji.
    ("桥🌉 ok👍🏽 ©", "桥 🌉 ok 👍"),
    ("𝐁old ①", "bold 1"),
  ])
  func `text becomes tokens`(text: String, tokens: String) {
    #expect(SearchTokenTests.tokens(Array(text.utf8)) == tokens)
  }

  @Test func `bytes that are not UTF-8 part words and nothing else`() {
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xE4, 0xB8], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0x80, 0x80], [0x80],
    ] {
      #expect(SearchTokenTests.tokens([0x61] + bytes + [0x62]) == "a b", "\(bytes)")
    }
  }

  @Test func `a long word counts by its first 64 bytes, and is not cut within a character`() {
    let long = String(repeating: "x", count: 63)
    #expect(SearchTokenTests.tokens(Array((long + "yz").utf8)) == long + "y")
    #expect(SearchTokenTests.tokens(Array((long + "ж rest").utf8)) == long + " rest")
  }

  @Test(arguments: UInt64(0)..<200)
  func `tokens are the same again, and their places lie in the text`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [[UInt8]] =
      ["a", "Ä", "中", "國", "，", " ", "\n", "🌉", "\u{AD}", "が", "'"]
      .map { Array($0.utf8) } + [[0xFF], [0xE4]]
    var text: [UInt8] = []
    for _ in 0..<40 { text += alphabet.randomElement(using: &generator) ?? [] }
    var tokens = SearchTokens(recordingPlaces: true)
    text.withUnsafeBufferPointer { tokens.append($0) }
    #expect(SearchTokenTests.tokens(tokens.bytes) == String(decoding: tokens.bytes, as: UTF8.self))
    var end = 0
    for place in tokens.places {
      #expect(place.source.lowerBound >= end && place.source.upperBound <= text.count, "\(seed)")
      end = place.source.upperBound
      let source = Array(text[place.source])
      let token = String(decoding: tokens.bytes[place.token], as: UTF8.self)
      #expect(token == "¶" || SearchTokenTests.tokens(source) == token, "seed \(seed)")
    }
    let whole = tokens.places.map { String(decoding: tokens.bytes[$0.token], as: UTF8.self) }
    #expect(whole.joined(separator: " ") == String(decoding: tokens.bytes, as: UTF8.self))
  }

  private static func tokens(_ text: [UInt8]) -> String {
    var tokens = SearchTokens()
    text.withUnsafeBufferPointer { tokens.append($0) }
    return String(decoding: tokens.bytes, as: UTF8.self)
  }
}
