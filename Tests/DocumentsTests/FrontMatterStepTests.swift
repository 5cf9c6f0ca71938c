import Testing

@testable import Documents

/// Reading front matter takes steps that grow with its length, whatever it holds.
@Suite struct FrontMatterStepTests {
  static let patterns = [
    "[", "]", "[[a]], ", "{", "\"", "'", "\"\" ", "' ", "x\"", "[\"", ",", "a: \"b\n", "a: 'b\n",
    "a: [\n",
    "a: [b\n", "a: |\n", "a: >\n", "- ", "- \"\n", "a:\n- 'b\n", "a:\n - b: \"c\n", "  x\n", "\n",
    "\\", "#", " #",
    "a: b # c\n", "a: b\n  c: d\n", ": ", "a: [b](c\n", "a: {b\n", "\t", "\r\n", "? ", "&a ", "*a ",
    "|\n",
    "a: \"b\\\n", "= ", "a = \"\n", "a = \"\"\"\n", "a = [\n", "[a]\n", "a = ['b', \n", "a = {\n",
  ]

  @Test(arguments: patterns)
  func `lines are read in steps that grow with their number`(pattern: String) {
    for opening in ["", "a: ", "a: [", "a: \"", "a: [      x", "a:\n- ", "a: |\n", "t = ", "t = ["]
    {
      for ending in ["", "]", "\"]", "\n  b\n"] {
        let block = Array((opening + String(repeating: pattern, count: 200) + ending).utf8)
        var lines = YAMLLines()
        _ = lines.read(block[...])
        #expect(lines.steps <= 8 * block.count, "\(opening)\(pattern)\(ending)")
        var table = TOMLBlock(block[...])
        _ = table.read()
        #expect(table.steps <= 4 * block.count, "\(opening)\(pattern)\(ending)")
      }
    }
  }

  @Test func `brackets, spaces and quotes do not take the square of their number`() {
    for count in [1_000, 20_000] {
      let spaces = String(repeating: " ", count: count)
      let quotes = String(repeating: "\"", count: count)
      for text in [
        "x: [\(spaces)x\(quotes)]", "x: [\(spaces)\(quotes)]", "x: [\(quotes)\(spaces)]",
      ] {
        let block = Array(text.utf8)
        var lines = YAMLLines()
        let isRead = lines.read(block[...])
        #expect(isRead)
        #expect(lines.steps <= 8 * block.count)
      }
    }
  }

  @Test func `one key that is repeated costs what others cost`() throws {
    let block = Array(String(repeating: "a: b\n", count: 20_000).utf8)
    #expect(YAMLLines.properties(of: block[...])?["a"]?.count == 20_000)
  }

  @Test func `only what is small, shallow and repeats nothing is given to the parser`() {
    let few = [
      "title: R&B", "a: [b, [c]]", "a:\n  - b\n  - c: d", "a: b * c", "a: x*y*", "- - - a",
    ]
    for text in few { #expect(YAMLBounds.allow(Array(text.utf8)[...]), "\(text)") }
    let many = [
      String(repeating: "[", count: 129), String(repeating: "a: {", count: 129),
      String(repeating: "- ", count: 10), String(repeating: "? ", count: 10),
      String(repeating: " ", count: 65) + "a: b", "a: &b c", "a: [*b, *b]", "*a : b", "&a b: c",
      String(repeating: "a", count: 16_001),
    ]
    for text in many { #expect(!YAMLBounds.allow(Array(text.utf8)[...]), "\(text.prefix(20))") }
  }

  @Test func `a part that repeats itself a billion times is passed over`() throws {
    let lines = (1...9).map { level in
      "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]"
    }
    let block = "a0: &a0 [x]\n" + lines.joined(separator: "\n") + "\ntitle: Boats\n"
    let matter = try #require(FrontMatter(startOf: Array("---\n\(block)---\n".utf8)[...]))
    #expect(matter.metadata.title == "Boats")
  }

  @Test(arguments: patterns)
  func `no pattern traps a reader, whatever its length`(pattern: String) {
    for count in [1, 2, 60, 120, 1_000] {
      for rule in ["---", "+++"] {
        let page = "\(rule)\ntitle: a\n\(String(repeating: pattern, count: count))\n\(rule)\n"
        _ = FrontMatter(startOf: Array(page.utf8)[...])?.metadata
      }
    }
  }
}
