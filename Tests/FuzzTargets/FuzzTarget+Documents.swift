import Articles
import Documents
import Foundation

// Texts that people wrote, or others for them: chapters 5 and 10.

extension FuzzTarget {
  static let texts: [FuzzTarget] = [
    FuzzTarget(
      name: "query",
      samples: [Array(#"tea -(is:unread OR tag:"a b") title:tea"#.utf8)]
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let filter = try unlessRefused({ try ArticleFilter(text) }) else { return false }
      let again = try unlessRefused { try ArticleFilter(filter.description) }
      try hold(again == filter, "\(text.debugDescription) was written as \(filter.description)")
      return true
    },
    FuzzTarget(
      name: "front matter",
      samples: [
        Array("---\ntitle: \"a: b\"\ntags: [x, 'y']\nnote: |\n  two\n  lines\n---\ntext".utf8),
        Array("+++\ntitle = \"T\"\ntags = [\"a\"]\n+++\n".utf8),
      ]
    ) { FrontMatter(startOf: $0[...]) != nil },
    FuzzTarget(name: "date", samples: [Array("2020年3月13日 09:30 +0800".utf8)]) { bytes in
      guard let date = DateText.normalized(bytes[...]) else { return false }
      let again = DateText.normalized(Array(date.utf8)[...])
      try hold(again == date, "\(date) is no date that reads as itself")
      return true
    },
    FuzzTarget(
      name: "encoding", samples: [Array("<meta charset=gbk>\u{6865}\u{6865}".utf8)]
    ) { bytes in
      _ = DeclaredEncoding.mark(of: bytes)
      _ = EncodingSuggestion.likely(for: bytes)
      guard let encoding = DeclaredEncoding.named(byHTML: bytes) else { return false }
      return (try? encoding.decoded(bytes)) != nil
    },
  ]

  static let pages: [FuzzTarget] = [
    document(
      "markdown", .markdown, "# T\n\n> - *a* [b](c \"d\")\n\n| a |\n|---|\n| `b` |\n\n![x](y)"),
    document("html", .html, "<h1>T</h1><ul><li>a<td><p>&amp;<b>x</i><table><tr><th>y<img src=z>"),
    document("text", .text, "a\n\n  b\u{1B}[31m\u{202E}c"),
  ]

  /// What is written of a document as safe HTML holds nothing else, and is written again the same.
  private static func document(
    _ name: String, _ format: DocumentFormat, _ sample: String
  ) -> FuzzTarget {
    FuzzTarget(name: name, samples: [Array(sample.utf8)]) { bytes in
      let document = Document(reading: bytes, as: format)
      let html = HTMLWriter { $0 }.html(of: document)
      try holdSafe(html)
      if format == .html {
        let again = Document(reading: Array(html.utf8), as: .html)
        let rewritten = HTMLWriter { $0 }.html(of: again)
        try hold(rewritten == html, "\(html.debugDescription) is written anew as \(rewritten)")
      }
      let shown = TerminalText(width: 40, color: true).text(of: document)
      try hold(!shown.unicodeScalars.contains { isControl($0) }, "a control character is shown")
      _ = PlainText.text(of: document)
      return !document.blocks.isEmpty
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x1B: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static let elements: Set<String> = [
    "a", "blockquote", "br", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "li", "ol", "p", "pre", "strong", "table", "td", "th", "tr", "ul",
  ]

  private static func holdSafe(_ html: String) throws(FuzzFinding) {
    for token in HTMLTokenizer(Array(html.utf8)[...]) {
      switch token {
      case .startTag(let tag), .endTag(let tag):
        try hold(elements.contains(tag.name), "<\(tag.name)> in \(html.debugDescription)")
        for attribute in tag.attributes {
          try hold(
            ["href", "src", "alt", "value"].contains(attribute.name),
            "\(attribute.name) in \(html.debugDescription)")
        }
      case .text: break
      case .comment, .doctype: throw FuzzFinding(description: "a comment in \(html)")
      }
    }
  }
}
