import Files

/// Writes articles as a foreign file or folder, and holds one article however many there are.
package protocol FormatWriter {
  /// What could not be written; the rest was.
  var leftOut: [ExportOmission] { get }
  /// Writes one article.
  mutating func write(_ article: ExportedArticle) throws(FileError)
  /// Writes what follows the last article. Without it, what was written may not be whole.
  mutating func finish() throws(FileError)
}

extension FormatWriter {
  /// Writes all articles of a stream and finishes. Throws what the stream throws, and ``FileError``.
  package mutating func write<Articles: AsyncSequence>(all articles: Articles) async throws
  where Articles.Element == ExportedArticle {
    for try await article in articles { try write(article) }
    try finish()
  }
}

/// A part of an article that a format cannot hold, or that could not be written.
package struct ExportOmission: Sendable, Equatable {
  package let article: String
  /// Half a sentence that names the part.
  package let reason: String

  package init(of article: String, because reason: String) {
    self.article = article
    self.reason = reason
  }
}
