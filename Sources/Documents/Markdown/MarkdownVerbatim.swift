/// A block whose lines are not Markdown: fenced code or HTML.
enum MarkdownVerbatim {
  case code(MarkdownFence)
  case html(MarkdownHTML)

  enum Outcome {
    /// The line belongs to the block, with so many spaces before its text.
    case text(ArraySlice<UInt8>, indent: Int)
    case endedWithLine
    case endedBeforeLine
  }

  /// What the next line of the document is to the block.
  mutating func take(_ line: ArraySlice<UInt8>) -> Outcome {
    switch self {
    case .code(let fence): return fence.take(line)
    case .html(var html):
      defer { self = .html(html) }
      return html.take(line)
    }
  }
}

/// Fenced code that is open.
struct MarkdownFence {
  let mark: UInt8
  let count: Int
  /// The column of the opening fence, up to which spaces are not part of the code.
  let indent: Int
  let quotes: Int

  func take(_ line: ArraySlice<UInt8>) -> MarkdownVerbatim.Outcome {
    var cursor = MarkdownCursor(line)
    guard cursor.takeQuoteMarks(limit: quotes) == quotes else { return .endedBeforeLine }
    if closes(cursor) { return .endedWithLine }
    return .text(cursor.rest, indent: max(0, cursor.column - indent))
  }

  private func closes(_ cursor: MarkdownCursor) -> Bool {
    let marks = cursor.rest.trimmed()
    return marks.count >= count && marks.allSatisfy { $0 == mark }
  }
}

/// HTML that is open: up to a blank line, unless that stands in a comment, a script or the like.
struct MarkdownHTML {
  let quotes: Int
  /// What ends the comment or the element that a blank line does not end.
  private var awaited: ArraySlice<UInt8>?

  init(quotes: Int) { self.quotes = quotes }

  mutating func take(_ line: ArraySlice<UInt8>) -> MarkdownVerbatim.Outcome {
    var cursor = MarkdownCursor(line)
    guard cursor.takeQuoteMarks(limit: quotes) == quotes else { return .endedBeforeLine }
    if cursor.isBlank && awaited == nil { return .endedWithLine }
    follow(cursor.rest)
    return .text(cursor.rest, indent: cursor.indent)
  }

  /// Notes the comments and elements of raw text that the line opens and closes.
  mutating func follow(_ line: ArraySlice<UInt8>) {
    for index in line.indices {
      let rest = line[index...]
      if let closing = awaited {
        if rest.startsIgnoringCase(with: closing) { awaited = nil }
      } else if rest.first == UInt8(ascii: "<") {
        let pair = MarkdownHTML.pairs.first { rest.startsIgnoringCase(with: $0.opening) }
        awaited = pair?.closing
      }
    }
  }
}

extension MarkdownHTML {
  fileprivate typealias Pair = (opening: ArraySlice<UInt8>, closing: ArraySlice<UInt8>)

  fileprivate static let pairs: [Pair] =
    [pair("<!--", "-->")]
    + ["script", "style", "pre", "textarea"].map { pair("<\($0)", "</\($0)") }

  fileprivate static func pair(_ opening: String, _ closing: String) -> Pair {
    (Array(opening.utf8)[...], Array(closing.utf8)[...])
  }
}

extension ArraySlice<UInt8> {
  fileprivate func startsIgnoringCase(with prefix: ArraySlice<UInt8>) -> Bool {
    count >= prefix.count && zip(self, prefix).allSatisfy { $0.asciiLowercased == $1 }
  }
}
