import Files
import Formats
import LibraryStore

/// Opens the sources of an import.
struct ImportOpening {
  let library: Library
  let options: ImportOptions

  /// Throws `importUnreadable` and `repository` where nothing can be read, and `sourceEmptied` where
  /// it is to be pruned by and shows nothing of what it had.
  func open(_ source: ImportSource) async throws -> ImportInput {
    var input: ImportInput
    switch source {
    case .path(let path): input = try await open(source, path)
    case .git(let path):
      do {
        input = try await open(source, GitRepository(at: path))
      } catch let error as GitProblem {
        throw LibraryError.repository(path: path.shown, error)
      } catch let error as FileError {
        throw LibraryError.importUnreadable(path: path.shown, SkipReason(error))
      }
    }
    guard input.emptied > 0 else { return input }
    guard options.pruning == nil else {
      throw LibraryError.sourceEmptied(path: source.shown, pages: input.emptied)
    }
    input.survey = nil
    return input
  }

  private func open(_ source: ImportSource, _ path: FilePath) async throws -> ImportInput {
    var input = ImportInput(source, try reader(of: path))
    // A page that was named alone is no source: nothing can be gone from it.
    guard options.remembersSources, !ImportOpening.isPiped(path),
      path.isFolder || input.reader.total.unit == .bytes
    else { return input }
    let place = try ImportOpening.place(of: path)
    input.survey = SourceSurvey(place: place, manner: manner)
    let remembered = try await library.store.source(at: place)
    input.isFirst = remembered == nil
    if input.reader.total.count == 0 { input.emptied = remembered?.pages ?? 0 }
    return input
  }

  private func open(_ source: ImportSource, _ repository: GitRepository) async throws -> ImportInput
  {
    let format = options.format ?? .mirror
    guard !options.isByChapter else {
      throw LibraryError.importUnreadable(path: repository.folder.shown, .noBook)
    }
    guard format.isOfPages else {
      throw LibraryError.invalid("\(format.name) is no format of pages, which git: reads")
    }
    let (head, place) = (try await repository.head(), repository.folder.text)
    let remembered = try await library.store.source(at: place)
    var survey = SourceSurvey(place: place, manner: manner)
    survey.commit = head
    if remembered?.commit == head, remembered?.manner == manner {
      var input = ImportInput(source, RecordList([]))
      (input.survey, input.isUnchanged) = (survey, true)
      return input
    }
    let listing = try await GitListing(of: head, in: repository)
    let known =
      remembered?.manner == manner
      ? try await library.store.pages(ofSource: place) : nil
    let drawing = try await library.store.pages(
      naming: GitChanges.images(in: listing, since: known ?? []), inSource: place)
    let changes = GitChanges(in: listing, since: known, drawing: drawing)
    let tree = listing.tree(changes.pages)
    guard let reader = format.reader(of: tree, assuming: options.encoding) else {
      preconditionFailure("a format of pages reads pages")
    }
    var input = ImportInput(source, reader)
    (input.survey, input.isFirst) = (survey, remembered == nil)
    (input.marks, input.images) = (listing.marks, listing.images)
    input.firstPages = changes.firstPages
    input.isListed = { [marks = listing.marks] in marks[$0] != nil }
    if listing.pages.isEmpty { input.emptied = remembered?.pages ?? 0 }
    return input
  }

  /// All that decides what a page comes to, beside its bytes.
  var manner: String {
    ([
      options.format?.name ?? "", options.encoding?.name ?? "", "\(ReaderVersion.current)",
    ] + (options.isByChapter ? ["chapters"] : []) + options.tags).joined(separator: "\n")
  }

  private func reader(of path: FilePath) throws(LibraryError) -> any FormatReader {
    do throws(SkipReason) {
      var input = FormatInput(
        ImportOpening.isPiped(path) ? .standardInput : .path(path), encoding: options.encoding)
      input.columns = options.columns
      input.isByChapter = options.isByChapter
      try input.look()
      return try options.format(of: input).reader(of: input)
    } catch {
      throw .importUnreadable(path: path.shown, error)
    }
  }

  /// Whether it is what is piped into this process, and no file of that name.
  private static func isPiped(_ path: FilePath) -> Bool { path == "-" && !path.exists }

  static func place(of path: FilePath) throws(LibraryError) -> String {
    do {
      return try path.real().text
    } catch {
      throw .importUnreadable(path: path.shown, SkipReason(error))
    }
  }
}

extension ImportOptions {
  /// What a file, a folder or a pipe is taken for. Throws where its chapters are wanted and it is no
  /// book.
  func format(of input: FormatInput) throws(SkipReason) -> Format {
    let format = format ?? .detected(input.sample)
    guard !isByChapter || format == .epub else {
      if case .path(let path) = input.source, !path.exists { throw .missing }
      throw .noBook
    }
    return format
  }
}
