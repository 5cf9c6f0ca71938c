/// The seven kinds of blocks of HTML (CommonMark 0.31, 4.6), by what ends them.
enum MarkdownHTMLBlock {
  /// `<script>`, `<pre>` and the like, up to the end of such an element.
  case rawText
  /// A comment, an instruction, a declaration or a section of characters, up to these bytes.
  case upTo(StaticString)
  /// The tag of a block's element, up to a blank line.
  case element
  /// Any tag alone on its line, up to a blank line; it does not end a paragraph.
  case tag

  /// What the line opens.
  init?(openedBy line: ArraySlice<UInt8>) {
    guard line.first == UInt8(ascii: "<") else { return nil }
    let inner = line.dropFirst()
    if inner.first == UInt8(ascii: "!") || inner.first == UInt8(ascii: "?") {
      self.init(declaredBy: inner)
      return
    }
    let isEnd = inner.first == UInt8(ascii: "/")
    let start = isEnd ? inner.dropFirst() : inner
    let letters = start.prefix(12).prefix { $0.isASCIILetter || $0.isASCIIDigit }
    let tail = start[letters.endIndex...]
    let name = String(lowercasingASCII: letters)
    if !isEnd, MarkdownHTMLBlock.rawTextNames.contains(name), tail.endsTagName {
      self = .rawText
    } else if MarkdownHTMLBlock.names.contains(name), tail.endsTagName || tail.hasPrefix("/>") {
      self = .element
    } else if let end = MarkdownTag(line).end, line[end...].isBlankText {
      self = .tag
    } else {
      return nil
    }
  }

  private init?(declaredBy inner: ArraySlice<UInt8>) {
    if inner.hasPrefix("!--") {
      self = .upTo("-->")
    } else if inner.hasPrefix("?") {
      self = .upTo("?>")
    } else if inner.hasPrefix("![CDATA[") {
      self = .upTo("]]>")
    } else if inner.dropFirst().first?.isASCIILetter == true {
      self = .upTo(">")
    } else {
      return nil
    }
  }

  var endsParagraph: Bool {
    if case .tag = self { return false }
    return true
  }

  var endsAtBlankLine: Bool {
    switch self {
    case .element, .tag: true
    case .rawText, .upTo: false
    }
  }

  /// Whether the line is the last of the block.
  func ends(with line: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .upTo(let end): line.contains(end)
    case .rawText: line.endsRawText
    case .element, .tag: false
    }
  }
}

extension MarkdownHTMLBlock {
  fileprivate static let rawTextNames: Set<String> = ["script", "pre", "style", "textarea"]

  fileprivate static let names = Set(
    """
    address article aside base basefont blockquote body caption center col colgroup dd details \
    dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 \
    head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option \
    p param search section summary table tbody td tfoot th thead title tr track ul
    """.split(separator: " ").map { String($0) })
}

extension ArraySlice<UInt8> {
  fileprivate var endsTagName: Bool { first.map { $0.isBlankByte || $0 == 0x3E } ?? true }

  fileprivate var endsRawText: Bool {
    var rest = self
    while let found = rest.firstRange(of: "</") {
      rest = rest[found.upperBound...]
      let name = String(lowercasingASCII: rest.prefix(9).prefix { $0.isASCIILetter })
      if MarkdownHTMLBlock.rawTextNames.contains(name),
        rest.dropFirst(name.utf8.count).first == UInt8(ascii: ">")
      {
        return true
      }
    }
    return false
  }
}
