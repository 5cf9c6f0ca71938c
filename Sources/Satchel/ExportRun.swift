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
  /// Whether what is written does not depend on the order.
  private let isInAnyOrder: Bool

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
    isInAnyOrder = format.output?.isFolder == true
  }

  mutating func run(
    _ numbers: [Int64], progress: @Sendable (WorkProgress) -> Void
  ) async throws -> ExportSummary {
    var rest = (isInAnyOrder ? try await library.store.inOrderOfTexts(numbers) : numbers)[...]
    var done = 0
    while !rest.isEmpty {
      let part = rest.prefix(ExportRun.articlesAtOnce)
      rest = rest.dropFirst(part.count)
      let rows = try await library.store.wholeArticles(Array(part))
      for rows in rows.parted(by: ExportRun.textAtOnce, of: { $0.bodyLength ?? 0 }) {
        var texts = try await library.store.bodies(rows.map(\.article.body))
        for (place, row) in rows.enumerated() {
          try Task.checkCancellation()
          try await write(row, texts[place])
          texts[place] = nil
        }
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

  /// What is known of them is in memory together.
  private static let articlesAtOnce = 64
  /// So much of their texts, in bytes, or one that is longer.
  private static let textAtOnce = 4 << 20
}

extension ExportRun {
  private mutating func write(_ row: ArticleRow, _ text: [UInt8]?) async throws {
    let images = try await images(of: row, text)
    var draft = ArticleDraft(row.article, body: text ?? [], images: images)
    draft.state.highlights = try await library.highlights(of: row).map {
      HighlightDraft($0.id, $0.row.highlight)
    }
    try writer.write(ExportedArticle(row.id, draft, hasText: text != nil))
    summary.articles += 1
    if text == nil { summary.withoutText += 1 }
  }

  /// The images that are here, under the references by which the text names them.
  private mutating func images(of row: ArticleRow, _ text: [UInt8]?) async throws -> [ImageDraft] {
    let named = try await library.store.imageBytes(of: row.id)
    var references: [String: String] = [:]
    // Protocol 5.4: the register of a long reference has its hash, and only the text has the words.
    if let text, named.contains(where: { ImageName.mayBeHash($0.reference) }) {
      references = ImageName.longReferences(in: text, as: row.article.format)
    }
    return named.compactMap { image in
      guard let bytes = image.bytes else {
        summary.missingImages += 1
        return nil
      }
      return ImageDraft(reference: references[image.reference] ?? image.reference, bytes: bytes)
    }
  }
}

extension [ArticleRow] {
  /// The rows in groups whose lengths are no more than `most` together, or of one row.
  fileprivate func parted(by most: Int, of length: (ArticleRow) -> Int) -> [[ArticleRow]] {
    var groups: [[ArticleRow]] = []
    var sum = 0
    for row in self {
      sum += length(row)
      if groups.isEmpty || sum > most {
        groups.append([])
        sum = length(row)
      }
      groups[groups.count - 1].append(row)
    }
    return groups
  }
}
