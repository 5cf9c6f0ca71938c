extension [Inline] {
  /// The nested text of runs, which look different from their neighbors.
  ///
  /// - Parameter keepingLineEnds: whether a line feed stays in its text, as code wants it, instead of
  ///   becoming a line break.
  init(_ runs: [TextRun], keepingLineEnds: Bool = false) {
    self = []
    append(runs[...], within: Wrapping.all[...], keepingLineEnds: keepingLineEnds)
  }
}

/// What may stand around a run, from the outside to the inside.
private enum Wrapping {
  case link
  case style(TextStyle)

  static let all: [Wrapping] = [.link, .style(.strong), .style(.emphasis), .style(.code)]

  /// Whether both runs have it in the same way.
  func isShared(by left: TextRun, _ right: TextRun) -> Bool {
    switch self {
    case .link: left.link == right.link
    case .style(let style): left.style.contains(style) == right.style.contains(style)
    }
  }

  /// The text with what the run wants around it.
  func wrap(_ inner: [Inline], as run: TextRun) -> [Inline] {
    switch self {
    case .link: run.link.map { [.link(destination: $0.address, inner)] } ?? inner
    case .style(let style) where !run.style.contains(style): inner
    case .style(.strong): [.strong(inner)]
    case .style(.emphasis): [.emphasis(inner)]
    case .style: [.code(inner)]
    }
  }
}

extension [Inline] {
  fileprivate mutating func append(
    _ runs: ArraySlice<TextRun>, within wrappings: ArraySlice<Wrapping>, keepingLineEnds: Bool
  ) {
    let isPlain = runs.count == 1 && runs.first?.style == [] && runs.first?.link == nil
    guard let wrapping = wrappings.first, !isPlain else {
      for run in runs { append(run, keepingLineEnds: keepingLineEnds) }
      return
    }
    var rest = runs
    while let first = rest.first {
      let group = rest.prefix { wrapping.isShared(by: $0, first) }
      var inner: [Inline] = []
      inner.append(group, within: wrappings.dropFirst(), keepingLineEnds: keepingLineEnds)
      self += wrapping.wrap(inner, as: first)
      rest = rest[group.endIndex...]
    }
  }

  fileprivate mutating func append(_ run: TextRun, keepingLineEnds: Bool) {
    if let source = run.image {
      append(.image(source: source, alternative: run.text))
    } else if keepingLineEnds || !run.text.utf8.contains(0x0A) {
      append(.text(run.text))
    } else {
      let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        if index > 0 { append(.lineBreak) }
        if !line.isEmpty { append(.text(String(line))) }
      }
    }
  }
}
