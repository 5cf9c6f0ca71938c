/// What an HTML page says about itself: its title, and what `meta` and `link` elements hold.
package struct HTMLHead {
  private var title: String?
  /// The text of the first `h1`.
  private var heading: String?
  private var language: String?
  private var meta: [String: String] = [:]
  private var canonical: String?

  package init(of page: ArraySlice<UInt8>) {
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

  package var metadata: PageMetadata {
    var metadata = PageMetadata()
    metadata.title = title ?? heading
    metadata.address = canonical ?? meta["og:url"]
    metadata.author = meta["author"]
    metadata.published = (meta["article:published_time"] ?? meta["date"])?.asDate
    metadata.language = language
    metadata.summary = meta["description"]
    return metadata
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
