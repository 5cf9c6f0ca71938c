import Articles

/// Highlights as services write them into one cell: passages parted by blank lines, or each behind
/// `Highlight:`, with what was noted of it behind `Note:`.
enum PassageText {
  static func highlights(in cell: String) -> [HighlightDraft] {
    var found: [HighlightDraft] = []
    var isOpen = false
    for line in cell.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let text = String(line).trimmed
      if let quote = text.behind("Highlight:") {
        found.append(HighlightDraft(quote: quote))
        isOpen = true
      } else if let note = text.behind("Note:"), !found.isEmpty {
        found[found.count - 1].note = note
        isOpen = false
      } else if text.isEmpty {
        isOpen = false
      } else if isOpen {
        found[found.count - 1].quote += "\n" + text
      } else {
        found.append(HighlightDraft(quote: text))
        isOpen = true
      }
    }
    return found.filter { !$0.quote.isEmpty }
  }
}

extension String {
  fileprivate func behind(_ beginning: String) -> String? {
    hasPrefix(beginning) ? String(dropFirst(beginning.count)).trimmed : nil
  }
}
