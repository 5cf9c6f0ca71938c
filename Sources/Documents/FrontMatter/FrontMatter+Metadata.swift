extension FrontMatter {
  /// What its properties say about the page.
  public var metadata: PageMetadata {
    var metadata = PageMetadata()
    metadata.title = first(of: FrontMatter.titles, title)
    metadata.address = first(of: FrontMatter.addresses, PropertyText.address)
    metadata.author = people(FrontMatter.authors)
    metadata.editor = people(FrontMatter.editors)
    metadata.published = first(of: FrontMatter.dates) { $0.asDate }
    metadata.language = first(of: FrontMatter.languages, PropertyText.language)
    metadata.summary = first(of: FrontMatter.summaries) { $0.asLine }
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

  /// What the first text is that `meaning` accepts, in the keys' order.
  private func first(of keys: [String], _ meaning: (String) -> String?) -> String? {
    for key in keys {
      for text in properties[key] ?? [] {
        if let value = meaning(text) { return value }
      }
    }
    return nil
  }

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
