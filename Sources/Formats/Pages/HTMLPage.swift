import Articles
import Documents

/// An HTML page as an article.
enum HTMLPage {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let page = bytes[...].withoutByteOrderMark
    let metadata = HTMLHead(of: page).metadata
    var draft = ArticleDraft(title: metadata.title ?? path.stem, format: .html, body: bytes)
    draft.language = metadata.language ?? TextLanguage.of(markup: page)
    draft.apply(metadata, url: metadata.address.flatMap(url))
    return draft
  }

  /// The page's own address, if it is an absolute one: all of the attribute, since an address that
  /// was cut at a space or a quote would be other pages' as well.
  private static func url(_ text: String) -> String? {
    let bytes = Array(text.utf8)[...].trimmed()
    let address = String(decoding: bytes, as: UTF8.self)
    guard bytes.count <= OriginalURL.lengthLimit, CanonicalURL.host(of: address) != nil else {
      return nil
    }
    return address
  }
}
