import Testing

@testable import Formats

@Suite struct TextLanguageTests {
  private let english =
    "The boats wait for spring, and the crew repairs the nets in long evenings. "
  private let simplified = "这个国家的经济发展让人们说话。"
  private let traditional = "這個國家的經濟發展讓人們說話。"
  private let japanese = "船は春を待っている。港の冬は長い。"
  private let korean = "배는 봄을 기다리고 사람들은 긴 저녁에 그물을 고친다. "

  @Test func `most letters decide`() {
    #expect(language(english) == "en")
    #expect(language(simplified) == "zh-Hans")
    #expect(language(traditional) == "zh-Hant")
    #expect(language(japanese) == "ja")
    #expect(language(korean) == "ko")
  }

  @Test func `a name or a word in another script changes nothing`() {
    #expect(language(repeated(english, 9) + "Someone met 马远山 once.") == "en")
    #expect(language(repeated(english, 9) + "It says 배 and 船は.") == "en")
    #expect(language(repeated(korean, 9) + "中國") == "ko")
    #expect(language(repeated(simplified, 9) + "The name of the boat is Spring.") == "zh-Hans")
    #expect(language(repeated(traditional, 9) + "ドラえもん") == "zh-Hant")
    #expect(language(repeated(japanese, 9) + "國學") == "ja")
  }

  @Test func `what is none of these is none`() {
    let others = [
      "Das Ende des Tages ist nah, und die Boote warten im Hafen.",
      "Le port est calme et les bateaux attendent le printemps.",
      "De boot is van de man die in het huis was, of niet.",
      "Лодки ждут весны, и команда чинит сети. 马远山",
      "Τα πλοία περιμένουν την άνοιξη.", "人山人海", "", "1234 -- ...", "let x = y + z; print(x)",
    ]
    for text in others { #expect(language(text) == nil, "\(text)") }
  }

  @Test func `tags, scripts and addresses are no words`() {
    let long = String(repeating: "abcdefgh ", count: 100)
    let pages = [
      "<p class=\"\(long)\">\(simplified)</p>",
      "<script>the of and \(long)</script><p>\(simplified)</p>",
      "<style>\(long)</style>\(simplified)",
      "[\(simplified)](https://example.org/\(long.filter { $0 != " " }))",
      "<!-- the of and \(long) -->\(simplified)",
    ]
    for page in pages { #expect(TextLanguage.of(markup: Array(page.utf8)[...]) == "zh-Hans") }
  }

  @Test(arguments: ["<", "<!--", "<script>", "</", "<a>", "<!-", "<a href='>'>", "< ", "<1"])
  func `tags without an end trap nothing and hide no words`(unit: String) {
    let text = String(repeating: unit, count: 20_000)
    #expect(TextLanguage.of(markup: Array(text.utf8)[...]) == nil)
    #expect(TextLanguage.of(markup: Array((simplified + text).utf8)[...]) == "zh-Hans")
  }

  @Test func `an article about code is in the language of its words`() {
    let code = String(repeating: "let value = function(argument)\n", count: 2)
    #expect(language(simplified + code + simplified) == "zh-Hans")
  }

  @Test func `no more of a long page is read than is needed`() {
    let text = repeated(simplified, 200) + repeated(english, 1_000)
    #expect(language(text) == "zh-Hans")
  }

  @Test func `cut characters trap nothing`() {
    let bytes = Array((simplified + japanese + korean + "é𠮷").utf8)
    for start in bytes.indices {
      for end in start...bytes.count { _ = TextLanguage.of(text: bytes[start..<end]) }
    }
  }

  private func language(_ text: String) -> String? {
    let bytes = Array(text.utf8)[...]
    #expect(TextLanguage.of(text: bytes) == TextLanguage.of(markup: bytes))
    return TextLanguage.of(text: bytes)
  }

  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }
}
