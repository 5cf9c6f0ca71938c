/// Writes a document as HTML that is safe to put into a page of one's own.
///
/// Nothing of the document's source gets into it but text, and that escaped. Elements are those
/// written here, without class, style or script. Links lead to `http`, `https` and `mailto` addresses
/// only; text that links elsewhere stays without a link. Images are those that the caller has an
/// address for; of others the words are shown.
public struct HTMLWriter {
  private let inlines: HTMLInlineWriter

  /// - Parameters:
  ///   - image: the address to show an image from, by the address that the page wrote; nil for an
  ///     image that is not to be shown.
  ///   - original: where an image lies that is not shown: its words lead there.
  public init(
    image: @escaping (_ source: String) -> String?,
    original: @escaping (_ source: String) -> String? = { _ in nil }
  ) {
    let allowed = { (address: String) in HTMLWriter.isAllowed(address) ? address : nil }
    inlines = HTMLInlineWriter(
      link: allowed, image: image, original: { original($0).flatMap(allowed) })
  }

  /// What writes text into a page that a browser shows.
  var forBrowsers: HTMLInlineWriter {
    var writer = inlines
    writer.linkRelation = " rel=\"noreferrer noopener\""
    writer.imageLoading = " loading=\"lazy\""
    return writer
  }

  /// The blocks of the document, each on lines of its own.
  public func html(of document: Document) -> String {
    var output = ""
    append(document.blocks[...], to: &output)
    return output
  }

  /// What `html(of:)` says of the document that bytes hold, handed over in pieces of UTF-8 as it is
  /// read, so that a long page takes little more memory than its bytes.
  public func write(
    reading bytes: [UInt8], as format: DocumentFormat, to receiver: @escaping ([UInt8]) -> Void
  ) {
    write(reading: bytes, as: format, inPartsOf: DocumentBuilder.usualPart, to: receiver)
  }

  /// - Parameter longestPart: how many bytes of a block are written at once, more or less.
  func write(
    reading bytes: [UInt8], as format: DocumentFormat, inPartsOf longestPart: Int,
    to receiver: @escaping ([UInt8]) -> Void
  ) {
    _ = write(
      reading: bytes, as: format,
      HTMLPage(inlines, .none, inPartsOf: longestPart) { piece, _ in receiver(piece) })
  }

  /// Writes into a page, and returns it when all is written.
  func write(reading bytes: [UInt8], as format: DocumentFormat, _ page: HTMLPage) -> HTMLPage {
    var page = page
    if format == .text {
      page = Document.read(bytes, as: format, handingOverTo: HTMLParagraphs(page: page)).page
    } else {
      page = Document.readMarkup(
        bytes, as: format, inPartsOf: page.pieceBytes, handingOverTo: page)
    }
    page.finish()
    return page
  }

  /// Whether an address is one that a link may lead to.
  public static func isAllowed(_ address: String) -> Bool {
    // Browsers drop controls before they look at the scheme, so none may stand anywhere.
    guard let colon = address.utf8.firstIndex(of: UInt8(ascii: ":")),
      address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return false }
    return ["http", "https", "mailto"].contains(address[..<colon].lowercased())
  }
}

extension HTMLWriter {
  private func append(_ blocks: ArraySlice<Block>, to output: inout String) {
    for block in blocks { append(block, to: &output) }
  }

  private func append(_ block: Block, to output: inout String) {
    switch block {
    case .heading(let level, let text): append(text, in: "h\(min(max(level, 1), 6))", to: &output)
    case .paragraph(let text): append(text, in: "p", to: &output)
    case .code(let text): append(text, in: "pre", to: &output)
    case .caption(let text): append(text, in: "figcaption", to: &output)
    case .quote(let blocks): append(blocks, in: "blockquote", to: &output)
    case .figure(let blocks): append(blocks, in: "figure", to: &output)
    case .list(let items): append(items, to: &output)
    case .table(let rows): append(rows, to: &output)
    case .rule: output += "<hr>\n"
    }
  }

  private func append(_ text: [Inline], in element: String, to output: inout String) {
    output += "<\(element)>"
    inlines.append(text, to: &output)
    output += "</\(element)>\n"
  }

  private func append(_ blocks: [Block], in element: String, to output: inout String) {
    output += "<\(element)>\n"
    append(blocks[...], to: &output)
    output += "</\(element)>\n"
  }

  private func append(_ rows: [TableRow], to output: inout String) {
    output += "<table>\n"
    for row in rows {
      let element = row.isHeader ? "th" : "td"
      output += "<tr>"
      for cell in row.cells {
        output += "<\(element)>"
        inlines.append(cell, to: &output)
        output += "</\(element)>"
      }
      output += "</tr>\n"
    }
    output += "</table>\n"
  }
}

// MARK: Lists

extension HTMLWriter {
  private func append(_ items: [ListItem], to output: inout String) {
    let element = items.isNumbered ? "ol" : "ul"
    output += "<\(element)>\n"
    for item in items { append(item, to: &output) }
    output += "</\(element)>\n"
  }

  /// An item's first paragraph needs no element of its own.
  private func append(_ item: ListItem, to output: inout String) {
    guard let marker = item.marker else { return append(item.blocks[...], to: &output) }
    output += marker.openingTag
    var rest = item.blocks[...]
    if case .paragraph(let text)? = rest.first {
      inlines.append(text, to: &output)
      rest = rest.dropFirst()
      if !rest.isEmpty { output += "\n" }
    }
    append(rest, to: &output)
    output += "</li>\n"
  }
}

extension [ListItem] {
  /// Whether it is a list of numbers, not of bullets.
  var isNumbered: Bool { contains { $0.marker != nil && $0.marker != .bullet } }
}

extension ListMarker {
  /// The tag that begins an item, with its number if it has one.
  var openingTag: String {
    switch self {
    case .bullet: "<li>"
    case .number(let number): "<li value=\"\(number)\">"
    }
  }
}
