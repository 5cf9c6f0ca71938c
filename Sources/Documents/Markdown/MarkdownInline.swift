/// Writes a paragraph's Markdown into the block that is being built.
enum MarkdownInline {
  /// Returns how much work the text was.
  static func append(
    _ text: ArraySlice<UInt8>, _ references: LinkReferences, html: inout HTMLReader,
    to builder: inout DocumentBuilder
  ) -> Int {
    var scanner = MarkdownScanner(text, references)
    var writer = PieceWriter(text: text)
    while scanner.scan() {
      for piece in scanner.pieces {
        if case .delimiter(let index) = piece {
          writer.write(scanner.delimiters[index], to: &builder)
        } else {
          writer.write(piece, html: &html, to: &builder)
        }
      }
    }
    writer.finish(in: &builder)
    return scanner.steps
  }
}

/// Turns pieces into characters and styles.
private struct PieceWriter {
  let text: ArraySlice<UInt8>
  /// The addresses of the images whose alternative text is being gathered, outermost first.
  private var images: [String] = []
  private var alternativeText: [UInt8] = []
  private var outerLink: String?
  /// How much emphasis is open; a pair that an image cuts in two leaves some over.
  private var emphasis = 0
  private var strong = 0

  init(text: ArraySlice<UInt8>) { self.text = text }

  /// Closes what is still open at the paragraph's end.
  func finish(in builder: inout DocumentBuilder) {
    builder.emphasis -= emphasis
    builder.strong -= strong
  }

  mutating func write(
    _ piece: MarkdownPiece, html: inout HTMLReader, to builder: inout DocumentBuilder
  ) {
    switch piece {
    case .text(let range): writeText(range, to: &builder)
    case .literal(let range): write(text[range], to: &builder)
    case .code(let range): writeCode(range, to: &builder)
    case .html(let range):
      if images.isEmpty { html.read(text[range], into: &builder) }
    case .lineBreak:
      if images.isEmpty { builder.breakLine() } else { alternativeText.append(0x20) }
    case .delimiter: break
    case .automaticLink(let range): writeAutomaticLink(range, to: &builder)
    case .mailLink(let range): writeAutomaticLink(range, scheme: "mailto:", to: &builder)
    case .linkStart(let address):
      if images.isEmpty { beginLink(address, in: &builder) }
    case .linkEnd:
      if images.isEmpty { builder.link = outerLink }
    case .imageStart(let address): images.append(address)
    case .imageEnd: endImage(in: &builder)
    }
  }
}

extension PieceWriter {
  fileprivate mutating func write(_ bytes: ArraySlice<UInt8>, to builder: inout DocumentBuilder) {
    if images.isEmpty { builder.append(bytes) } else { alternativeText += bytes }
  }

  fileprivate mutating func writeText(_ range: Range<Int>, to builder: inout DocumentBuilder) {
    guard text[range].contains(UInt8(ascii: "&")) else { return write(text[range], to: &builder) }
    var decoded: [UInt8] = []
    MarkdownText.appendReferences(text[range], to: &decoded)
    write(decoded[...], to: &builder)
  }

  /// One space belongs to the backticks on either side, if both have one.
  fileprivate mutating func writeCode(_ range: Range<Int>, to builder: inout DocumentBuilder) {
    var code = text[range]
    let isPadded = code.first?.isHTMLSpace == true && code.last?.isHTMLSpace == true
    if isPadded && !code.isBlankText { code = code.dropFirst().dropLast() }
    builder.code += 1
    write(code, to: &builder)
    builder.code -= 1
  }

  fileprivate mutating func writeAutomaticLink(
    _ range: Range<Int>, scheme: String = "", to builder: inout DocumentBuilder
  ) {
    let outer = builder.link
    if outer == nil { builder.link = scheme + String(decoding: text[range], as: UTF8.self) }
    write(text[range], to: &builder)
    builder.link = outer
  }

  fileprivate mutating func write(_ delimiter: MarkdownDelimiter, to builder: inout DocumentBuilder)
  {
    let literal = Array(repeating: delimiter.byte, count: delimiter.literal)
    guard images.isEmpty else {
      alternativeText += literal
      return
    }
    change(emphasis: -delimiter.closedEmphasis, strong: -delimiter.closedStrong, in: &builder)
    builder.append(literal[...])
    change(emphasis: delimiter.openedEmphasis, strong: delimiter.openedStrong, in: &builder)
  }

  fileprivate mutating func change(
    emphasis emphasisChange: Int, strong strongChange: Int, in builder: inout DocumentBuilder
  ) {
    emphasis += emphasisChange
    strong += strongChange
    builder.emphasis += emphasisChange
    builder.strong += strongChange
  }

  fileprivate mutating func beginLink(_ address: String, in builder: inout DocumentBuilder) {
    outerLink = builder.link
    if !address.isEmpty { builder.link = address }
  }

  fileprivate mutating func endImage(in builder: inout DocumentBuilder) {
    guard let address = images.popLast(), images.isEmpty else { return }
    let words = String(decoding: alternativeText, as: UTF8.self).split { $0.isWhitespace }
    alternativeText = []
    builder.appendImage(alternativeText: words.joined(separator: " "), address: address)
  }
}
