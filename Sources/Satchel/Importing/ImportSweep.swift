import Files
import Formats
import LibraryStore

/// A watched source, what was seen of it, and what of that was imported.
struct ImportSweep: Sendable {
  private let source: ImportSource
  private let library: Library
  private let options: ImportOptions
  private var pages = WatchedFiles()
  private var images = WatchedFiles()
  private var hasImported = false
  private var hasFailed = false

  init(_ source: ImportSource, library: Library, options: ImportOptions) {
    (self.source, self.library, self.options) = (source, library, options)
  }

  /// Looks once, and imports what is to be taken.
  mutating func look() async throws -> [ImportWatch.Event] {
    do {
      let summary = try await sweep()
      let wasFailing = hasFailed
      hasFailed = false
      return (wasFailing ? [.back(source)] : []) + (summary.map { [.imported($0)] } ?? [])
    } catch let error as LibraryError where error.isPassing {
      let wasFailing = hasFailed
      hasFailed = true
      return wasFailing ? [] : [.failed(source, error)]
    }
  }

  private mutating func sweep() async throws -> ImportSummary? {
    guard case .path(let path) = source else {
      let input = try await ImportOpening(library: library, options: options).open(source)
      return input.isUnchanged ? nil : try await run(input)
    }
    do {
      let format = try options.format(of: .path(path))
      return try await format.isOfPages ? sweep(pagesAt: path, format) : sweep(file: path)
    } catch let reason as SkipReason {
      throw LibraryError.importUnreadable(path: path.shown, reason)
    }
  }

  private mutating func sweep(
    pagesAt path: FilePath, _ format: Format
  ) async throws -> ImportSummary? {
    let folder = try PageFolder(at: path)
    let listing = folder.listing()
    var tree = try PageTree(folder, listing)
    guard !listing.pages.isEmpty || pages.count == 0 else {
      throw LibraryError.sourceEmptied(path: path.shown, pages: pages.count)
    }
    let sight = pages.look(listing.pages, folder.status)
    let drawn = images.look(listing.images, folder.status)
    let place = path.isFolder ? try ImportOpening.place(of: path) : nil
    let fresh = try await self.fresh(sight, drawn, place)
    guard !fresh.isEmpty || sight.hasLost else {
      // No page names these.
      images.take(drawn.fresh)
      return nil
    }
    let copies = SourceCopies(try await known(place)) { [pages] page in
      fresh.contains(page.page) || !pages.contains(page.page)
    }
    tree.pages = sight.still.filter {
      fresh.contains($0.shown) || copies.toRead.contains($0.shown)
    }
    guard let reader = format.reader(of: tree, assuming: options.encoding) else {
      preconditionFailure("a format of pages reads pages")
    }
    var input = ImportInput(source, reader)
    if let place {
      let opening = ImportOpening(library: library, options: options)
      input.firstPages = copies.firstPages
      input.survey = SourceSurvey(place: place, manner: opening.manner)
      input.isListed = { [pages] in pages.contains($0) }
    }
    let summary = try await run(input)
    pages.take(tree.pages)
    images.take(drawn.fresh)
    return summary
  }

  /// The pages that are to be taken: those that changed, and those that show an image that did.
  private func fresh(
    _ sight: WatchedFiles.Sight, _ drawn: WatchedFiles.Sight, _ place: String?
  ) async throws -> Set<String> {
    // Which image is gone is not known any more.
    if hasImported, drawn.hasLost { return Set(sight.still.map(\.shown)) }
    let fresh = Set(sight.fresh.map(\.shown))
    guard hasImported, let place else { return fresh }
    return fresh.union(
      try await library.store.pages(naming: Set(drawn.fresh.map(\.shown)), inSource: place))
  }

  /// What is remembered of the source; of none where it is a file.
  private func known(_ place: String?) async throws -> [RememberedPage] {
    guard let place else { return [] }
    return try await library.store.pages(ofSource: place)
  }

  /// A file of records, which is read whole.
  private mutating func sweep(file path: FilePath) async throws -> ImportSummary? {
    let name = PagePath(path)
    let sight = pages.look([name]) { try? FileStatus(of: $0.relative, followingLinks: true) }
    guard path.exists else { throw SkipReason.missing }
    guard !sight.fresh.isEmpty else { return nil }
    let summary = try await run(
      try await ImportOpening(library: library, options: options).open(source))
    pages.take([name])
    return summary
  }

  /// An action of its own.
  private mutating func run(_ input: ImportInput) async throws -> ImportSummary {
    var run = ImportRun(
      library.acting(as: library.action?.command ?? "import"), options: options)
    do {
      let summary = try await run.run([input]) { _ in }
      hasImported = true
      return summary
    } catch {
      throw LibraryError(
        error, after: .imported(added: run.summary.added, changed: run.summary.changed))
    }
  }
}

extension LibraryError {
  /// Whether it may come right by itself: a folder that is away, a library that is busy.
  fileprivate var isPassing: Bool {
    switch self {
    case .importUnreadable, .repository, .sourceEmptied, .store(.busy): true
    case .endedEarly(let error, _): error.isPassing
    default: false
    }
  }
}
