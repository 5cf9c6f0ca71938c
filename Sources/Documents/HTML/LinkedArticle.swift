/// What a page's JSON-LD says of the article on it, in the words of schema.org.
struct LinkedArticle {
  private let headline: String?
  private let name: String?
  private(set) var authors: [String] = []
  private(set) var published: String?
  private(set) var language: String?
  private(set) var summary: String?
  private(set) var address: String?

  /// The first article that a script describes; nil if there is none, or if it is no JSON.
  init?(in script: ArraySlice<UInt8>) {
    guard let value = JSONText(LinkedArticle.unwrapped(script)) else { return nil }
    let nodes = LinkedArticle.nodes(in: value)
    guard let article = nodes.first(where: LinkedArticle.isArticle) else { return nil }
    headline = article["headline"]?.name
    name = article["name"]?.name
    published = article["datePublished"]?.string
    language = article["inLanguage"]?.elements.first?.languageTag
    summary = article["description"]?.name
    address = article["url"]?.string
    let named = LinkedArticle.named(nodes)
    let people = (article["author"] ?? article["creator"])?.elements ?? []
    for person in people.prefix(LinkedArticle.mostAuthors) {
      let name = person.name ?? person["@id"]?.string.flatMap { named[$0] }
      if let name, !name.contains("://"), !authors.contains(name) { authors.append(name) }
    }
  }

  private static let mostAuthors = 32

  /// The article's title: its headline, or its name where only that is in the page's own title.
  func title(like title: String?) -> String? {
    guard let headline, let name, let title else { return headline ?? name }
    let likeness = TitleLikeness(to: title)
    return likeness.holds(for: name) && !likeness.holds(for: headline) ? name : headline
  }
}

extension LinkedArticle {
  /// Pages wrap scripts so that readers of XML pass them over.
  private static func unwrapped(_ script: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = script.trimmed()
    for start in ["//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "<!--"] as [StaticString]
    where text.hasPrefix(start) {
      text = text.dropFirst(start.utf8CodeUnitCount).trimmed()
    }
    for end in ["//]]>", "/*]]>*/", "]]>", "-->"] as [StaticString] where text.hasSuffix(end) {
      text = text.dropLast(end.utf8CodeUnitCount).trimmed()
    }
    if text.last == UInt8(ascii: ";") { text = text.dropLast() }
    return text
  }

  /// The things that a script describes: one, several, or those of a graph.
  private static func nodes(in value: JSONText) -> [JSONText] {
    value.elements.flatMap { node in
      (node["@graph"]?.elements ?? []) + [node] + (node["mainEntity"]?.elements ?? [])
    }
  }

  private static func isArticle(_ node: JSONText) -> Bool {
    (node["@type"]?.elements ?? []).contains { type in
      guard let name = type.string?.split(separator: "/").last else { return false }
      return name.hasSuffix("Article") || otherArticles.contains(String(name))
    }
  }

  private static let otherArticles: Set<String> = [
    "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report",
  ]

  /// The names of the things that have an identifier, which authors may be told by.
  private static func named(_ nodes: [JSONText]) -> [String: String] {
    var named: [String: String] = [:]
    for node in nodes {
      if let id = node["@id"]?.string, let name = node["name"]?.name { named[id] = name }
    }
    return named
  }
}

extension JSONText {
  /// A text in one line, or the name of a thing.
  fileprivate var name: String? {
    switch self {
    case .string(let text): text.asMetadata
    case .array(let values): values.first?.nameOfElement
    case .object(let members): members["name"]?.nameOfElement
    default: nil
    }
  }

  /// As `name`, of what no further list may stand in.
  private var nameOfElement: String? {
    switch self {
    case .string(let text): text.asMetadata
    case .object(let members): members["name"]?.string?.asMetadata
    case .array(let values): values.first?.string?.asMetadata
    default: nil
    }
  }

  /// A language's tag, or that of a thing of the type Language.
  fileprivate var languageTag: String? { string ?? self["alternateName"]?.string }
}
