import Articles
import Documents

/// A plain text as an article: the first line that is not blank is the title.
enum TextPage {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let text = bytes[...].withoutByteOrderMark
    let title = text.lines.first { !$0.isBlank }?.asTitle
    var draft = ArticleDraft(title: title ?? path.stem, format: .text, body: bytes)
    draft.language = TextLanguage.of(text: text)
    return draft
  }
}
