/// Writes the runs of a text one by one as `HTMLInlineWriter` writes the text they nest to: what
/// neighbors share stays open between them.
struct HTMLRunWriter {
  private let inlines: HTMLInlineWriter
  /// The run before in the same text.
  private var previous: TextRun?
  /// Whether the link of the run before is one that may be shown.
  private var isLinkShown = false
  var marks: HTMLMarks

  init(_ inlines: HTMLInlineWriter, _ marks: HTMLMarks) {
    (self.inlines, self.marks) = (inlines, marks)
  }

  /// - Parameter keepingLineEnds: whether a line feed stays one.
  mutating func append(_ run: TextRun, keepingLineEnds: Bool, to output: inout HTMLOutput) {
    let shared = shared(with: run)
    close(to: shared, in: &output)
    if shared == 0, let link = run.link {
      let address = inlines.link(link.address)
      isLinkShown = address != nil
      if let address { output.append(inlines.openingTag(ofLink: address)) }
    }
    for (style, element) in HTMLRunWriter.elements[max(0, shared - 1)...]
    where run.style.contains(style) {
      output.append("<\(element)>")
    }
    append(textOf: run, keepingLineEnds: keepingLineEnds, to: &output)
    previous = run
    previous?.text = ""
  }

  /// Ends the text.
  mutating func finish(in output: inout HTMLOutput) {
    close(to: 0, in: &output)
    previous = nil
  }
}

extension HTMLRunWriter {
  /// What stands in a link, from the outside to the inside.
  private static let elements: [(style: TextStyle, element: String)] = [
    (.strong, "strong"), (.emphasis, "em"), (.code, "code"),
  ]

  /// How much of what may stand around a run is the same as around the one before: the link, then
  /// the styles.
  private func shared(with run: TextRun) -> Int {
    guard let previous, previous.link == run.link else { return 0 }
    let same = HTMLRunWriter.elements.prefix { style, _ in
      previous.style.contains(style) == run.style.contains(style)
    }
    return 1 + same.count
  }

  private mutating func close(to shared: Int, in output: inout HTMLOutput) {
    guard let previous else { return }
    for (style, element) in HTMLRunWriter.elements[max(0, shared - 1)...].reversed()
    where previous.style.contains(style) {
      output.append("</\(element)>")
    }
    if shared == 0, isLinkShown { output.append("</a>") }
    if shared == 0 { isLinkShown = false }
  }

  private mutating func append(
    textOf run: TextRun, keepingLineEnds: Bool, to output: inout HTMLOutput
  ) {
    for piece in marks.pieces(of: run) {
      output.append(piece.opening)
      if let source = run.image {
        append(imageAt: source, words: run.text, to: &output)
      } else {
        append(piece.text, keepingLineEnds: keepingLineEnds, to: &output)
      }
      output.append(piece.closing)
    }
  }

  private func append(imageAt source: String, words: String, to output: inout HTMLOutput) {
    var html = ""
    let writer = isLinkShown ? inlines.inLink : inlines
    writer.append([.image(source: source, alternative: words)], to: &html)
    output.append(html)
  }

  private func append(
    _ text: Substring, keepingLineEnds: Bool, to output: inout HTMLOutput
  ) {
    guard !keepingLineEnds, text.utf8.contains(0x0A) else {
      return output.append(HTMLEscape.escaped(String(text)))
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { output.append("<br>") }
      output.append(HTMLEscape.escaped(String(line)))
    }
  }
}
