import Articles
import Files
import Formats
import Foundation
import Replication

/// An article for tests of writers.
func exportedArticle(
  _ title: String, _ text: String = "Text", number: UInt64 = 1, hasText: Bool = true,
  _ change: (inout ArticleDraft) -> Void = { _ in }
) -> ExportedArticle {
  var draft = ArticleDraft(title: title, format: .markdown, body: Array(text.utf8))
  change(&draft)
  return ExportedArticle(
    ArticleID(key: Identifier(high: number << 32, low: number)), draft, hasText: hasText)
}

/// A highlight as a library hands it to a writer.
func exportedHighlight(
  _ quote: String, number: UInt64 = 1, color: String? = nil, note: String? = nil
) -> HighlightDraft {
  HighlightDraft(
    HighlightID(key: Identifier(high: 7, low: number)),
    Highlight(
      article: ArticleID(key: Identifier(high: 1 << 32, low: 1)),
      anchor: HighlightAnchor(
        body: ContentHash(bytes: Array(repeating: 0xAB, count: 32)), textVersion: 1, quote: quote,
        prefix: "before ", suffix: " behind", start: 7, end: 7 + quote.unicodeScalars.count),
      color: color, note: note, addedMilliseconds: 1_780_000_000_123))
}

/// What a format writes into one file.
func exportedFile(
  _ format: Format, _ articles: [ExportedArticle], leftOut: Int = 0
) throws -> [UInt8] {
  try withFolder { folder in
    let path = folder.place.pushing("out")
    var target = ExportTarget(path)
    target.title = "A & B"
    target.now = 1_780_000_000_000
    target.library = Array(0..<32)
    var writer = try format.writer(to: target)
    for article in articles { try writer.write(article) }
    try writer.finish()
    guard writer.leftOut.count == leftOut else { throw CocoaError(.fileWriteUnknown) }
    let bytes = try InputFile.contents(of: path, .named, limit: 1 << 24)
    guard writer.tally.files == 1, writer.tally.bytes == bytes.count else {
      throw CocoaError(.fileWriteUnknown)
    }
    return bytes
  }
}

/// The same as text.
func exportedText(
  _ format: Format, _ articles: [ExportedArticle], leftOut: Int = 0
) throws -> String {
  String(decoding: try exportedFile(format, articles, leftOut: leftOut), as: UTF8.self)
}

/// The names of visible files in a folder.
func visibleNames(in path: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
}
