import Articles

/// The highlights of an item in Omnivore's archive: quotes in Markdown, each with its labels and note
/// below.
enum OmnivoreHighlights {
  static func highlights(in text: String) -> [HighlightDraft] {
    var found: [HighlightDraft] = []
    var isQuote = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = String(line).trimmed
      if text.hasPrefix(">") {
        let words = String(text.dropFirst()).trimmed
        if isQuote {
          found[found.count - 1].quote += "\n" + words
        } else {
          found.append(HighlightDraft(quote: words))
        }
        isQuote = true
        continue
      }
      isQuote = false
      guard let last = found.indices.last, !text.isEmpty, !isLabels(text) else { continue }
      found[last].note = found[last].note.map { $0 + "\n" + text } ?? text
    }
    return found.filter { !$0.quote.trimmed.isEmpty }
  }

  /// A line of nothing but words that begin with `#`.
  private static func isLabels(_ line: String) -> Bool {
    line.split(separator: " ").allSatisfy {
      $0.hasPrefix("#") && $0.count > 1 && !$0.hasPrefix("##")
    }
  }
}
