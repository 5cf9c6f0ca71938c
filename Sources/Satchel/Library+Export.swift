import Articles
import Files
import Formats

/// How articles are exported.
public struct ExportOptions: Sendable {
  /// Whether a file that lies there is replaced. A folder is brought up to date either way.
  public var replacesFile = false

  /// A file that is there is left as it is.
  public init() {}
}

/// What an export wrote.
public struct ExportSummary: Sendable {
  public var path: FilePath
  public var articles = 0
  /// How many of them have no text here: what is known of them was written.
  public var withoutText = 0
  /// How many images are not here.
  public var missingImages = 0
  public var tally = ExportTally()
  /// What could not be written; the rest was.
  public var leftOut: [ExportOmission] = []

  init(_ path: FilePath) {
    self.path = path
  }
}

extension Library {
  /// Writes the articles that match as a foreign file, in the query's order, or a folder. Articles that
  /// were deleted are never among them.
  ///
  /// A folder is brought up to date: what has not changed is not touched, what an earlier export wrote
  /// and this one does not is taken away, and what others wrote or changed there stays. A file appears
  /// whole or not at all.
  ///
  /// Throws `nothingMatches` where no article does, and `fileNotWritten`.
  ///
  /// - Parameters:
  ///   - query: which articles.
  ///   - format: one that is written; another one is refused as `invalid`.
  ///   - path: where the file or folder lies.
  ///   - options: how.
  public func export(
    _ query: ArticleQuery, as format: Format, to path: FilePath,
    options: ExportOptions = ExportOptions()
  ) -> Work<ExportSummary> {
    Work { progress in
      let numbers = try await exportNumbers(query, format, path, options)
      var run = try await ExportRun(self, to: path, options: options, format: format)
      do {
        return try await run.run(numbers, progress: progress)
      } catch {
        let written = run.giveUp(isFolder: format.output?.isFolder == true)
        throw LibraryError(ExportRun.named(error), after: .exported(articles: written))
      }
    }
  }

  /// How many articles an export would write. Throws what it would find wrong, and writes nothing.
  ///
  /// - Parameters:
  ///   - query: which articles.
  ///   - format: one that is written.
  ///   - path: where the file or folder would lie.
  ///   - options: how.
  public func planExport(
    of query: ArticleQuery, as format: Format, to path: FilePath,
    options: ExportOptions = ExportOptions()
  ) async throws(LibraryError) -> Int {
    try await LibraryError.wrapping {
      try await exportNumbers(query, format, path, options).count
    }
  }

  private func exportNumbers(
    _ query: ArticleQuery, _ format: Format, _ path: FilePath, _ options: ExportOptions
  ) async throws -> [Int64] {
    guard let output = format.output else {
      throw LibraryError.invalid("\(format.name) is a format that is only read")
    }
    if output.isFolder {
      if path.exists, !path.isFolder {
        throw LibraryError.fileNotWritten(FileError(path, .taken))
      }
    } else {
      if path.isFolder { throw LibraryError.fileNotWritten(FileError(path, .notAFile(.folder))) }
      guard options.replacesFile || !path.exists else {
        throw LibraryError.fileNotWritten(FileError(path, .taken))
      }
      guard path.folder.isFolder else {
        throw LibraryError.fileNotWritten(FileError(path, .noFolder))
      }
    }
    var query = query
    query.filter = .all([query.filter, .not(.state(.deleted))])
    let numbers = try await store.articleNumbers(query, today: today)
    guard !numbers.isEmpty else { throw LibraryError.nothingMatches }
    return numbers
  }
}
