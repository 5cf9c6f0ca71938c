/// Writes blocks as lines; nil is an empty line between two blocks, unlike one in code.
struct MarkdownBlockWriter {
  /// The quotes and lists around that are written by marks rather than by tags.
  private var quotes = 0
  private var lists = 0

  /// - Parameter isTight: whether blocks follow each other without an empty line.
  func lines(of blocks: [Block], isTight: Bool = false) -> [String?] {
    var lines: [String?] = []
    var previous: Block?
    for block in blocks {
      if let previous, !isTight {
        lines.append(nil)
        if mustPart(previous, block) { lines += ["<!-- -->", nil] }
      }
      lines += self.lines(of: block)
      previous = block
    }
    return lines
  }

  /// Whether the two would become one.
  private func mustPart(_ before: Block, _ after: Block) -> Bool {
    if case (.list, .list) = (before, after) { return true }
    return false
  }
}

extension MarkdownBlockWriter {
  private func lines(of block: Block) -> [String?] {
    switch block {
    case .heading(let level, let text): [heading(level, text)]
    case .paragraph(let text):
      MarkdownInlineWriter.text(text, in: .paragraph).split(separator: "\n").map { String($0) }
    case .code(let text): code(text)
    case .rule: ["***"]
    case .table(let rows): table(rows)
    case .caption(let text): tagged("figcaption", lines(of: .paragraph(text)))
    case .figure(let blocks): tagged("figure", lines(of: blocks))
    case .quote(let blocks): quote(blocks)
    case .list(let items): list(items)
    }
  }

  private func heading(_ level: Int, _ text: [Inline]) -> String {
    var line = MarkdownInlineWriter.text(text, in: .heading)
    // A closing row of # would not be part of the text.
    if line.hasSuffix("#") { line = line.dropLast() + "\\#" }
    return String(repeating: "#", count: min(max(level, 1), 6)) + " " + line
  }

  /// Lines between tags on lines of their own.
  private func tagged(
    _ element: String, opening: String? = nil, _ lines: [String?]
  ) -> [String?] {
    [opening ?? "<\(element)>", nil] + lines + [nil, "</\(element)>"]
  }
}

// MARK: Code and tables

extension MarkdownBlockWriter {
  private func code(_ text: [Inline]) -> [String?] {
    if case .text(let code)? = text.first, text.count == 1, let lines = fenced(code) {
      return lines
    }
    let writer = HTMLInlineWriter(link: { $0 }, image: { $0 }, inOneLine: true)
    var html = "<pre>"
    writer.append(text, to: &html)
    return [html + "</pre>"]
  }

  /// Nil for code of which a reader of lines would lose something.
  private func fenced(_ code: String) -> [String]? {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let isSafe = lines.allSatisfy { line in
      let margin = line.utf8.prefix(while: \.isHTMLSpace)
      return margin.allSatisfy { $0 == 0x20 } && !line.utf8.contains(0x0D)
    }
    guard isSafe, code.utf8.first != 0x0A, code.utf8.last != 0x0A else { return nil }
    let longest = code.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence] + lines.map { String($0) } + [fence]
  }

  /// Other readers want names for the columns, so a table without them gets an empty row of them.
  private func table(_ rows: [TableRow]) -> [String?] {
    let columns = rows.map(\.cells.count).max() ?? 0
    let divider = "|" + String(repeating: " --- |", count: columns)
    var lines: [String?] = []
    if rows.first?.isHeader != true {
      lines = ["|" + String(repeating: "  |", count: columns), divider]
    }
    for row in rows {
      var cells = row.cells.map { MarkdownInlineWriter.text($0, in: .cell) }
      // A row of nothing at all would be taken for a divider.
      if cells.allSatisfy(\.isEmpty), !cells.isEmpty { cells[0] = "<!-- -->" }
      lines.append("| " + cells.joined(separator: " | ") + " |")
      if row.isHeader { lines.append(divider) }
    }
    return lines
  }
}

// MARK: Quotes

extension MarkdownBlockWriter {
  private func quote(_ blocks: [Block]) -> [String?] {
    guard quotes < Document.deepestNesting else { return tagged("blockquote", lines(of: blocks)) }
    var inner = self
    inner.quotes += 1
    return inner.lines(of: blocks).map { quoted($0 ?? "") }
  }

  private func quoted(_ line: String) -> String { line.isEmpty ? ">" : "> " + line }
}

// MARK: Lists

extension MarkdownBlockWriter {
  private func list(_ items: [ListItem]) -> [String?] {
    guard lists < Document.deepestNesting, let markers = markers(of: items) else {
      return taggedList(items)
    }
    let isTight = isTight(items)
    var lines: [String?] = []
    for (item, marker) in zip(items, markers) {
      if !isTight && !lines.isEmpty { lines.append(nil) }
      var inner = self
      inner.lists += 1
      var margin = marker
      for line in inner.lines(of: item.blocks, isTight: isTight) {
        lines.append(line.map { $0.isEmpty ? "" : margin + $0 })
        margin = String(repeating: " ", count: marker.utf8.count)
      }
    }
    return lines
  }

  /// What stands before each item; nil if they are of two kinds, or have numbers that do not count on.
  private func markers(of items: [ListItem]) -> [String]? {
    var next: Int?
    var markers: [String] = []
    for item in items {
      switch item.marker {
      case .bullet where next == nil: markers.append("- ")
      case .number(let number) where next == number || markers.isEmpty:
        guard (0...MarkdownBlockWriter.largestNumber).contains(number) else { return nil }
        markers.append("\(number). ")
        next = number + 1
      default: return nil
      }
    }
    return markers
  }

  private static let largestNumber = 999_999_999

  /// Whether the items may follow each other without an empty line: each is a paragraph, with such a
  /// list below it or not.
  private func isTight(_ items: [ListItem]) -> Bool {
    items.allSatisfy { item in
      guard case .paragraph? = item.blocks.first, item.blocks.count <= 2 else { return false }
      guard item.blocks.count == 2 else { return true }
      guard case .list(let inner) = item.blocks[1] else { return false }
      return inner.allSatisfy { $0.marker == .bullet } && isTight(inner)
        && lists + 1 < Document.deepestNesting
    }
  }

  private func taggedList(_ items: [ListItem]) -> [String?] {
    var lines: [String?] = []
    for item in items {
      if !lines.isEmpty { lines.append(nil) }
      let inner = self.lines(of: item.blocks)
      lines += item.marker.map { tagged("li", opening: $0.openingTag, inner) } ?? inner
    }
    return tagged(items.isNumbered ? "ol" : "ul", lines)
  }
}
