import Documents
import Testing

@Suite struct HTMLCharacterReferencesTests {
  @Test(arguments: [
    ("a &amp; b", "a & b"), ("&lt;p&gt;", "<p>"), ("&#20013;&#x56fd;", "中国"),
    ("&hellip;&mdash;&ldquo;x&rdquo;", "…—“x”"), ("&#65", "A"), ("&#x41;", "A"), ("&#150;", "–"),
    ("x&nbsp", "x\u{A0}"), ("&amp;amp;", "&amp;"),
  ])
  func `references become characters`(source: String, text: String) {
    #expect(decoded(source) == text)
  }

  @Test(arguments: [
    "&", "&;", "&#;", "&#x;", "&nosuch;", "a=1&copy=2", "&ampere", "&#xg;", "AT&T", "&&&",
  ])
  func `what is no reference stays as it was written`(source: String) {
    #expect(decoded(source) == source)
  }

  @Test(arguments: ["&#0;", "&#xD800;", "&#1114112;", "&#99999999999999999999999999;"])
  func `a number that is no character becomes the replacement character`(source: String) {
    #expect(decoded(source) == "\u{FFFD}")
  }

  private func decoded(_ source: String) -> String {
    HTMLCharacterReferences.decoded(Array(source.utf8)[...])
  }
}
