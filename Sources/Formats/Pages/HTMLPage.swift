import Articles
import Documents

/// An HTML page as an article.
enum HTMLPage {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let page = bytes[...].withoutByteOrderMark
    let metadata = HTMLHead(of: page).metadata
    var draft = ArticleDraft(title: metadata.title ?? path.stem, format: .html, body: bytes)
    draft.language = metadata.language ?? TextLanguage.of(markup: page)
    draft.apply(metadata, url: metadata.address.flatMap(PageAddress.of))
    draft.state.addedMilliseconds = metadata.saved.flatMap(InstantText.milliseconds)
    return draft
  }
}
