import Articles
import Files
import Formats
import Replication

extension Library {
  /// Imports pages from files and folders, in the order of their paths.
  ///
  /// Additive: what was imported before and has not changed stays as it is, nothing is deleted,
  /// and what a person wrote is never overwritten. Throws `importUnreadable` for a path at which
  /// nothing can be read.
  public func importPages(
    _ paths: [FilePath], options: ImportOptions = ImportOptions()
  ) -> Work<ImportSummary> {
    Work { progress in
      try Library.check(tags: options.tags)
      var sources: [PageSource] = []
      var skipped: [ImportSummary.SkippedFile] = []
      for path in paths {
        try collect(path, &sources, &skipped)
      }
      var run = ImportRun(self, options: options)
      do {
        return try await run.run(sources, skipped: skipped, progress: progress)
      } catch {
        let summary = run.summary
        throw LibraryError(
          error, after: .imported(added: summary.added, changed: summary.changed))
      }
    }
  }

  /// The article in a file, or in standard input where `file` is nil, before it is added.
  ///
  /// Throws `importUnreadable`.
  public func draft(file: FilePath?) throws(LibraryError) -> ArticleDraft {
    let reader = PageReader(format: .markdown)
    let path = file?.shown ?? "standard input"
    do {
      guard let file else {
        return try reader.draft(
          of: PageFolder.readStandardInput(), at: PagePath("untitled.md")
        ) { _ in nil }.withoutWhatIsNone()
      }
      let folder = try PageFolder(at: file)
      let listing = folder.listing()
      guard let page = listing.pages.first else {
        throw listing.skipped.first?.reason ?? .notAPage(name: file.shown)
      }
      return try reader.draft(of: folder.read(page), at: page, images: folder.image)
        .withoutWhatIsNone()
    } catch let error as SkipReason {
      throw .importUnreadable(path: path, error)
    } catch {
      throw LibraryError(error)
    }
  }

  /// The short id under which `article(_:)` finds an article.
  public func shortID(of id: ArticleID) async throws(LibraryError) -> String {
    try await article(id)?.shortID ?? id.description
  }

  /// Adds one article that was made in memory. Returns its id and what became of it.
  public func add(
    _ draft: ArticleDraft, options: ImportOptions = ImportOptions()
  ) async throws(LibraryError) -> (id: ArticleID, summary: ImportSummary) {
    let addition = try await add([draft], options: options)
    guard let article = addition.articles.first else {
      preconditionFailure("each draft is an article")
    }
    return (article.id, addition.summary)
  }

  /// Adds articles that were made in memory, in one transaction.
  ///
  /// Throws `invalid` for an address that is none, an empty tag, and an empty title that a person
  /// typed.
  public func add(
    _ drafts: [ArticleDraft], options: ImportOptions = ImportOptions()
  ) async throws(LibraryError) -> Addition {
    try Library.check(tags: options.tags)
    for draft in drafts {
      try Library.check(tags: draft.tags)
      if draft.isTitleTyped, draft.title.isBlank { throw .invalid("a title is not empty") }
      if let url = draft.url { try Library.check(address: url) }
    }
    return try await LibraryError.wrapping {
      let contents = drafts.map { PreparedPage.Content($0, tags: options.tags) }
      let pages = contents.map { PreparedPage($0, displayPath: $0.draft.title) }
      var run = ImportRun(self, options: options)
      let summary = try await run.run(pages)
      return Addition(
        articles: contents.map { ($0.id, run.outcomes[$0.id] ?? .leftOut) }, summary: summary)
    }
  }

  private static func check(address: String) throws(LibraryError) {
    guard address.utf8.count <= Limits.urlBytes else {
      throw .invalid(
        "an address has at most \(Limits.urlBytes) bytes, and this one \(address.utf8.count)")
    }
    guard ArticleAddress.isAddress(address) else {
      throw .invalid("\(address) is no address: one is like https://host/page")
    }
  }

  private func collect(
    _ path: FilePath, _ sources: inout [PageSource], _ skipped: inout [ImportSummary.SkippedFile]
  ) throws(LibraryError) {
    let folder: PageFolder
    do {
      folder = try PageFolder(at: path)
    } catch {
      throw .importUnreadable(path: path.shown, error)
    }
    let listing = folder.listing()
    // The folder itself, and not one in it.
    if let unread = listing.skipped.first(where: { $0.path.relative.isEmpty }) {
      throw .importUnreadable(path: path.shown, unread.reason)
    }
    for page in listing.pages {
      sources.append(
        PageSource(folder: folder, page: page, displayPath: page.shown))
    }
    for page in listing.skipped {
      skipped.append(
        ImportSummary.SkippedFile(path: page.path.shown, reason: "\(page.reason)"))
    }
  }
}
