extension FrontMatter {
  /// What its properties say about the page.
  public var metadata: PageMetadata {
    var metadata = PageMetadata()
    metadata.title = texts(of: FrontMatter.titles).lazy.compactMap { title($0) }.first
    metadata.address = texts(of: FrontMatter.addresses).lazy.compactMap(PropertyText.address).first
    metadata.author = people(FrontMatter.authors)
    metadata.editor = people(FrontMatter.editors)
    metadata.published = texts(of: FrontMatter.dates).lazy.compactMap(\.asDate).first
    metadata.language =
      texts(of: FrontMatter.languages).lazy.compactMap(PropertyText.language).first
    metadata.summary = texts(of: FrontMatter.summaries).lazy.compactMap(\.asLine).first
    metadata.tags = tags
    return metadata
  }

  /// Whether a block is words that only look like properties: `Note: see the other page.`
  static func isProse(_ properties: FrontMatterProperties) -> Bool {
    properties.allSatisfy { key, texts in
      !knownKeys.contains(key)
        && texts.contains { text in
          text.split(separator: " ").count > 3 || text.contains("，") || text.contains("。")
        }
    }
  }
}

extension FrontMatter {
  private static let titles = ["title"]
  private static let authors = ["author", "authors", "by", "byline", "creator"]
  private static let editors = ["editor", "editors"]
  private static let languages = ["language", "lang"]
  private static let summaries = ["summary", "description"]
  private static let tagKeys = ["tags", "tag", "keywords"]

  private static let knownKeys = Set(
    titles + addresses + authors + editors + dates + languages + summaries + tagKeys)

  /// The keys of addresses, the most certain first.
  private static let addresses = [
    "url", "source", "canonical", "canonicalurl", "link", "sourceurl", "original", "originalurl",
    "bookmarkof", "from",
  ]

  /// The keys of the day of publication, the most certain first.
  private static let dates = [
    "published", "datepublished", "publishedat", "publisheddate", "publishdate", "pubdate", "date",
  ]

  /// All texts of the keys, in the keys' order.
  private func texts(of keys: [String]) -> [String] { keys.flatMap { properties[$0] ?? [] } }

  private func title(_ text: String) -> String? {
    Array(PropertyText.unlinked(text, isNested: false).utf8)[...].asTitle
  }

  private func people(_ keys: [String]) -> String? {
    for key in keys {
      let names = (properties[key] ?? []).compactMap { PropertyText.unlinked($0).asLine }
      if !names.isEmpty { return names.joined(separator: ", ") }
    }
    return nil
  }

  private var tags: [String] {
    for key in FrontMatter.tagKeys {
      guard let value = properties.value(of: key), !value.texts.isEmpty else { continue }
      var seen: Set<String> = []
      return PropertyText.tags(of: value).filter { seen.insert($0).inserted }
    }
    return []
  }
}

extension String {
  /// The text on one line; nil if nothing is left.
  fileprivate var asLine: String? {
    let line = Array(utf8)[...].asSingleLine
    return line.isEmpty ? nil : line
  }
}
