import Testing

@testable import SatchelTool

/// What is laid out in columns, and what is compared line by line.
struct TableTests {
  @Test func `columns stand beneath each other, wide characters counted as two cells`() {
    var table = Table(columns: [.left, .right, .left])
    table.append(["家里", "7", "first"])
    table.append(["stick", "1,200", "second"])
    #expect(
      table.lines(width: nil) == ["家里       7  first", "stick  1,200  second"])
  }

  @Test func `no line is wider than the terminal, whatever the cells hold`() {
    for seed in 0..<200 {
      var table = Table(columns: [.left, .right, .left, .left])
      for row in 0..<4 {
        table.append(
          (0..<4).map {
            String(
              repeating: ["a", "中", "e\u{301}"][(seed + row) % 3],
              count: (seed * 7 + row * $0 * 5) % 40)
          })
      }
      for width in [24, 40, 79] {
        for line in table.lines(width: width) {
          #expect(line.displayWidth <= width, "seed \(seed), \(width) columns: \(line)")
        }
      }
    }
  }

  @Test func `two texts differ in the lines in which they do`() {
    func lines(_ old: String, _ new: String) -> [String] {
      LineDifference(from: old, to: new).lines
    }
    #expect(lines("a\nb\nc", "a\nx\nc") == ["  a", "- b", "+ x", "  c"])
    #expect(lines("a\nb", "a\nb\nc") == ["  a", "  b", "+ c"])
    #expect(lines("", "a") == ["- ", "+ a"])
    #expect(lines("1\n2\n3\n4\n5", "0\n2\n3\n4\n5") == ["- 1", "+ 0", "  2", "  3", "…"])
    // Strings that read the same are two lines where their bytes differ.
    #expect(lines("caf\u{e9}\nx", "cafe\u{301}\nx") == ["- café", "+ cafe\u{301}", "  x"])
  }

  @Test func `everything of either text stands in a difference that is short enough`() {
    for seed in 0..<300 {
      var number = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      func text() -> [String] {
        (0..<seed % 9).map { _ in
          number = number &* 6_364_136_223_846_793_005 &+ 1
          return ["a", "b", "c"][Int(number >> 33) % 3]
        }
      }
      let (old, new) = (text(), text())
      guard old != new else { continue }
      let lines = LineDifference(
        from: old.joined(separator: "\n"), to: new.joined(separator: "\n")
      ).lines
      guard !lines.contains("…") else { continue }
      let sides = ["-", "+"].map { sign in
        lines.filter { $0.hasPrefix(" ") || $0.hasPrefix(sign) }.map { String($0.dropFirst(2)) }
      }
      #expect(sides[0].joined(separator: "\n") == old.joined(separator: "\n"), "seed \(seed)")
      #expect(sides[1].joined(separator: "\n") == new.joined(separator: "\n"), "seed \(seed)")
    }
  }
}
