import Documents
import Testing

@Suite struct HTMLCharacterReferencesTests {
  @Test(arguments: [
    ("a &amp; b", "a & b"), ("&lt;p&gt;", "<p>"), ("&#20013;&#x56fd;", "中国"),
    ("&hellip;&mdash;&ldquo;x&rdquo;", "…—“x”"), ("&#65", "A"), ("&#x41;", "A"), ("&#150;", "–"),
    ("x&nbsp", "x\u{A0}"), ("&amp;amp;", "&amp;"), ("&AElig;&zwnj;", "Æ\u{200C}"),
    ("&NotEqualTilde;", "\u{2242}\u{338}"), ("&Afr;", "\u{1D504}"),
    ("&CounterClockwiseContourIntegral;", "∳"), ("&there4;", "∴"),
  ])
  func `references become characters`(source: String, text: String) {
    for place in [HTMLCharacterReferences.Place.text, .attribute] {
      #expect(decoded(source, in: place) == text)
    }
  }

  @Test(arguments: [
    ("&notit;", "¬it;"), ("&notin;", "∉"), ("&not", "¬"), ("&copy=2", "©=2"), ("&ampere", "&ere"),
    ("&frac12x", "½x"), ("&notinx", "¬inx"),
  ])
  func `in text the longest known name counts`(source: String, text: String) {
    #expect(decoded(source, in: .text) == text)
  }

  @Test(arguments: ["a=1&copy=2", "&ampere", "&notit;", "?a&not1", "&para1=x"])
  func `in an attribute a name that goes on is a part of an address`(source: String) {
    #expect(decoded(source, in: .attribute) == source)
  }

  @Test(arguments: ["&copy x", "&amp", "&#65 ", "&#x41"])
  func `in Markdown a reference needs its semicolon`(source: String) {
    #expect(decoded(source, in: .markdown) == source)
    #expect(decoded("&copy;&#65;", in: .markdown) == "©A")
  }

  @Test(arguments: [
    "&", "&;", "&#;", "&#x;", "&nosuch;", "&#xg;", "AT&T", "&&&", "&hellip", "&Amp;", "&AMPLE;x",
    "&CounterClockwiseContourIntegralx;",
  ])
  func `what is no reference stays as it was written`(source: String) {
    #expect(decoded(source, in: .attribute) == source)
  }

  @Test(arguments: ["&#0;", "&#xD800;", "&#1114112;", "&#99999999999999999999999999;"])
  func `a number that is no character becomes the replacement character`(source: String) {
    #expect(decoded(source, in: .text) == "\u{FFFD}")
  }

  private func decoded(_ source: String, in place: HTMLCharacterReferences.Place) -> String {
    HTMLCharacterReferences.decoded(Array(source.utf8)[...], in: place)
  }
}
