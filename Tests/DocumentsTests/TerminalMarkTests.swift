import Testing

@testable import Documents

/// Passages that are marked in a text as it is laid out.
@Suite struct TerminalMarkTests {
  private static let reverse = "\u{1b}[7m"

  private func marked(
    _ body: String, _ passages: [String], format: DocumentFormat = .markdown, width: Int = 40
  ) -> String {
    let bytes = Array(body.utf8)
    let plain = PlainText.text(reading: bytes, as: format)
    let marks = passages.map { range(of: $0, in: plain) }
    return TerminalText(width: width, color: true, marks: marks).text(reading: bytes, as: format)
  }

  /// In scalars.
  private func range(of passage: String, in text: String) -> Range<Int> {
    let (text, passage) = (Array(text.unicodeScalars), Array(passage.unicodeScalars))
    let start = text.indices.first { text[$0...].starts(with: passage) } ?? 0
    return start..<start + passage.count
  }

  /// What stands between the sequences, each with whether it is reversed.
  private func pieces(_ text: String) -> [(text: String, isReversed: Bool)] {
    var pieces: [(text: String, isReversed: Bool)] = []
    var rest = text[...]
    var isReversed = false
    while let escape = rest.firstIndex(of: "\u{1b}") {
      if escape > rest.startIndex { pieces.append((String(rest[..<escape]), isReversed)) }
      let end = rest[escape...].firstIndex(of: "m") ?? rest.index(before: rest.endIndex)
      isReversed = rest[escape..<end].split { !$0.isNumber }.contains("7")
      rest = rest[rest.index(after: end)...]
    }
    return pieces + [(String(rest), isReversed)]
  }

  private func reversed(_ text: String) -> String {
    pieces(text).filter(\.isReversed).map(\.text).joined()
  }

  private func unstyled(_ text: String) -> String { pieces(text).map(\.text).joined() }

  @Test func `a passage is in reverse video, and nothing beside it`() {
    #expect(marked("hot tea now", ["tea"]) == "hot \u{1b}[7mtea\u{1b}[0m now")
    #expect(marked("hot tea now", []) == "hot tea now")
    #expect(
      marked("hot **tea** now", ["t tea n"])
        == "ho\u{1b}[7mt \u{1b}[0m\u{1b}[1;7mtea\u{1b}[0m\u{1b}[7m n\u{1b}[0mow")
    #expect(reversed(marked("one\n\ntwo\n\nthree", ["two"])) == "two")
    #expect(reversed(marked("one two three four", ["two", "o three"])) == "two three")
  }

  @Test func `what stands before lines, wraps and blocks counts and is not marked`() {
    let list = "- one two three\n- four\n\n  five six\n\n> quoted *words*\n> go on"
    for word in ["one", "three", "four", "five", "six", "quoted", "words", "go"] {
      #expect(reversed(marked(list, [word], width: 10)) == word, "\(word)")
    }
    #expect(
      reversed(marked(list, ["three\n• four\n  \n  five"], width: 10)).isEmpty == false)
    #expect(reversed(marked("a | b\n\n| c | d |\n|---|---|\n| e | f |", ["d\ne"])) == "de")
    #expect(reversed(marked("x\n\n***\n\n```\na\n\tb\n```\n\nend", ["end"])) == "end")
    #expect(reversed(marked("x\n\n```\na\n\tb\n```", ["a\n\tb"])) == "a    b")
    #expect(reversed(marked("![a picture](p.png) of tea", ["picture] of"])) == "picture] of")
    #expect(
      reversed(marked("[link](https://example.org) text [b](/c) end", ["text b end"]))
        == "text b end")
    #expect(
      reversed(marked("<p>one<br>two<p>three", ["two\n\nthree"], format: .html)) == "twothree")
  }

  @Test func `no character is cut`() {
    let body = "e\u{301}a 👨‍👩‍👧 🇩🇪🇫🇷 茶"
    let plain = PlainText.text(reading: Array(body.utf8), as: .text)
    let scalars = Array(plain.unicodeScalars)
    for place in scalars.indices {
      let text = TerminalText(width: 40, color: true, marks: [place..<place + 1])
        .text(reading: Array(body.utf8), as: .text)
      #expect(unstyled(text) == body, "\(place)")
      #expect(reversed(text).count <= 1, "\(place): \(text)")
      if scalars[place] != " " {
        #expect(reversed(text).unicodeScalars.contains(scalars[place]), "\(place)")
      }
    }
  }

  @Test func `without color nothing is marked`() {
    let text = TerminalText(width: 40, color: false, marks: [0..<3])
      .text(reading: Array("tea time".utf8), as: .text)
    #expect(text == "tea time")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `the text is the same with marks and without, and just the passage is marked`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let parts = [
      "word ", "茶", "**bold** ", "*it* ", "`code` ", "[link](/x) ", "\n\n", "# head\n\n", "\n",
      "e\u{301}", "🍵", "![pic](p) ", "&amp; ", "```\nx  y\n\tz\n```\n\n", "long" + "er ", "\u{7}",
    ]
    for _ in 0..<30 {
      let body = (0..<30).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(body.utf8)
      let scalars = Array(PlainText.text(reading: bytes, as: .markdown).unicodeScalars)
      guard !scalars.isEmpty else { continue }
      let start = Int.random(in: scalars.indices, using: &random)
      let end = Int.random(in: start...min(scalars.count, start + 25), using: &random)
      let width = Int.random(in: 8...50, using: &random)
      let plain = TerminalText(width: width, color: true).text(reading: bytes, as: .markdown)
      let text = TerminalText(width: width, color: true, marks: [start..<end])
        .text(reading: bytes, as: .markdown)
      #expect(unstyled(text) == unstyled(plain), "seed \(seed): \(body)")
      let passage = String(String.UnicodeScalarView(scalars[start..<end]))
      func letters(_ text: String) -> String {
        text.replacing("\\u{7}", with: "\u{7}").filter { !$0.isWhitespace }
      }
      // A character of several scalars is marked where one of them is.
      let (marked, wanted) = (letters(reversed(text)), letters(passage))
      #expect(
        marked.unicodeScalars.count - wanted.unicodeScalars.count <= 2
          && marked.unicodeScalars.contains(wanted.unicodeScalars),
        "seed \(seed): '\(passage)' marked as '\(marked)' in \(body)")
    }
  }
}
