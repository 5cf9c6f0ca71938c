extension FrontMatter {
  /// What its properties say about the page.
  package var metadata: PageMetadata {
    var metadata = PageMetadata()
    metadata.title = texts(of: ["title"]).lazy.compactMap { title($0) }.first
    metadata.address = texts(of: FrontMatter.addresses).lazy.compactMap(PropertyText.address).first
    metadata.author = people(["author", "authors", "by", "byline", "creator"])
    metadata.editor = people(["editor", "editors"])
    metadata.published = texts(of: FrontMatter.dates).lazy.compactMap(\.asDate).first
    metadata.language =
      texts(of: ["language", "lang"]).lazy.compactMap(PropertyText.language).first
    metadata.summary = texts(of: ["summary", "description"]).lazy.compactMap(\.asLine).first
    metadata.tags = tags
    return metadata
  }
}

extension FrontMatter {
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
    for key in ["tags", "tag", "keywords"] {
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
