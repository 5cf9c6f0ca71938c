/// Writes text with its styles, links and images as HTML.
struct HTMLInlineWriter {
  /// The address to write for a link's; nil leaves its text without a link.
  let link: (String) -> String?
  /// The address to write for an image's; nil shows its words instead.
  let image: (String) -> String?
  /// Whether the text is one line of the source.
  var inOneLine = false

  func append(_ inlines: [Inline], to output: inout String) {
    for inline in inlines { append(inline, to: &output) }
  }
}

extension HTMLInlineWriter {
  private func append(_ inline: Inline, to output: inout String) {
    switch inline {
    case .text(let text): output += escaped(text)
    case .lineBreak: output += "<br>"
    case .emphasis(let inner): append(inner, in: "em", to: &output)
    case .strong(let inner): append(inner, in: "strong", to: &output)
    case .code(let inner): append(inner, in: "code", to: &output)
    case .link(let destination, let inner):
      guard let address = link(destination) else { return append(inner, to: &output) }
      output += "<a href=\"\(escaped(address))\">"
      append(inner, to: &output)
      output += "</a>"
    case .image(let source, let alternative):
      if let address = image(source) {
        output += "<img src=\"\(escaped(address))\" alt=\"\(escaped(alternative))\">"
      } else {
        output += escaped(Inline.visibleText(ofImage: alternative))
      }
    }
  }

  private func append(_ inlines: [Inline], in element: String, to output: inout String) {
    output += "<\(element)>"
    append(inlines, to: &output)
    output += "</\(element)>"
  }

  private func escaped(_ text: String) -> String {
    HTMLEscape.escaped(text, inOneLine: inOneLine)
  }
}
