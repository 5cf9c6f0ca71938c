import Articles
import Documents
import Files
import Formats
import Replication

extension Library {
  /// Imports articles from files and folders, or from `-`, which is what is piped into this process; see
  /// ``importPages(from:options:)``.
  public func importPages(
    _ paths: [FilePath], options: ImportOptions = ImportOptions()
  ) -> Work<ImportSummary> {
    importPages(from: paths.map { .path($0) }, options: options)
  }

  /// Imports articles from files, folders and git repositories, pages in the order of their paths.
  ///
  /// Additive: what was imported before and has not changed stays as it is, what a person wrote is
  /// never overwritten, and nothing is deleted unless ``ImportOptions/pruning`` lets it. Of a
  /// repository the pages are read that changed since it was imported whole. Throws
  /// `importUnreadable` and `repository` for a source in which nothing can be read, `sourceEmptied`
  /// for one to prune by that shows nothing of what it had.
  ///
  /// - Parameters:
  ///   - sources: each is imported after the one before.
  ///   - options: what pages are taken for, and what is done with them.
  public func importPages(
    from sources: [ImportSource], options: ImportOptions = ImportOptions()
  ) -> Work<ImportSummary> {
    Work { progress in
      try Library.check(tags: options.tags)
      let opening = ImportOpening(library: self, options: options)
      var inputs: [ImportInput] = []
      for source in sources { inputs.append(try await opening.open(source)) }
      var run = ImportRun(self, options: options)
      do {
        return try await run.run(inputs, progress: progress)
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
  ///
  /// - Parameters:
  ///   - file: a page.
  ///   - encoding: how it is read if it says nothing of that itself; nil for UTF-8.
  public func draft(
    file: FilePath?, encoding: TextEncoding? = nil
  ) throws(LibraryError) -> ArticleDraft {
    let path = file?.shown ?? "standard input"
    do throws(SkipReason) {
      let source = file.map { FormatInput.Source.path($0) } ?? .standardInput
      let reader = try Format.mirror.reader(of: FormatInput(source, encoding: encoding))
      var items = reader.items()
      // A file whose name is no page's is left out, and is the first item.
      switch items.next()?.outcome {
      case .article(let draft): return draft
      case .skipped(let reason), .passedOver(let reason): throw reason
      case nil: throw .notAPage(name: path, looks: nil)
      }
    } catch {
      throw .importUnreadable(path: path, error)
    }
  }

  /// The short id under which `article(_:)` finds an article.
  public func shortID(of id: ArticleID) async throws(LibraryError) -> String {
    try await article(id)?.shortID ?? id.description
  }

  /// Adds one article that was made in memory. Returns its id and what became of it.
  public func add(
    _ draft: ArticleDraft, options: ImportOptions = ImportOptions()
  ) async throws(LibraryError) -> AddedArticle {
    let addition = try await add([draft], options: options)
    guard let article = addition.articles.first else {
      preconditionFailure("each draft is an article")
    }
    return article
  }

  /// Adds articles that were made in memory, in one transaction.
  ///
  /// Throws `invalid` for an address that is none, for neither an address nor a text, an empty tag, and
  /// an empty title that a person typed.
  public func add(
    _ drafts: [ArticleDraft], options: ImportOptions = ImportOptions()
  ) async throws(LibraryError) -> Addition {
    try Library.check(tags: options.tags)
    for draft in drafts {
      try Library.check(tags: draft.tags)
      if draft.isTitleTyped, draft.title.isBlank { throw .invalid("a title is not empty") }
      guard draft.isArticle else { throw .invalid("an article has an address or a text") }
      if let url = draft.url { try Library.check(address: url) }
    }
    return try await LibraryError.wrapping {
      let tags = options.tags.map(Library.typed(tag:))
      let articles = drafts.map { PreparedArticle($0, tags: tags) }
      var run = ImportRun(self, options: options)
      let summary = try await run.run(articles)
      return Addition(
        articles: articles.map {
          AddedArticle(id: $0.id, outcome: run.outcomes[$0.id] ?? .leftOut)
        },
        summary: summary)
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
}
