/// Gathers blocks, as both the HTML and the Markdown reader meet them.
struct BlockBuilder {
  /// How deep a block stands in quotes and lists.
  struct Nesting: Equatable {
    var quotes = 0
    var lists = 0
  }

  private(set) var blocks: [TextBlock] = []

  /// What the next block stands in, by Markdown's lines and by HTML's elements.
  var markdownNesting = Nesting()
  var htmlNesting = Nesting()
  /// What the next block is, unless a list's item begins with it.
  var kind = TextBlock.Kind.paragraph
  /// The marker of an item that has begun and has no text yet.
  var pendingMarker: ListMarker?
  /// How many elements are open that keep white space as it is.
  var preformattedDepth = 0
  /// Whether what comes is not to be shown, such as the inside of a `script`.
  var isSuppressed = false

  /// How many times each style is switched on.
  var emphasis = 0 { didSet { set(.emphasis, emphasis > 0) } }
  var strong = 0 { didSet { set(.strong, strong > 0) } }
  var code = 0 { didSet { set(.code, code > 0) } }

  var link: String? {
    get { runs.link }
    set { runs.link = newValue }
  }

  private var runs = RunBuilder()

  /// Whether the block that is being gathered holds nothing yet.
  var isEmpty: Bool { runs.isEmpty }
}

// MARK: Characters

extension BlockBuilder {
  /// Adds characters, their references already decoded.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    if isSuppressed { return }
    if preformattedDepth > 0 { runs.appendVerbatim(bytes) } else { runs.append(bytes) }
  }

  mutating func append(_ string: String) { append(Array(string.utf8)[...]) }

  /// Ends the line; two ends in a row end the block, as pages without paragraphs use them.
  mutating func breakLine() {
    if isSuppressed { return }
    if preformattedDepth > 0 {
      runs.appendVerbatim([0x0A])
    } else if runs.endsInLineEnd {
      flush()
    } else if !isEmpty {
      runs.appendLineEnd()
    }
  }

  mutating func appendImage(alternativeText: String, address: String) {
    if isSuppressed { return }
    runs.appendImage(alternativeText: alternativeText, address: address)
  }
}

// MARK: Blocks

extension BlockBuilder {
  /// Ends the block, which is dropped if nothing of it would be seen.
  mutating func flush() {
    let runs = runs.finish()
    guard runs.contains(where: { $0.image != nil || !$0.text.isBlank }) else { return }
    appendBlock(preformattedDepth > 0 ? .preformatted : kind, runs: runs)
  }

  mutating func appendRule() {
    flush()
    if !isSuppressed { appendBlock(.rule, runs: []) }
  }
}

extension BlockBuilder {
  fileprivate mutating func set(_ style: TextStyle, _ isOn: Bool) {
    if isOn { runs.style.insert(style) } else { runs.style.remove(style) }
  }

  fileprivate mutating func appendBlock(_ kind: TextBlock.Kind, runs: [TextRun]) {
    let marker = kind == .preformatted || kind == .rule ? nil : pendingMarker
    pendingMarker = nil
    let deepest = TextBlock.deepestNesting
    let lists = max(markdownNesting.lists + htmlNesting.lists, marker == nil ? 0 : 1)
    blocks.append(
      TextBlock(
        marker.map { .listItem(marker: $0) } ?? kind,
        quoteDepth: min(markdownNesting.quotes + htmlNesting.quotes, deepest),
        listDepth: min(lists, deepest), runs: runs))
  }
}

extension String {
  /// Whether it is white space and characters of no width throughout.
  fileprivate var isBlank: Bool {
    unicodeScalars.allSatisfy { scalar in
      scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
    }
  }
}
