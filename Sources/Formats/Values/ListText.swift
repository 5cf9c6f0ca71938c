/// Lists as tables write them into one cell.
enum ListText {
  /// The items of a list of texts in brackets, as JSON or Python writes it; otherwise what stands
  /// between the separators. None is blank.
  static func items(of text: String, separators: Set<Character>) -> [String] {
    let inner = text.trimmed
    let items =
      inner.hasPrefix("[") && inner.hasSuffix("]")
      ? quoted(inner) : inner.split(whereSeparator: separators.contains).map(String.init)
    var found: [String] = []
    for item in items.map(\.trimmed) where !item.isEmpty && !found.contains(item) {
      found.append(item)
    }
    return found
  }

  /// What stands in single or double quotes, a backslash before a quote or a backslash dropped.
  private static func quoted(_ text: String) -> [String] {
    var items: [String] = []
    var item: String?
    var mark: Character = "\""
    var isEscaped = false
    for character in text {
      if let begun = item {
        if isEscaped {
          item = begun + String(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == mark {
          items.append(begun)
          item = nil
        } else {
          item = begun + String(character)
        }
      } else if character == "'" || character == "\"" {
        (item, mark) = ("", character)
      }
    }
    return items
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
