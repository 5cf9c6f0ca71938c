import Replication
import TestSupport
import Testing

@testable import Articles

/// Where a highlight stands in a text (Protocol 5.12).
struct HighlightPlaceTests {
  private let body = ContentHash(bytes: [UInt8](repeating: 1, count: 32))
  private let other = ContentHash(bytes: [UInt8](repeating: 2, count: 32))

  /// The rule once more, plainly.
  private func plainPlace(_ anchor: HighlightAnchor, in text: HighlightText, _ string: String)
    -> Range<Int>?
  {
    let scalars = Array(string.unicodeScalars)
    let quote = Array(anchor.quote.unicodeScalars)
    func stands(at start: Int) -> Bool {
      start >= 0 && start + quote.count <= scalars.count
        && Array(scalars[start..<start + quote.count]) == quote
    }
    if anchor.body == text.body, anchor.textVersion == text.version, stands(at: anchor.start),
      anchor.end == anchor.start + quote.count
    {
      return anchor.start..<anchor.end
    }
    let starts = (0..<max(0, scalars.count)).filter { stands(at: $0) }
    func fit(_ start: Int) -> Int {
      let before = zip(scalars[..<start].reversed(), anchor.prefix.unicodeScalars.reversed())
      let behind = zip(scalars[(start + quote.count)...], anchor.suffix.unicodeScalars)
      return before.prefix { $0 == $1 }.count + behind.prefix { $0 == $1 }.count
    }
    guard starts.count > 1 else { return starts.first.map { $0..<$0 + quote.count } }
    let fits = starts.map(fit)
    guard let best = fits.max(), fits.count(where: { $0 == best }) == 1,
      let index = fits.firstIndex(of: best)
    else { return nil }
    return starts[index]..<starts[index] + quote.count
  }

  private func text(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let letters = ["a", "b", "茶", "芶", "\u{e9}", "e\u{301}", "🍵", " ", "\n", "  "]
    return (0..<count).map { _ in letters.randomElement(using: &generator) ?? "a" }.joined()
  }

  @Test(arguments: UInt64(0)..<40)
  func `the place is what the rule says, in texts of a few letters`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let string = text(.random(in: 0...60, using: &generator), &generator)
      let made = HighlightText(string, of: body, version: 1)
      guard made.scalarCount > 0 else { continue }
      let start = Int.random(in: 0..<made.scalarCount, using: &generator)
      let end = Int.random(in: start + 1...min(made.scalarCount, start + 5), using: &generator)
      let anchor = made.anchor(of: start..<end)
      #expect(anchor.place(in: made) == start..<end, "seed \(seed): \(string)")
      let edited = string + text(3, &generator)
      for (now, hash, version) in [
        (string, other, 1), (string, body, 2), (edited, other, 1),
        (text(40, &generator), other, 1), (String(string.reversed()), body, 1),
      ] {
        let present = HighlightText(now, of: hash, version: version)
        #expect(
          anchor.place(in: present) == plainPlace(anchor, in: present, now),
          "seed \(seed): \(anchor) in \(now)")
      }
    }
  }

  @Test func `scalars are found and counted past the marks`() {
    let string = String(repeating: "a茶🍵", count: 2_000)
    let text = HighlightText(string, of: body, version: 1)
    #expect(text.scalarCount == 6_000)
    for number in [0, 1, 2, 1_023, 1_024, 1_025, 3_071, 3_072, 5_999, 6_000] {
      let offset = text.offset(ofScalar: number)
      let expected = (number / 3) * 8 + [0, 1, 4][number % 3]
      #expect(offset == expected, "\(number)")
      #expect(text.scalar(at: expected) == number, "\(number)")
    }
    #expect(text.offset(ofScalar: 6_001) == nil && text.offset(ofScalar: -1) == nil)
    #expect(text.text(of: 4_000..<4_003) == "茶🍵a")
  }

  @Test(arguments: [
    ("a", "a", "a"), ("aaab", "aaaa", "aaa"), ("ab", "bab", "aba"), ("ab", "xab", "abx"),
  ])
  func `a scalar of a long text is as much work as one of a short text`(
    unit: String, before: String, behind: String
  ) {
    func steps(_ count: Int) -> Double {
      let text = HighlightText(String(repeating: unit, count: count), of: body, version: 1)
      let anchor = HighlightAnchor(
        body: other, textVersion: 1, quote: String(repeating: unit, count: 20),
        prefix: String(repeating: before, count: 32), suffix: String(repeating: behind, count: 32),
        start: 0, end: 1)
      return Double(anchor.placeCountingSteps(in: text).steps) / Double(text.scalarCount)
    }
    #expect(steps(40_000) <= 2 * steps(1_000) + 1)
    #expect(steps(40_000) <= 80)
  }
}

