import Articles
import Documents

/// Reads Markdown: front matter if there is any, and a title from wherever the page has one.
enum MarkdownReader {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let page = PageText.withoutMark(bytes[...])
    let matter = FrontMatter(startOf: page)
    let text = matter.map { page[$0.end...] } ?? page
    let title = matter?.title ?? heading(in: text)
    var draft = ArticleDraft(title: title ?? path.stem, format: .markdown, body: bytes)
    draft.language = ChineseScript.language(of: text)
    matter?.apply(to: &draft)
    return draft
  }
}

extension MarkdownReader {
  /// The first heading outside code, else the first line that is not blank.
  private static func heading(in text: ArraySlice<UInt8>) -> String? {
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
