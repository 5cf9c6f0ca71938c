import Articles
import Documents

/// An HTML page as an article.
enum HTMLPage {
  /// - Parameter envelope: what was written beside the page where it was saved.
  static func draft(
    of bytes: [UInt8], at path: PagePath, _ envelope: OpenedPage.Envelope = OpenedPage.Envelope()
  ) -> ArticleDraft {
    let page = bytes[...].withoutByteOrderMark
    let metadata = HTMLHead(of: page, at: envelope.address).metadata
    let title = metadata.title ?? envelope.title ?? path.stem
    var draft = ArticleDraft(title: title, format: .html, body: bytes)
    draft.language = metadata.language ?? TextLanguage.of(markup: page)
    draft.apply(metadata, url: metadata.address.flatMap(PageAddress.of))
    draft.state.addedMilliseconds = (metadata.saved ?? envelope.saved)
      .flatMap(InstantText.milliseconds)
    return draft
  }
}
