import Articles
import Documents

/// Reads plain text: the first line that is not blank is the title.
enum TextReader {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let text = PageText.withoutMark(bytes[...])
    let title = text.lines.first { !$0.isBlank }?.asTitle
    var draft = ArticleDraft(title: title ?? path.stem, format: .text, body: bytes)
    draft.language = ChineseScript.language(of: text)
    return draft
  }
}

extension ArraySlice<UInt8> {
  /// The bytes as a title: one line of at most 200 characters, nil if nothing is left.
  var asTitle: String? {
    let title = asSingleLine
    return title.isEmpty ? nil : String(title.prefix(200))
  }
}