/// A passage as a person types it.
struct TypedPassageTests {
  private func places(_ passage: String, in string: String) -> [String] {
    let text = HighlightText(string, of: nil, version: 1)
    var places: [String] = []
    text.walkPlaces(typed: passage, joining: TypedPassageTests.joins) {
      places.append("\($0.lowerBound)..<\($0.upperBound) \(text.text(of: $0))")
      return true
    }
    return places
  }

  @Test func `white space stands for any white space, and what is found is the text's spelling`() {
    #expect(places("hot tea", in: "hot\n\n  tea") == ["0..<10 hot\n\n  tea"])
    #expect(places(" hot \t tea\n", in: "a hot tea.") == ["2..<9 hot tea"])
    #expect(places("hot tea", in: "hot\u{a0}tea hot\u{3000}tea hottea").count == 2)
    #expect(places("茶 茶", in: "茶茶茶　茶") == ["2..<5 茶　茶"])
    #expect(places("hottea", in: "hot tea").isEmpty)
    #expect(places("  ", in: "a  b").isEmpty && places("", in: "a").isEmpty)
  }

  @Test func `a line break between characters without spaces stands for nothing`() {
    #expect(places("茶\n  园", in: "在茶园里") == ["1..<3 茶园"])
    #expect(places("茶园", in: "茶\n\n园") == ["0..<4 茶\n\n园"])
    #expect(places("“茶\n园”", in: "喝“茶园”。") == ["1..<5 “茶园”"])
    #expect(places("茶 园", in: "茶园").isEmpty && places("tea\ngarden", in: "teagarden").isEmpty)
    #expect(places("茶\ntea", in: "茶tea").isEmpty)
  }

  /// Whether scalars are of those that these texts write without spaces.
  private static func joins(_ left: UInt32, _ right: UInt32) -> Bool {
    let scalars = "茶园“”".unicodeScalars.map(\.value)
    return scalars.contains(left) && scalars.contains(right)
  }

  /// Without white space that holds a line break and stands between two 茶.
  private static func closedUp(_ text: String) -> String {
    var (closed, white) = ("", "")
    for character in text {
      if character.isWhitespace {
        white.append(character)
        continue
      }
      let isNothing = white.contains("\n") && closed.last == "茶" && character == "茶"
      closed += (isNothing ? "" : white) + String(character)
      white = ""
    }
    return closed + white
  }

  @Test func `places overlap, and are counted after gaps of any length`() {
    #expect(places("a a", in: "a  a   a") == ["0..<4 a  a", "3..<8 a   a"])
    let text = HighlightText("tea  tea\n\ntea", of: nil, version: 1)
    #expect(text.places(typed: "tea", joining: TypedPassageTests.joins).count == 3)
    #expect(text.places(typed: "tea", number: 3, joining: TypedPassageTests.joins).place == 10..<13)
    #expect(text.places(typed: "tea", number: 4, joining: TypedPassageTests.joins).place == nil)
    #expect(text.place(typed: "tea", from: 5, joining: TypedPassageTests.joins) == 5..<8)
    #expect(text.place(typed: "tea", from: 6, joining: TypedPassageTests.joins) == 10..<13)
    #expect(text.place(typed: "tea", from: 11, joining: TypedPassageTests.joins) == 0..<3)
  }

