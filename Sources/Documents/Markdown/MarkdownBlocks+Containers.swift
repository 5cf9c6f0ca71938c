// Containers as they open and close.
extension MarkdownBlocks {
  mutating func openQuote(_ line: inout MarkdownLine, below depth: Int) {
    begin(below: depth)
    if containers.holdsMostQuotes {
      skipQuoteMarks(&line)
    } else {
      line.take(1)
      line.skip(columns: 1)
      open(.quote, receiver.newContainer(.quote))
    }
  }

  mutating func openItem(
    _ line: inout MarkdownLine, below depth: Int, isBelowParagraph: Bool
  ) -> Bool {
    guard let mark = line.listMark else { return false }
    // A number that a line of text happens to begin with is no item's.
    if isBelowParagraph && depth == containers.count {
      let isFirst = mark.marker == .bullet || mark.marker == .number(1)
      guard isFirst, !line.content.dropFirst(mark.count).isBlankText else { return false }
    }
    var indent = line.indent + mark.count
    var depth = depth
    if containers.prefix(depth).holdsMostLists, depth > 0, !containers[depth - 1].isList {
      // The item is the innermost list's.
      guard case .item(let outer) = containers[depth - 1].kind else { return false }
      indent += outer
      depth -= 1
    }
    line.take(mark.count)
    let isBlankItem = line.isBlank
    let padding = isBlankItem || line.indent > MarkdownLine.codeIndent ? 1 : line.indent
    line.skip(columns: padding)
    openItem(mark, indent: indent + (isBlankItem ? 1 : padding), below: depth)
    return true
  }

  mutating func openItem(_ mark: MarkdownListMark, indent: Int, below depth: Int) {
    endLeaf()
    close(to: depth)
    var marker = mark.marker
    if let last = containers.last, case .list(mark.byte, let next) = last.kind {
      // Numbers go on from the first, however the others are written: `1. 1. 1.` counts to three.
      if case .number = marker { marker = .number(next) }
    } else {
      closeList()
      open(.list(mark: mark.byte, next: 0), receiver.newContainer(.list))
    }
    if case .number(let number) = marker {
      containers[containers.count - 1].kind = .list(mark: mark.byte, next: number + 1)
    }
    open(.item(indent: indent), receiver.newContainer(.item(marker)))
    receiver.beginItem(marker)
  }

  mutating func open(_ kind: MarkdownContainer.Kind, _ container: Container) {
    if let last = containers.indices.last { containers[last].isEmpty = false }
    containers.append(MarkdownContainer(kind: kind, container: container))
    isPlaceOutdated = true
  }

  /// Ends what the block that begins is not part of.
  mutating func begin(below depth: Int, _ next: Leaf = .none) {
    endLeaf()
    close(to: depth)
    closeList()
    if let last = containers.indices.last { containers[last].isEmpty = false }
    leaf = next
  }

  mutating func close(to depth: Int) {
    guard depth < containers.count else { return }
    endLeaf()
    if containers[depth...].contains(where: { !$0.isQuote && !$0.isList }) { receiver.endItem() }
    containers.removeSubrange(depth...)
    isPlaceOutdated = true
  }

  /// Ends a list that no item goes on with.
  mutating func closeList() {
    if containers.last?.isList == true { close(to: containers.count - 1) }
  }

  mutating func updatePlace() {
    guard isPlaceOutdated else { return }
    receiver.setContainers(containers.map(\.container))
    isPlaceOutdated = false
  }
}
