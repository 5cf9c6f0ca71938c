import Articles
import Formats
import LibraryStore

/// What one source of an import has, and what is remembered of it.
struct ImportInput {
  let source: ImportSource
  let reader: any FormatReader
  /// Nil where nothing is to be remembered.
  var survey: SourceSurvey?
  /// Whether a page or image is there, read or not; nil where all that is there is read.
  var isListed: (@Sendable (String) -> Bool)?
  /// The names of the blobs of pages and images.
  var marks: [String: String] = [:]
  /// The images that are to be remembered.
  var images: [String] = []
  /// Of the articles of pages that are not read, the first page of each.
  var firstPages: [ArticleID: String] = [:]
  /// Whether it is what it was when it was imported before.
  var isUnchanged = false
  /// Whether nothing was remembered of it.
  var isFirst = false
  /// How many pages it had, of which none is there any more; 0 where some are.
  var emptied = 0

  init(_ source: ImportSource, _ reader: any FormatReader) {
    (self.source, self.reader) = (source, reader)
  }
}
