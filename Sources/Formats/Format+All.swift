extension Format {
  /// Every format there is, in the order in which they are listed and recognized.
  public static let all: [Format] = [
    .markdown,
    .mirror,
    .pocket,
    .instapaper,
    .readwise,
    .raindrop,
    .csv,
    .bookmarks,
    .wallabag,
    .omnivore,
    .karakeep,
    .linkwarden,
    .feed,
    .epub,
    .jsonLines,
    .site,
    .atom,
    .annotations,
  ]

  /// The formats that can be imported.
  public static var readable: [Format] { all.filter(\.isReadable) }

  /// The formats that can be exported.
  public static var writable: [Format] { all.filter(\.isWritable) }

  /// The format that can be imported and has this name; nil if there is none.
  public static func readable(named name: String) -> Format? { readable.first { $0.name == name } }

  /// The format that can be exported and has this name; nil if there is none.
  ///
  /// - Parameter name: as it is written.
  public static func writable(named name: String) -> Format? { writable.first { $0.name == name } }

  /// Takes a format's name off the front of what is to be imported.
  ///
  /// It is a name only if another word follows, exactly as it is written: `mirror` alone is a path, and
  /// so is `mirror/` wherever it stands.
  package static func leading(
    _ words: [String], among formats: [Format] = readable
  ) -> (format: Format?, paths: ArraySlice<String>) {
    guard words.count > 1, let format = formats.first(where: { $0.name == words[0] }) else {
      return (nil, words[...])
    }
    return (format, words.dropFirst())
  }
}
