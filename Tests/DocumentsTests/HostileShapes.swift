/// A text that repeats one thing over and over.
struct HostileShape: Sendable, CustomStringConvertible {
  var before = ""
  let unit: String
  var after = ""

  /// About so many bytes of it.
  func text(bytes: Int) -> String {
    let left = max(0, bytes - before.utf8.count - after.utf8.count)
    return before + String(repeating: unit, count: left / unit.utf8.count) + after
  }

  var description: String { "\(before.debugDescription) \(unit.debugDescription)" }
}

/// Shapes of Markdown on which readers are known to take time that grows faster than the page.
enum HostileShapes {
  static let all: [HostileShape] =
    units.map { HostileShape(unit: $0) } + addresses + around
    // Each once more on lines of their own, in a quote, and in an item.
    + units.prefix(24).map { HostileShape(unit: $0 + "\n") }
    + units.prefix(24).map { HostileShape(before: "> ", unit: $0) }
    + units.prefix(24).map { HostileShape(unit: "- " + $0 + "\n") }

  private static let units =
    brackets + emphasis + code + tags + references + blocks + containers + characters

  private static let brackets = [
    "[](a (", "[](a \"", "[](a '", "[](a \"b\" ", "[](a (b) ", "[](<", "[](<a", "[](", "[](a",
    "[](a(", "[](\\(", "[", "]", "![", "[]", "[a", "[a]", "[a][", "[a](", "[a]( ", "[a](b",
    "[a](b \"", "[a](b)", "![a](b)", "![a [b](c) ", "[[a]", "[a]]", "](", "[a](<b> (", "[![",
    "[a][b]", "[\\", "\\[", "[a](b\n", "[a\n", "![a][b] ", "[*a](b)* ", "*[a*](b) ",
  ]
  private static let emphasis = [
    "*", "_", "**", "***", "*a ", "_a ", "a*", "a_", "*a_", "_a*", "*a* ", "**a** ", "***a** ",
    "**a *b ", "*a **b", "a**b", "a**b*c", "_a_b", "a***", "*a_b*c_", "**a*", "*** ", "中**“",
    "”**中",
    "*a**b ", "**a*b***c", "__a", "_*_a", "*(", ")*", "**“a”**b",
  ]
  private static let code = [
    "`", "``", "`a", "`a ", "``a`", "`a``b", "`a ``b ```c", "\\`", "\\``a", "\\```a``", "`\\",
    "` `` ", "`a\n", "a`",
  ]
  private static let tags = [
    "<", "<a", "<a ", "<a b", "<a b=", "<a b='", "<a b=\"", "<a b='' ", "<a b=\"' ", "<a>", "</",
    "</a", "</a>", "<a/", "<!--", "<!-- -", "<!-->", "<!", "<!A", "<!A ", "<?", "<?a", "<![CDATA[",
    "<a:", "<a:b", "<a:b ", "<a@", "<a@b", "<a@b.", "<a@b.c>", "<http://", "http://", "http://a",
    "http://a.", "https://a ", "hhttp", "<b>", "<b></b>", "<ul><li>", "<div>", "<div>\n\n", "<br>",
    "<script>", "<pre>\n", "<table><tr><td>", "<span hidden>", "<p>", "</p>", "<b><p></b>", "<a\n",
  ]
  private static let references = [
    "&", "&a", "&#", "&#x", "&#1;", "&amp;", "&amp", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "&;",
  ]
  private static let blocks = [
    "# ", "# a\n", "#", "a\n===\n", "===\n", "---\n", "- - -", "***\n", "```\n", "~~~\n", "```a\n",
    "    a\n", "    \n", "\ta\n", "\t", "[a]: b\n", "[a]:\n", "[a]: b '\n", "[a]: <\n",
    "[a]: b\n\n",
    "[a", "[a]: b\n===\n", "|", "| a ", "| a |\n", "| a |\n|---|\n", "|---|\n", "| `a\n", "a\n",
    "\n",
    "\n\n", " \n", "a  \n", "a\\\n", "<div>\na\n", "<!-- a\n",
  ]
  private static let containers = [
    ">", "> ", "> a\n", "> a\nb\n", ">>", "> - ", "> 1. ", "- ", "- a\n", "-\n", "- a\n\n", "- - ",
    "1. ", "1. a\n", "1) a\n1. b\n", "* a\n- b\n", "- > ", "  - a\n", "-\n\n", "- a\n  - b\n",
    "a\n> ", "- ```\n", "> ```\n", "- <div>\n", ">\n", "- #\n",
  ]
  private static let characters = [
    "a", " ", "中", "。", "“", "\u{301}", "\u{200D}", "\u{200B}", "\u{FE0F}", "👍", "🇨🇳", "\u{1B}",
    "\\", "a b ", "\u{A0}", "e\u{301} ", "!", "h", "(", ")", "\"", "'",
  ]

  private static let address = "https://example.org/" + String(repeating: "a", count: 300)

  /// One long address that many links lead to, and a few that begin alike.
  private static let addresses = [
    HostileShape(before: "[r]: \(address)\n\n", unit: "[r] "),
    HostileShape(before: "[r]: \(address)\n\n", unit: "[r][] *a* "),
    HostileShape(before: "[r]: \(address)\n[s]: \(address)b\n\n", unit: "[r] [s] "),
    HostileShape(before: "[r]: \(address)\n[s]: \(address)b\n\n", unit: "[r][s] "),
    HostileShape(before: "[r]: \(address)\n\n", unit: "- [r]\n"),
    HostileShape(before: "[r]: \(address)\n\n", unit: "![r] "),
    HostileShape(before: "<a href=\(address)>", unit: "a<b>b</b>"),
    HostileShape(before: "[r]: \(address)\n\n", unit: "| [r] "),
    HostileShape(before: "[\(address.prefix(900))]: a\n\n", unit: "[\(address.prefix(900))]"),
  ]

  private static let around = [
    HostileShape(before: "*", unit: "**a* "),
    HostileShape(before: "[", unit: "*a* ", after: "](b)"),
    HostileShape(before: "[", unit: "a", after: "](b)"), HostileShape(before: "`", unit: "a `` "),
    HostileShape(before: "[", unit: "[a](b) "), HostileShape(before: "![", unit: "![a](b) "),
    HostileShape(before: String(repeating: "> ", count: 16), unit: "a\n"),
    HostileShape(before: String(repeating: "- ", count: 16) + "a\n", unit: "\n"),
    HostileShape(before: String(repeating: "- ", count: 16) + "a\n", unit: "b\n"),
    HostileShape(before: String(repeating: "> - ", count: 16) + "a\n", unit: "b\n"),
    HostileShape(before: String(repeating: "<ul><li>", count: 40) + "\n\n", unit: "- a\n"),
    HostileShape(before: String(repeating: "<b><i>", count: 100), unit: "</b>"),
    HostileShape(before: "[x", unit: "]: a\n["), HostileShape(before: "    ", unit: "a\n    \n"),
    HostileShape(before: "```\n", unit: "a\n"), HostileShape(before: "<div>\n", unit: "a\n"),
    HostileShape(before: "| ", unit: "a | "), HostileShape(before: "# ", unit: "# "),
    HostileShape(before: "1. ", unit: "a\n2. "), HostileShape(before: "a\n", unit: "  \n  b"),
  ]
}
