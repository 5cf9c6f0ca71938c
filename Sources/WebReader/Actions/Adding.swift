import Satchel

/// What a form would add: a text, an address without one, or files.
struct Adding: Sendable {
  /// As it was typed; empty for what the text says itself.
  var title = ""
  var address = ""
  /// As they were typed, separated by commas.
  var tags = ""
  var uploads: [WebRequest.Upload] = []
  /// Whether the only upload is a text that was pasted.
  var isText = false

  /// What came of it, or would.
  enum Outcome: Sendable {
    /// One article, and what it is.
    case article(AddedArticle, ArticleDraft)
    case files(ImportSummary, NamedUploads)
  }

  /// The commas are those of both languages.
  var tagList: [String] {
    tags.split { ",，、".contains($0) }.compactMap { Fields([("tag", String($0))]).text("tag") }
  }

  /// Adds it, or says what would be added where the library is a dry run.
  func perform(_ library: Library) async throws(LibraryError) -> Outcome {
    var options = ImportOptions()
    options.tags = tagList
    options.revivesDeleted = true
    options.remembersSources = false
    guard isText || uploads.isEmpty else {
      let named = try NamedUploads(uploads)
      let summary = try await library.acting(
        as: "import \(uploads.map(\.name).joined(separator: " "))"
      )
      .importPages(named.paths, options: options).result()
      return .files(summary, named)
    }
    let draft = try draft(library)
    let added = try await library.acting(as: "add \(draft.heading)").add(draft, options: options)
    return .article(added, draft)
  }

  private func draft(_ library: Library) throws(LibraryError) -> ArticleDraft {
    var draft: ArticleDraft
    if uploads.isEmpty {
      draft = ArticleDraft(title: title, url: address)
    } else {
      let named = try NamedUploads(uploads)
      draft = try library.draft(file: named.paths[0])
      if !address.isEmpty { draft.url = address }
    }
    if !title.isEmpty { (draft.title, draft.isTitleTyped) = (title, true) }
    return draft
  }
}
