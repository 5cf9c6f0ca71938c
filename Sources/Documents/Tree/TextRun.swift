/// A stretch of text that looks the same throughout: a block's text without its nesting.
struct TextRun: Equatable {
  /// The characters; for an image, its alternative text.
  var text: String
  var style: TextStyle
  /// Where the text links to.
  var link: LinkTarget?
  /// The address of the image this run stands for, as the page wrote it.
  var image: String?

  init(_ text: String, style: TextStyle = [], link: LinkTarget? = nil, image: String? = nil) {
    self.text = text
    self.style = style
    self.link = link
    self.image = image
  }

  /// The text as it is shown: an image as `[image: alt]`, or `[image]` when it says nothing.
  var visibleText: String { image == nil ? text : Inline.visibleText(ofImage: text) }

  func looksLike(_ other: TextRun) -> Bool {
    image == nil && other.image == nil && style == other.style && link == other.link
  }
}

/// How a run is set off from the text around it.
struct TextStyle: OptionSet, Hashable {
  let rawValue: UInt8

  static let emphasis = TextStyle(rawValue: 1)
  static let strong = TextStyle(rawValue: 2)
  static let code = TextStyle(rawValue: 4)
}

extension [TextRun] {
  /// The runs of nested text, neighbors that look the same joined.
  init(_ inlines: [Inline], _ targets: inout LinkTargets) {
    self = []
    append(inlines, style: [], link: nil, &targets)
  }

  private mutating func append(
    _ inlines: [Inline], style: TextStyle, link: LinkTarget?, _ targets: inout LinkTargets
  ) {
    for inline in inlines {
      switch inline {
      case .text(let text): append(joining: TextRun(text, style: style, link: link))
      case .lineBreak: append(joining: TextRun("\n", style: style, link: link))
      case .image(let source, let alternative):
        append(TextRun(alternative, style: style, link: link, image: source))
      case .emphasis(let inner): append(inner, style: style.union(.emphasis), link: link, &targets)
      case .strong(let inner): append(inner, style: style.union(.strong), link: link, &targets)
      case .code(let inner): append(inner, style: style.union(.code), link: link, &targets)
      case .link(let destination, let inner):
        append(inner, style: style, link: targets.target(destination), &targets)
      }
    }
  }

  /// Adds a run, or its text to the last one if both look the same.
  mutating func append(joining run: TextRun) {
    if let last, last.looksLike(run) {
      self[count - 1].text += run.text
    } else {
      append(run)
    }
  }
}

extension [[TextRun]] {
  /// A row's cells in one line, parted by ` | `; a line end takes the place of a space.
  var inOneLine: [TextRun] {
    guard var line = first else { return [] }
    for cell in dropFirst() {
      line.append(joining: TextRun.bar(after: line, before: cell))
      for run in cell { line.append(joining: run) }
    }
    return line
  }
}

extension TextRun {
  /// What parts a cell from the line before it; a line end takes the place of a space.
  static func bar(after line: [TextRun], before cell: [TextRun]) -> TextRun {
    let before = line.isEmpty || line.last?.endsInLineEnd == true ? "" : " "
    let after = cell.isEmpty || cell.first?.beginsWithLineEnd == true ? "" : " "
    return TextRun("\(before)|\(after)")
  }

  fileprivate var endsInLineEnd: Bool { image == nil && text.utf8.last == 0x0A }
  fileprivate var beginsWithLineEnd: Bool { image == nil && text.utf8.first == 0x0A }
}
