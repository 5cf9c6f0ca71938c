/// What of the things that a page says about itself is taken.
extension HTMLHead {
  public var metadata: PageMetadata {
    var metadata = PageMetadata()
    metadata.title = bestTitle
    metadata.address = address
    metadata.author = author
    metadata.published = published
    metadata.saved = saved?.saved?.asDate
    metadata.language = [article?.language, language, first(of: HTMLHead.languageNames)]
      .compactMap { $0 }.first(where: \.isLanguageTag)
    metadata.summary = article?.summary ?? first(of: HTMLHead.summaryNames)?.asMetadata
    return metadata
  }
}

extension HTMLHead {
  private static let titleNames = [
    "dc.title", "dcterms.title", "og:title", "citation_title", "weibo:article:title",
    "parsely-title", "twitter:title",
  ]
  private static let authorNames = [
    "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author",
    "sailthru.author", "citation_author", "byl", "og:article:author",
  ]
  private static let dateNames = [
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "citation_date", "pubdate", "publishdate",
    "publish-date", "published_time", "date",
  ]
  private static let summaryNames = [
    "description", "og:description", "dc.description", "dcterms.description",
    "twitter:description",
  ]
  private static let languageNames = ["content-language", "dc.language"]

  private func first(of names: [String]) -> String? {
    names.lazy.compactMap { meta[$0] }.first
  }

  private var bestTitle: String? {
    guard let title = namedTitle ?? shortTitle ?? heading else { return nil }
    return Array(title.utf8)[...].asTitle
  }

  var namedTitle: String? {
    article?.title(like: title) ?? first(of: HTMLHead.titleNames)?.asMetadata
  }

  /// The page's title without the name of the site, where the heading or the page tells which of it
  /// that is.
  private var shortTitle: String? {
    guard let title else { return nil }
    if let heading, heading.utf8.count >= 8 {
      let words = Array(heading.utf8)
      let bytes = Array(title.utf8)[...]
      let isParted =
        bytes.starts(with: words) && bytes.dropFirst(words.count).beginsWithSeparator
        || bytes.reversed().starts(with: words.reversed())
          && bytes.dropLast(words.count).endsWithSeparator
      if isParted { return heading }
    }
    for name in ["og:site_name", "application-name"] {
      if let site = meta[name]?.asMetadata, let rest = HTMLHead.title(title, without: site) {
        return rest
      }
    }
    return title
  }

  /// The title without the site's name at its end and the mark that parts the two.
  private static func title(_ title: String, without site: String) -> String? {
    let bytes = Array(title.utf8)[...]
    guard bytes.reversed().starts(with: site.utf8.reversed()) else { return nil }
    let rest = bytes.dropLast(site.utf8.count)
    guard rest.endsWithSeparator else { return nil }
    let name = String(decoding: rest.trimmed(), as: UTF8.self).unicodeScalars.dropLast()
    let short = Array(String(name).utf8)[...].trimmed()
    return short.isEmpty ? nil : String(decoding: short, as: UTF8.self)
  }

  private var author: String? {
    if let article, !article.authors.isEmpty { return article.authors.joined(separator: ", ") }
    for name in HTMLHead.authorNames {
      if let author = meta[name]?.asMetadata, !author.contains("://") {
        return HTMLByline.name(in: author)
      }
    }
    return byline.author
  }

  private var published: String? {
    if let date = article?.published?.asDate { return date }
    for name in HTMLHead.dateNames { if let date = meta[name]?.asDate { return date } }
    return DayMark.allCases.lazy.compactMap { days[$0] }.first
  }

  private var address: String? {
    let claimed = [canonical, meta["og:url"], article?.address].compactMap { $0 }
    return PageAddress.address(known: knownAddress ?? saved?.address, claimed: claimed)
  }
}

extension String {
  /// Whether it looks like a tag of BCP 47, such as `zh-Hans`.
  fileprivate var isLanguageTag: Bool {
    (2...35).contains(utf8.count)
      && utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a mark that parts titles from names stands first, or last, but for white space.
  fileprivate var beginsWithSeparator: Bool { ArraySlice.isSeparator(trimmed().firstScalar) }
  fileprivate var endsWithSeparator: Bool { ArraySlice.isSeparator(trimmed().lastScalar) }

  /// One of `| - – — _ · » « / :`.
  private static func isSeparator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x7C, 0x2D, 0x2013, 0x2014, 0x5F, 0xB7, 0xBB, 0xAB, 0x2F, 0x3A: true
    default: false
    }
  }
}
