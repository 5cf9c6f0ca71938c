/// Reads Markdown into a document.
///
/// Blocks are CommonMark's, with tables (`MarkdownBlocks`); so is what stands in them, but that
/// emphasis also begins and ends where scripts without spaces want it (`MarkdownFlanking`), and that
/// an address is a link by itself. HTML, in blocks or in text, goes to the HTML reader.
struct MarkdownReader {
  private var builder: DocumentBuilder
  private var html = HTMLReader()
  private let references: LinkReferences
  /// The work so far, for tests of how it grows.
  private(set) var steps = 0

  /// Reads Markdown into what the builder gathers.
  static func read(
    _ source: ArraySlice<UInt8>, into builder: DocumentBuilder
  ) -> (builder: DocumentBuilder, steps: Int) {
    var steps = 0
    var references = LinkReferences()
    if source.contains("]:") {
      var definitions = MarkdownBlocks(source, DefinitionReader())
      definitions.read()
      references = definitions.receiver.references
      steps = definitions.steps
    }
    var blocks = MarkdownBlocks(source, MarkdownReader(builder: builder, references: references))
    blocks.read()
    return (blocks.receiver.builder, steps + blocks.steps + blocks.receiver.steps)
  }

  private init(builder: DocumentBuilder, references: LinkReferences) {
    self.builder = builder
    self.references = references
  }
}

extension MarkdownReader: MarkdownReceiver {
  mutating func newContainer(_ kind: Container.Kind) -> Container { builder.newContainer(kind) }

  mutating func setContainers(_ containers: [Container]) { builder.setMarkdown(containers) }

  mutating func beginItem(_ marker: ListMarker) { builder.pendingMarker = marker }

  mutating func endItem() { builder.pendingMarker = nil }

  mutating func appendParagraph(_ text: ArraySlice<UInt8>) {
    builder.flush()
    appendInline(text)
    builder.flush()
  }

  mutating func appendHeading(_ level: Int, _ text: ArraySlice<UInt8>) {
    builder.flush()
    let outer = builder.kind
    builder.kind = .heading(level: level)
    appendInline(text)
    builder.flush()
    builder.kind = outer
  }

  mutating func appendRule() { builder.appendRule() }

  mutating func appendTableRow(_ line: ArraySlice<UInt8>, isFirst: Bool) {
    if isFirst { builder.beginTable() }
    steps += line.count
    guard let cells = MarkdownTable.cells(of: line) else { return builder.markHeader() }
    builder.flush()
    let outer = builder.kind
    builder.kind = .tableRow
    builder.beginRow()
    for (index, cell) in cells.enumerated() {
      if index > 0 { builder.endCell() }
      appendInline(cell)
    }
    builder.flush()
    builder.kind = outer
  }

  mutating func appendHTML(_ source: ArraySlice<UInt8>) {
    builder.flush()
    html.read(source, into: &builder)
    builder.flush()
    steps += source.count
  }

  mutating func beginCode() {
    builder.flush()
    builder.preformattedDepth += 1
  }

  mutating func appendCode(spaces: Int, _ line: ArraySlice<UInt8>) {
    if spaces > 0 { builder.append(Array(repeating: 0x20, count: spaces)[...]) }
    builder.append(line)
    builder.append([0x0A])
  }

  mutating func endCode() {
    builder.flush()
    builder.preformattedDepth -= 1
  }

  mutating func define(_ definition: LinkDefinition) {}

  private mutating func appendInline(_ text: ArraySlice<UInt8>) {
    steps += MarkdownInline.append(text, references, html: &html, to: &builder)
  }
}

/// Gathers the definitions, which count wherever they stand.
private struct DefinitionReader: MarkdownReceiver {
  private(set) var references = LinkReferences()

  mutating func define(_ definition: LinkDefinition) { references.define(definition) }
}

extension MarkdownReceiver {
  mutating func newContainer(_ kind: Container.Kind) -> Container {
    Container(kind: kind, id: PlaceStep.noID)
  }

  mutating func setContainers(_ containers: [Container]) {}
  mutating func beginItem(_ marker: ListMarker) {}
  mutating func endItem() {}
  mutating func appendParagraph(_ text: ArraySlice<UInt8>) {}
  mutating func appendHeading(_ level: Int, _ text: ArraySlice<UInt8>) {}
  mutating func appendRule() {}
  mutating func appendTableRow(_ line: ArraySlice<UInt8>, isFirst: Bool) {}
  mutating func appendHTML(_ source: ArraySlice<UInt8>) {}
  mutating func beginCode() {}
  mutating func appendCode(spaces: Int, _ line: ArraySlice<UInt8>) {}
  mutating func endCode() {}
  mutating func define(_ definition: LinkDefinition) {}
}
