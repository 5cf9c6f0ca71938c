import Articles
import Files
import Formats
import LibraryStore
import Replication

/// One export: articles are read a few at a time and written one by one.
struct ExportRun {
  private let library: Library
  private var writer: any FormatWriter
  private var summary: ExportSummary

  init(
    _ library: Library, to path: FilePath, options: ExportOptions, format: Format
  ) async throws {
    self.library = library
    var target = ExportTarget(path)
    target.replaces = options.replacesFile
    target.library = library.key
    target.now = library.now()
    do {
      writer = try format.writer(to: target)
    } catch {
      throw LibraryError.fileNotWritten(error)
    }
    summary = ExportSummary(path)
  }

  mutating func run(
    _ numbers: [Int64], progress: @Sendable (WorkProgress) -> Void
  ) async throws -> ExportSummary {
    var rest = numbers[...]
    var done = 0
    while !rest.isEmpty {
      let part = rest.prefix(ExportRun.articlesAtOnce)
      rest = rest.dropFirst(part.count)
      for row in try await library.store.wholeArticles(Array(part)) {
        try Task.checkCancellation()
        try await write(row)
      }
      done += part.count
      progress(WorkProgress(.articles, done: done, total: numbers.count))
    }
    try writer.finish()
    summary.tally = writer.tally
    summary.leftOut = writer.leftOut
    return summary
  }

  /// Ends the export early; returns how many articles stay written.
  mutating func giveUp(isFolder: Bool) -> Int {
    writer.giveUp()
    return isFolder ? summary.articles : 0
  }

  static func named(_ error: any Error) -> any Error {
    (error as? FileError).map { LibraryError.fileNotWritten($0) } ?? error
  }

  /// What is known of them is in memory together; their texts are not.
  private static let articlesAtOnce = 16
}

extension ExportRun {
  private mutating func write(_ row: ArticleRow) async throws {
    let content = try await library.store.content(of: row)
    var images: [ImageDraft] = []
    for image in content.images {
      if let bytes = image.bytes {
        images.append(ImageDraft(reference: image.reference, bytes: bytes))
      } else {
        summary.missingImages += 1
      }
    }
    var draft = ArticleDraft(row.article, body: content.text ?? [], images: images)
    draft.state.highlights = try await library.highlights(of: row).map {
      HighlightDraft($0.id, $0.row.highlight)
    }
    try writer.write(ExportedArticle(row.id, draft, hasText: content.text != nil))
    summary.articles += 1
    if content.text == nil { summary.withoutText += 1 }
  }
}
