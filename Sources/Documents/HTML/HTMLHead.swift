/// What an HTML page says about itself: in its head, in the scripts that describe it, and where the
/// text names its author and its day.
public struct HTMLHead {
  private(set) var title: String?
  /// The text of the first `h1`.
  private(set) var heading: String?
  private var headings = 0
  private(set) var language: String?
  private(set) var meta: [String: String] = [:]
  /// Which of them stand as `property`, which is more particular than `name`.
  private var properties: Set<String> = []
  private(set) var canonical: String?
  private(set) var article: LinkedArticle?
  private(set) var saved: SavedPageComment?
  /// The days of the text, the best marked ones first.
  private(set) var days: [DayMark: String] = [:]
  private(set) var byline: HTMLByline

  /// Where the page was found, if somebody knows it.
  let knownAddress: String?

  public init(of page: ArraySlice<UInt8>, at address: String? = nil) {
    knownAddress = address
    byline = HTMLByline(in: page)
    var tokens = HTMLTokenizer(page)
    while let token = tokens.next() {
      byline.take(token)
      switch token {
      case .startTag(let tag): read(tag, from: &tokens, in: page)
      case .comment(let range): if saved == nil { saved = SavedPageComment(page[range]) }
      default: break
      }
    }
  }
}

// MARK: Reading

extension HTMLHead {
  private mutating func read(
    _ tag: HTMLTag, from tokens: inout HTMLTokenizer, in page: ArraySlice<UInt8>
  ) {
    switch tag.name {
    case "html": language = language ?? tag.value(of: "lang") ?? tag.value(of: "xml:lang")
    case "title" where title == nil && !tokens.isInForeignContent:
      title = HTMLHead.text(of: tag.name, from: &tokens, in: page)
    case "h1":
      let text = HTMLHead.text(of: tag.name, from: &tokens, in: page)
      heading = heading ?? text
      if let text { noteHeading(text) }
    case "meta": readMeta(tag)
    case "link": readLink(tag)
    case "script" where article == nil: readScript(tag, from: &tokens, in: page)
    default: break
    }
    readDay(tag)
  }

  /// Says where the text begins, if the heading is the page's title.
  private mutating func noteHeading(_ text: String) {
    headings += 1
    guard headings <= HTMLHead.mostHeadings, let title = namedTitle ?? title else { return }
    if TitleLikeness(to: title).holds(for: text) { byline.noteTitle() }
  }

  private static let mostHeadings = 16

  /// The text up to the element's end tag.
  private static func text(
    of element: String, from tokens: inout HTMLTokenizer, in page: ArraySlice<UInt8>
  ) -> String? {
    var text: [UInt8] = []
    // A heading that never ends is as long as a title can be.
    while text.count < longestTitle, let token = tokens.next() {
      if case .endTag(let tag) = token, tag.name == element { break }
      if case .text(let range) = token {
        HTMLCharacterReferences.append(page[range], to: &text, in: .text)
      }
    }
    return text[...].asTitle
  }

  private static let longestTitle = 4096

  private mutating func readMeta(_ tag: HTMLTag) {
    guard let content = tag.value(of: "content"), !content.isEmpty else { return }
    for name in HTMLHead.metaNames(tag.value(of: "property"))
    where properties.insert(name).inserted {
      meta[name] = content
    }
    let names = tag.value(of: "name") ?? tag.value(of: "http-equiv")
    for name in HTMLHead.metaNames(names) where meta[name] == nil { meta[name] = content }
  }

  private static func metaNames(_ names: String?) -> [String] {
    (names ?? "").split(separator: " ").prefix(8).map(metaName)
  }

  /// A name in small letters; Dublin Core's parts are joined by `:` as well as by `.`.
  private static func metaName(_ name: Substring) -> String {
    let name = String(lowercasingASCII: Array(name.utf8)[...])
    for prefix in ["dc:", "dcterm:", "dcterms:", "dcterm."] where name.hasPrefix(prefix) {
      return (prefix.hasPrefix("dcterm") ? "dcterms." : "dc.") + name.dropFirst(prefix.count)
    }
    return name
  }

  private mutating func readLink(_ tag: HTMLTag) {
    guard canonical == nil, let relation = tag.value(of: "rel"), let href = tag.value(of: "href")
    else { return }
    let names = String(lowercasingASCII: Array(relation.utf8)[...])
      .split(whereSeparator: \.isWhitespace)
    if names.contains("canonical") { canonical = href }
  }

  private mutating func readScript(
    _ tag: HTMLTag, from tokens: inout HTMLTokenizer, in page: ArraySlice<UInt8>
  ) {
    guard let type = tag.value(of: "type"),
      String(lowercasingASCII: Array(type.utf8)[...].trimmed()).hasPrefix("application/ld+json"),
      case .text(let range)? = tokens.next()
    else { return }
    article = LinkedArticle(in: page[range])
  }
}

// MARK: Days

extension HTMLHead {
  /// How the page marks a day as its own, the surest first.
  enum DayMark: CaseIterable {
    case published
    case pubdate
    case time
  }

  private mutating func readDay(_ tag: HTMLTag) {
    let isTime = tag.name == "time"
    let property = tag.value(of: "itemprop")
    guard isTime || property != nil else { return }
    let isPublished = property?.split(separator: " ").contains("datePublished") ?? false
    guard isTime || isPublished else { return }
    let mark: DayMark =
      isPublished ? .published : tag.rawValue(of: "pubdate") != nil ? .pubdate : .time
    guard days[mark] == nil else { return }
    days[mark] = (tag.value(of: "datetime") ?? tag.value(of: "content"))?.asDate
  }
}
