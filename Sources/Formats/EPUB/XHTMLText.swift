import Documents

/// Writes a document as XHTML that a strict reader takes: each element where it may stand, links only
/// to addresses of the web, images only of those there are.
struct XHTMLText {
  /// Where the image lies that the document names so; nil for one that is not shown.
  let image: (String) -> String?

  func text(of document: Document) -> String {
    var output = ""
    append(document.blocks, to: &output)
    return output
  }
}

extension XHTMLText {
  private func append(_ blocks: [Block], to output: inout String) {
    for block in blocks { append(block, to: &output) }
  }

  private func append(_ block: Block, to output: inout String) {
    switch block {
    // The article's title stands above all of them.
    case .heading(let level, let text):
      append(text, in: "h\(min(max(level + 1, 2), 6))", to: &output)
    case .paragraph(let text), .caption(let text): append(text, in: "p", to: &output)
    case .code(let text): append(text, in: "pre", to: &output)
    case .quote(let blocks):
      output += "<blockquote>\n"
      append(blocks, to: &output)
      output += "</blockquote>\n"
    case .figure(let blocks): append(figure: blocks, to: &output)
    case .list(let items): append(items, to: &output)
    case .table(let rows): append(rows, to: &output)
    case .rule: output += "<hr/>\n"
    }
  }

  /// A figure has one caption, which is its last part; others are paragraphs.
  private func append(figure blocks: [Block], to output: inout String) {
    var caption: [Inline]?
    output += "<figure>\n"
    for block in blocks {
      if case .caption(let text) = block, caption == nil {
        caption = text
      } else {
        append(block, to: &output)
      }
    }
    if let caption { append(caption, in: "figcaption", to: &output) }
    output += "</figure>\n"
  }

  private func append(_ items: [ListItem], to output: inout String) {
    guard !items.isEmpty else { return }
    let isNumbered = items.contains { $0.marker != nil && $0.marker != .bullet }
    let element = isNumbered ? "ol" : "ul"
    output += "<\(element)>\n"
    for item in items {
      switch item.marker {
      case .number(let number) where Int32(exactly: number) != nil:
        output += "<li value=\"\(number)\">"
      case .bullet, .number: output += "<li>"
      case nil: output += "<li class=\"plain\">"
      }
      append(item.blocks, to: &output)
      output += "</li>\n"
    }
    output += "</\(element)>\n"
  }

  private func append(_ rows: [Documents.TableRow], to output: inout String) {
    let rows = rows.filter { !$0.cells.isEmpty }
    guard !rows.isEmpty else { return }
    output += "<table>\n"
    for row in rows {
      output += "<tr>"
      for cell in row.cells { append(cell, in: row.isHeader ? "th" : "td", end: "", to: &output) }
      output += "</tr>\n"
    }
    output += "</table>\n"
  }
}

extension XHTMLText {
  private func append(
    _ text: [Inline], in element: String, end: String = "\n", to output: inout String
  ) {
    output += "<\(element)>"
    append(text, inLink: false, to: &output)
    output += "</\(element)>\(end)"
  }

  private func append(_ text: [Inline], inLink: Bool, to output: inout String) {
    for inline in text { append(inline, inLink: inLink, to: &output) }
  }

  private func append(_ inline: Inline, inLink: Bool, to output: inout String) {
    switch inline {
    case .text(let text): output += XMLText.escaped(text)
    case .lineBreak: output += "<br/>"
    case .emphasis(let inner): append(inner, styled: "em", inLink, to: &output)
    case .strong(let inner): append(inner, styled: "strong", inLink, to: &output)
    case .code(let inner): append(inner, styled: "code", inLink, to: &output)
    case .link(let destination, let inner):
      guard !inLink, let address = WebLink.strict(destination) else {
        return append(inner, inLink: inLink, to: &output)
      }
      output += "<a href=\"\(XMLText.escaped(address))\">"
      append(inner, inLink: true, to: &output)
      output += "</a>"
    case .image(let source, let alternative):
      if let address = image(source) {
        let words = XMLText.escaped(alternative.onOneLine)
        output += "<img src=\"\(XMLText.escaped(address))\" alt=\"\(words)\"/>"
      } else if !alternative.isEmpty {
        output += "[\(XMLText.escaped(alternative))]"
      }
    }
  }

  private func append(
    _ text: [Inline], styled element: String, _ inLink: Bool, to output: inout String
  ) {
    output += "<\(element)>"
    append(text, inLink: inLink, to: &output)
    output += "</\(element)>"
  }
}
