/// Words that pages name their parts with, as bytes in lower case.
struct PageWords: Sendable {
  /// The words by their first byte.
  private let words: [[[UInt8]]]

  init(_ list: String) {
    var words = [[[UInt8]]](repeating: [], count: 256)
    for word in list.split(whereSeparator: \.isWhitespace) {
      let bytes = Array(word.utf8)
      words[Int(bytes[0])].append(bytes)
    }
    self.words = words
  }

  /// Whether one of the words occurs in the names.
  ///
  /// - Parameter asWord: whether only what no letter or digit touches counts.
  func occurs(in names: ArraySlice<UInt8>, asWord: Bool = false) -> Bool {
    for index in names.indices {
      for word in words[Int(names[index])] where names[index...].starts(with: word) {
        if !asWord { return true }
        let end = index + word.count
        let before = index > names.startIndex ? names[index - 1] : 0x20
        let after = end < names.endIndex ? names[end] : 0x20
        if !before.isInWord && !after.isInWord { return true }
      }
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isInWord: Bool { isASCIILetter || isASCIIDigit }
}

extension PageWords {
  /// What stands around a text.
  static let furniture = PageWords(
    """
    -ad- ad-break ads-banner advert agegate banner breadcrumb combx comment community cookie-
    cover-wrap disqus extra footer gdpr header legends masthead menu newsletter outbrain pager
    pagination popup promo- related remark replies rss shoutbox sidebar skyscraper social sponsor
    supplemental taboola yom-remote ai2html
    """)

  /// What may hold text although it is named like furniture too.
  static let content = PageWords("and article body column content main mathjax shadow")

  static let inFavor = PageWords(
    "article body blog content entry hentry main page pagination post story text")

  static let against = PageWords(
    """
    -ad- banner combx com- comment contact footer gdpr hidden masthead media meta outbrain promo
    related scroll share shopping shoutbox sidebar skyscraper sponsor tags widget
    """)

  static let author = PageWords("author byline writtenby")

  /// Names with an author in them that is not the page's, or no author's name.
  static let noAuthor = PageWords("avatar bio comment follow related")

  static let byline = PageWords("author byline dateline writtenby")

  static let sharing = PageWords("share sharedaddy sharing")

  static let player = PageWords(
    """
    archive.org bilibili.com dailymotion.com player.twitch.tv player.vimeo.com upload.wikimedia.org
    v.qq.com youku.com youtube-nocookie.com youtube.com
    """)
}
