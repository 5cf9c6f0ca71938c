import Documents
import Testing

@Suite struct JSONTextTests {
  @Test func `values are read as they stand`() {
    #expect(
      JSONText(#" {"a":[1,-2.5e+3,true,false,null],"b":{},"c":"x","c":"y"} "#)
        == .object([
          "a": .array([.number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null]),
          "b": .object([:]), "c": .string("x"),
        ]))
    #expect(JSONText(#""\u00e9\ud83d\ude00\n\"\/""#) == .string("é😀\n\"/"))
    #expect(JSONText(#""\ud83dx""#) == .string("\u{FFFD}x"))
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "1.", ".5", "1e", "+1", "NaN", "nul",
    "\"a\nb\"", "\"\\x\"", "\"\\u12\"", "\"a", "[1] 2", "[1 2]", "{\"a\" 1}", "// c\n1",
    "\"\\u+123\"",
  ])
  func `anything else is refused`(source: String) {
    #expect(JSONText(source) == nil)
  }

  @Test func `depth and length are bounded`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONText(nested(JSONText.deepest)) != nil)
    #expect(JSONText(nested(JSONText.deepest + 1)) == nil)
    let longest = JSONText.longest - 2
    #expect(JSONText("\"" + String(repeating: "a", count: longest) + "\"") != nil)
    #expect(JSONText("\"" + String(repeating: "a", count: longest + 1) + "\"") == nil)
  }
}

extension JSONText {
  fileprivate init?(_ text: String) { self.init(Array(text.utf8)[...]) }
}
