import Documents
import Testing

@Suite struct HostileTextTests {
  static let body = """
    ---
    title: T
    ---
    ### 标题 *a*
    ---
    <div id="x"><p>\n 山东\n <b>青岛</b>，<img src="images/a.png" alt="图"/><br/>再\u{1b}[2J</p>
    <ul><li>a<ol start=3><li>b</ol></ul><table><tr><td>c<td>d</table>

    > 1. q [l](https://example.org/ "t") `c` ![i](j) <i>x</i> &amp; **s**
    > - r  
    ```
    code\tx
    ```
    | a | b |
    [r]: https://example.org/r

    <script>x</script> 👨\u{200D}👩\u{200D}👧 [r] https://example.org
    """

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `no corruption of a body traps or passes the width`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let original = Array(HostileTextTests.body.utf8)
    for round in 0..<150 {
      var body = original
      for _ in 0...Int.random(in: 0..<4, using: &random) { corrupt(&body, using: &random) }
      for format in DocumentFormat.allCases {
        let document = Document(reading: body, as: format)
        let width = Int.random(in: 8..<60, using: &random)
        let shown = TerminalText(width: width, color: false).text(of: document)
        #expect(isSafe(shown), "seed \(seed), round \(round), \(format)")
        let lines = shown.split(separator: "\n").prefix { !$0.hasPrefix("[1] ") }
        #expect(
          lines.allSatisfy { $0.reduce(0) { $0 + DisplayWidth.columns(of: $1) } <= width },
          "seed \(seed), round \(round), \(format), width \(width)")
      }
    }
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "[", "![", "*", "_", "*a_", "**a *b ", ">", "> - ", "- ", "`", "`a ``b ", "<", "<a ", "<a '",
      "<!--", "<!", "[a](", "[a](<", "[a](b \"", "![a [b](c) ", "[[a]", "](", "\\", "&", "|",
      "~~~\n",
      "[x]: y\n", "a\n> ", "<b>", "<ul><li>", "<div hidden>", "<b><div></b>", "</p>", "<td>",
      "<script>", "http://", "。", "\u{301}", "\u{200D}",
    ])
  func `a repeated opening takes time that grows with its length`(pattern: String) {
    let count = 10_000 / pattern.utf8.count
    let body = Array(String(repeating: pattern, count: count).utf8)
    for format in DocumentFormat.allCases {
      let document = Document(reading: body, as: format)
      #expect(PlainText.text(of: document).utf8.count <= 20 * body.count)
      #expect(isSafe(TerminalText(width: 40, color: false).text(of: document)))
    }
  }
}

extension HostileTextTests {
  fileprivate func corrupt(_ body: inout [UInt8], using random: inout SplitMix) {
    let place = Int.random(in: 0..<body.count, using: &random)
    let end = min(body.count, place + Int.random(in: 1..<12, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: body[place] = UInt8.random(in: 0...255, using: &random)
    case 1: body.removeSubrange(place..<min(end, body.count - 1))
    case 2: body.insert(contentsOf: body[place..<end], at: place)
    default:
      let marks = Array("<>[]()*_`#-|&!\\\n \"'/".utf8)
      body.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: place)
    }
  }

  /// Whether nothing but line feeds would be obeyed.
  fileprivate func isSafe(_ text: String) -> Bool {
    TerminalEscape.escaped(text, keepingNewlines: true) == text
  }
}
