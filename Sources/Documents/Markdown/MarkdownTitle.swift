/// Finds what a Markdown page is called.
package enum MarkdownTitle {
  /// The first heading outside code, else the first line that is not blank.
  package static func find(in text: ArraySlice<UInt8>) -> String? {
    var previous: ArraySlice<UInt8>?
    var fence: UInt8?
    for line in text.lines {
      let content = line.trimmed()
      if let mark = fenceMark(content), fence ?? mark == mark {
        fence = fence == nil ? mark : nil
        previous = nil
      } else if fence == nil {
        if let title = hashHeading(content) { return title }
        if isUnderline(content), let title = previous?.asTitle { return title }
        previous = content.isEmpty ? nil : content
      }
    }
    return text.lines.lazy.compactMap(\.asTitle).first
  }
}

extension MarkdownTitle {
  private static func fenceMark(_ line: ArraySlice<UInt8>) -> UInt8? {
    line.hasPrefix("```") || line.hasPrefix("~~~") ? line.first : nil
  }

  /// `# Title #`
  private static func hashHeading(_ line: ArraySlice<UInt8>) -> String? {
    let marks = line.prefix { $0 == UInt8(ascii: "#") }
    let rest = line[marks.endIndex...]
    guard (1...6).contains(marks.count), rest.first?.isHTMLSpace == true else { return nil }
    let text = rest.trimmed()
    guard let last = text.lastIndex(where: { $0 != UInt8(ascii: "#") }) else { return nil }
    // A closing row of # belongs to the heading only behind a space.
    return (text[last].isHTMLSpace ? text[..<last] : text).asTitle
  }

  /// `=====` or `-----` below the title.
  private static func isUnderline(_ line: ArraySlice<UInt8>) -> Bool {
    guard let mark = line.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else {
      return false
    }
    return line.allSatisfy { $0 == mark }
  }
}
