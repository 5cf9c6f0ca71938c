import Documents

/// Sources put together from marks and words at random, most of them in no order a person would
/// choose, so that every branch of the readers and every shape of tree is met.
enum Soup {
  static func source(using random: inout SplitMix) -> String {
    let count = Int.random(in: 1..<40, using: &random)
    return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
      .joined()
  }

  private static let pieces = markdown + html + text

  private static let text = [
    "a", "b ", "中文", "。", "“", " ", "\n", "\n", "\n\n", "\n\n", "\t", "    ", "\u{200B}",
    "e\u{301}",
    "&nbsp;", "&amp;", "&#13;", "&#xFEFF;", "https://e.org/x", "#", "!", "1.", "2)", "+ ", "=",
    "~~~",
    "snake_case", "<", ">", "a:", "\\", "|",
  ]

  private static let markdown = [
    "> ", "> > ", "- ", "- - ", "  ", "  - ", "   > ", "1. ", "7) ", "# ", "## x\n", "***\n",
    "---\n",
    "===\n", "```\n", "````\n", "| a | b |\n", "|  | c |\n", "|---|---|\n", "| x<br> | <b>y |\n",
    "*",
    "**", "***", "_", "`", "``", "[a](b)", "![c](d.png)", "![](e.png)", "[e *f*](g)", "[b](<c (d>)",
    "[r]", "[r]: /x\n", "<https://e.org>", "\\\n", "  \n",
  ]

  private static let html = [
    "<b>", "</b>", "<i>", "</i>", "<em>", "<code>", "</code>", "<code>x`y</code>",
    "<a href='https://e.org/l'>",
    "</a>", "<br>", "<br/>", "<img src=i.png alt='w'>", "<img src=p.gif width=1>", "<p>", "</p>",
    "<div>", "</div>", "<ul>", "</ul>", "<ol>", "<ol start=4>", "</ol>", "<li>", "<li value=9>",
    "</li>", "<ul><li>", "</li></ul>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
    "<table>",
    "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<table><tr><td>", "</td><td>",
    "</td></tr></table>", "<h2>", "</h2>", "<hr>", "<figure>", "</figure>", "<figcaption>",
    "</figcaption>", "<span hidden>", "</span>", "<script>x</script>", "<!-- c -->",
  ]
}
