import Articles
import Documents

/// Reads HTML pages: the title and what the head's `meta` and `link` elements say.
enum HTMLReader {
  static func draft(of bytes: [UInt8], at path: PagePath) -> ArticleDraft {
    let page = PageText.withoutMark(bytes[...])
    let head = HTMLHead(of: page)
    var draft = ArticleDraft(
      title: head.title ?? head.heading ?? path.stem, format: .html, body: bytes)
    draft.url = head.url
    draft.site = head.url.flatMap { CanonicalURL.host(of: $0) }
    draft.author = head.meta["author"]
    draft.summary = head.meta["description"]
    draft.published = (head.meta["article:published_time"] ?? head.meta["date"])
      .flatMap { DateText.normalised(Array($0.utf8)[...]) }
    draft.language = head.language ?? ChineseScript.language(of: page)
    return draft
  }
}

/// What an HTML page says about itself.
struct HTMLHead {
  private(set) var title: String?
  /// The text of the first `h1`.
  private(set) var heading: String?
  private(set) var language: String?
  private(set) var meta: [String: String] = [:]
  private var canonical: String?

  init(of page: ArraySlice<UInt8>) {
    var tokens = HTMLTokenizer(page)
    while let token = tokens.next() {
      guard case .startTag(let tag) = token else { continue }
      switch tag.name {
      case "html": language = language ?? tag.value(of: "lang").flatMap { $0.isEmpty ? nil : $0 }
      case "title": title = title ?? HTMLHead.text(of: tag.name, from: &tokens, in: page)
      case "h1": heading = heading ?? HTMLHead.text(of: tag.name, from: &tokens, in: page)
      case "meta": readMeta(tag)
      case "link": readLink(tag)
      default: break
      }
      if title != nil, heading != nil { break }
    }
  }

  /// The page's own address, if it is an absolute one: all of the attribute, since an address that
  /// was cut at a space or a quote would be other pages' as well.
  var url: String? {
    guard let text = canonical ?? meta["og:url"] else { return nil }
    let bytes = Array(text.utf8)[...].trimmed()
    let address = String(decoding: bytes, as: UTF8.self)
    guard bytes.count <= OriginalURL.lengthLimit, CanonicalURL.host(of: address) != nil else {
      return nil
    }
    return address
  }
}

extension HTMLHead {
  /// The text up to the element's end tag.
  private static func text(
    of element: String, from tokens: inout HTMLTokenizer, in page: ArraySlice<UInt8>
  ) -> String? {
    var text: [UInt8] = []
    while let token = tokens.next() {
      if case .endTag(let tag) = token, tag.name == element { break }
      if case .text(let range) = token {
        HTMLCharacterReferences.append(page[range], to: &text)
      }
    }
    return text[...].asTitle
  }

  private mutating func readMeta(_ tag: HTMLTag) {
    guard let name = tag.value(of: "name") ?? tag.value(of: "property"),
      let content = tag.value(of: "content"), !content.isEmpty, meta[name] == nil
    else { return }
    meta[name.lowercased()] = content
  }

  private mutating func readLink(_ tag: HTMLTag) {
    if tag.value(of: "rel") == "canonical" { canonical = canonical ?? tag.value(of: "href") }
  }
}
