import Files

/// Writes articles as a foreign file or folder, and holds one article however many there are.
package protocol FormatWriter {
  /// What could not be written; the rest was.
  var leftOut: [ExportOmission] { get }
  /// What was written so far.
  var tally: ExportTally { get }
  /// Writes one article.
  mutating func write(_ article: ExportedArticle) throws(FileError)
  /// Writes what follows the last article. Without it, what was written may not be whole.
  mutating func finish() throws(FileError)
  /// Is called in place of `finish()` where the export ends early: what is whole stays.
  mutating func giveUp()
}

extension FormatWriter {
  package var leftOut: [ExportOmission] { [] }

  package mutating func giveUp() {}

  /// Writes all articles of a stream and finishes. Throws what the stream throws, and ``FileError``.
  ///
  /// - Parameter articles: the stream.
  package mutating func write<Articles: AsyncSequence>(all articles: Articles) async throws
  where Articles.Element == ExportedArticle {
    for try await article in articles { try write(article) }
    try finish()
  }
}

/// A part of an article that a format cannot hold, or that could not be written.
public struct ExportOmission: Sendable, Equatable {
  /// The article's title, or the name of a file.
  public let article: String
  /// Half a sentence that names the part.
  public let reason: String

  /// - Parameters:
  ///   - article: its title.
  ///   - reason: half a sentence.
  package init(of article: String, because reason: String) {
    self.article = article
    self.reason = reason
  }
}

/// What an export wrote.
public struct ExportTally: Sendable, Hashable {
  /// Files that are new or were replaced.
  public var files = 0
  /// What they hold, in bytes.
  public var bytes = 0
  /// Files that were there already as they are to be.
  public var unchanged = 0
  /// Files of an earlier export that were taken away.
  public var removed = 0

  /// Nothing yet.
  public init() {}
}
