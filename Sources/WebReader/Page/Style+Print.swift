extension Style {
  /// On paper there is the article, and nothing to press.
  static let print = """
    @media print {
      :root { --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb; }
      .top, footer, aside, form, button, nav, .skip, .news, .bar { display: none !important; }
      .page { display: block; max-width: none; padding: 0; }
      main { max-width: none !important; }
      #text { font-size: 11pt; }
      h1, h2, h3 { break-after: avoid; }
      figure, table, pre, blockquote { break-inside: avoid; }
    }

    """
}
