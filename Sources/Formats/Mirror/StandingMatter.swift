import Documents

/// What a site repeats under its pages word for word, and no article says: appeals for money,
/// copyright lines, boxes of links.
///
/// The table is part of what a page's text is, so it is written down, here and in
/// `Protocol/formats.md`, and never learnt from the pages of an import: two replicas must make the same
/// text of one page. Whoever changes it raises `ReaderVersion.current`.
enum StandingMatter {
  /// A block of such text.
  struct Block {
    /// The sites whose pages have it, with those below them; empty for all, since it is told by its
    /// first words and copied to other sites.
    let sites: [String]
    /// The words it begins with, which stand in one piece between tags.
    let begin: StaticString
    /// The words it ends with, likewise.
    let end: StaticString
    /// Whether a paragraph that begins so is such a block even if the last words are missing.
    let isKnownByItsBeginning: Bool

    /// How far behind its beginning the end is looked for, in bytes of markup.
    static let reach = 8_192

    init(
      on sites: String..., from begin: StaticString, to end: StaticString,
      knownByItsBeginning: Bool = false
    ) {
      self.sites = sites
      self.begin = begin
      self.end = end
      isKnownByItsBeginning = knownByItsBeginning
    }
  }

  /// What an article of `site` is read without: ranges of its bytes, in order and apart.
  static func ranges(in article: [UInt8], on site: String?) -> [Range<Int>] {
    let blocks = blocks.filter { $0.sites.isEmpty || isOne(of: $0.sites, site) }
    let begun = blocks.filter { article[...].contains($0.begin) }
    let found = begun.flatMap { StandingMatterSearch(for: $0, in: article).found }
    return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { ranges, range in
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        let end = max(last.upperBound, range.upperBound)
        ranges[ranges.count - 1] = last.lowerBound..<end
      } else {
        ranges.append(range)
      }
    }
  }

  /// Whether an image is an advertisement of the site itself.
  static func isAdvertisement(_ source: ArraySlice<UInt8>, on site: String?) -> Bool {
    advertisements.contains { isOne(of: [$0.site], site) && source.contains($0.path) }
  }
}

extension StandingMatter {
  static let blocks = [
    Block(from: "【诚征荣誉会员】", to: "社会危难之中。", knownByItsBeginning: true),
    Block(from: "【誠徵榮譽會員】", to: "社會危難之中。", knownByItsBeginning: true),
    Block(on: "secretchina.com", from: "和我们一起守护香港", to: "义无反顾！"),
    Block(on: "soundofhope.org", from: "本文章或节目经希望之声编辑", to: "标题及链接。"),
    Block(on: "soundofhope.org", from: "希望之声版权所有", to: "违者必究。"),
    Block(on: "epochtimes.com", "ntdtv.com", from: "【支持】为真相护航", to: "donate.epochtimes.com"),
    Block(on: "ntdtv.com", from: "【支持】独立媒体", to: "donation.html"),
    Block(on: "cn.reuters.com", from: "我们的标准：", to: "“信任原则”"),
  ]

  private static let advertisements: [(site: String, path: StaticString)] = [
    ("secretchina.com", "/kzgd/ad/")
  ]

  private static func isOne(of sites: [String], _ site: String?) -> Bool {
    guard let site else { return false }
    return sites.contains { site == $0 || site.hasSuffix(".\($0)") }
  }
}
