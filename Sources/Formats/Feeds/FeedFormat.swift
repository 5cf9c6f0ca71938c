extension Format {
  /// Feeds as files.
  public static let feed = Format(
    name: "feed", contents: "a feed as a file or a pipe: RSS, Atom or JSON Feed",
    treatment: "takes its entries in and fetches nothing",
    extensions: ["rss", "atom", "xml", "opml", "json"],
    reader: { (input) throws(SkipReason) -> any FormatReader in
      var source = try input.text(declaredByHTML: true)
      let head = try source.read()
      let rest = PrefixedSource(head, then: source)
      guard head.first(where: { !$0.isSpaceInJSON }) != UInt8(ascii: "{") else {
        return try JSONFeed.records(rest, named: input.name)
      }
      return FeedRecords(rest, named: input.name)
    },
    isLike: { sample in
      sample.start?.isFeed == true
        || sample.start?.hasKeys("\"version\"", "jsonfeed.org/version") == true
    })
}

extension UInt8 {
  fileprivate var isSpaceInJSON: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
