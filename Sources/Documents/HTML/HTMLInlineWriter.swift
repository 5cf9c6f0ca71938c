/// Writes text with its styles, links and images as HTML.
struct HTMLInlineWriter {
  /// The address to write for a link's; nil leaves its text without a link.
  let link: (String) -> String?
  /// The address to write for an image's; nil shows its words instead.
  let image: (String) -> String?
  /// Where an image's words lead that are shown instead; nil where they lead nowhere.
  var original: (String) -> String? = { _ in nil }
  /// What stands in the tag of every link, and of every image, behind the addresses.
  var linkRelation = ""
  var imageLoading = ""
  /// Whether the text is one line of the source.
  var inOneLine = false

  func append(_ inlines: [Inline], to output: inout String) {
    for inline in inlines { append(inline, to: &output) }
  }

  /// The tag that begins a link.
  func openingTag(ofLink address: String) -> String {
    "<a href=\"\(escaped(address))\"\(linkRelation)>"
  }

  /// The same writer for text that stands in a link, which has none in it.
  var inLink: HTMLInlineWriter {
    var writer = self
    writer.original = { _ in nil }
    return writer
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
      output += openingTag(ofLink: address)
      inLink.append(inner, to: &output)
      output += "</a>"
    case .image(let source, let alternative):
      if let address = image(source) {
        output +=
          "<img src=\"\(escaped(address))\" alt=\"\(escaped(alternative))\"\(imageLoading)>"
      } else {
        let words = escaped(Inline.visibleText(ofImage: alternative))
        output += original(source).map { "\(openingTag(ofLink: $0))\(words)</a>" } ?? words
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