  @Test(arguments: UInt64(0)..<40)
  func `what is found is the passage but for white space, and nothing is missed`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let letters = ["a", "b", " ", "\n", "茶"]
    for _ in 0..<20 {
      func random(_ count: Int) -> String {
        (0..<count).map { _ in letters.randomElement(using: &generator) ?? "a" }.joined()
      }
      let (string, passage) = (random(40), random(.random(in: 1...4, using: &generator)))
      func words(_ text: String) -> [Substring] {
        TypedPassageTests.closedUp(text).split(whereSeparator: \.isWhitespace)
      }
      let scalars = Array(string.unicodeScalars)
      let wanted = words(passage)
      guard !wanted.isEmpty else { continue }
      var expected: [Range<Int>] = []
      for start in scalars.indices where !scalars[start].properties.isWhitespace {
        for end in start + 1...scalars.count
        where !scalars[end - 1].properties.isWhitespace {
          let part = String(String.UnicodeScalarView(scalars[start..<end]))
          if words(part) == wanted { expected.append(start..<end) }
        }
      }
      var found: [Range<Int>] = []
      HighlightText(string, of: nil, version: 1).walkPlaces(
        typed: passage, joining: TypedPassageTests.joins
      ) {
        found.append($0)
        return true
      }
      #expect(found == expected, "seed \(seed): '\(passage)' in '\(string)'")
    }
  }
}

/// A highlight in registers.
struct HighlightRegisterTests {
  private let id = HighlightID(key: Identifier(high: 7, low: 9))
  private let article = ArticleID(key: Identifier(high: 1, low: 2))

  private func highlight() -> Highlight {
    let text = HighlightText(
      "Hot tea, cold tea.", of: ContentHash(bytes: [UInt8](repeating: 3, count: 32)), version: 1)
    return Highlight(
      article: article, anchor: text.anchor(of: 4..<7), color: "yellow", note: "drink it",
      addedMilliseconds: 5)
  }

  @Test func `what is written is what is read`() throws {
    let edits = try highlight().edits(for: id)
    #expect(edits.allSatisfy { $0.register.entity == id.entity })
    #expect(edits.filter { $0.isAuthored }.map(\.register.field) == [HighlightField.note])
    let registers = edits.map { (field: $0.register.field, value: $0.value) }
    #expect(Highlight(registers: registers) == highlight())
    #expect(highlight().anchor.prefix == "Hot " && highlight().anchor.suffix == ", cold tea.")
    #expect(HighlightID(id.description) == id)
  }

  @Test func `what names no article or quotes nothing is no highlight`() throws {
    let registers = try highlight().edits(for: id).map {
      (field: $0.register.field, value: $0.value)
    }
    for (field, values) in try [
      (HighlightField.article, [.nothing, .data([1]), .text("x")]),
      (HighlightField.quote, [.nothing, .text(""), .data([1])]),
    ] as [(Field, [Value])] {
      for value in values {
        #expect(Highlight(registers: registers + [(field: field, value: value)]) == nil)
      }
    }
    for field in [HighlightField.body, HighlightField.start, HighlightField.color] {
      let changed = Highlight(registers: registers + [(field: field, value: .nothing)])
      #expect(changed != nil && changed != highlight(), "\(field.name)")
    }
    let loud = Highlight(registers: registers + [(HighlightField.color, try .text("\u{1b}[1m"))])
    #expect(loud?.color == nil)
    for (length, isColor) in [(0, false), (1, true), (32, true), (33, false)] {
      #expect(Highlight.isColor(String(repeating: "a", count: length)) == isColor, "\(length)")
    }
  }

  @Test func `an imported highlight's id is a hash of its article and its quote`() {
    let preimage = HighlightID.preimage(importing: "tea", of: article)
    #expect(
      preimage == Array("satchel highlight import\0".utf8) + article.key.bytes
        + Array("\0tea".utf8))
  }
}
