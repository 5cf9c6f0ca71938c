import Articles
import Coding
import Documents
import LibraryStore
import Processes
import Replication
import Transports

/// One run over articles: their pictures are looked for a few articles at a time, asked for side by
/// side, and written as they come.
struct PictureRun {
  private let library: Library
  private let options: PictureOptions
  private let fetcher: PictureFetcher
  /// All that it writes is undone together.
  private let action: ActionLabel
  private var summary = PictureSummary()
  /// The library's pictures, those of this run included, by their addresses.
  private var known: [PictureAddress: ContentHash] = [:]
  /// Addresses that were asked, or are not to be.
  private var settled: Set<PictureAddress> = []
  private var wanted: [PictureAddress: [RegisterID]] = [:]
  private var batch = ImportBatch()
  private var failed: [FailedPicture] = []
  /// Pictures that were written.
  private var committed = 0

  /// Pictures that are asked for side by side.
  private static let atOnce = 4
  /// Pictures that are gathered before they are asked for.
  private static let gathered = 16

  init(_ library: Library, _ options: PictureOptions, _ fetcher: PictureFetcher) {
    (self.library, self.options, self.fetcher) = (library, options, fetcher)
    action = library.action ?? ActionLabel("fetch pictures")
  }

  mutating func run(
    _ ids: [ArticleID], progress: @Sendable (WorkProgress) -> Void
  ) async throws -> PictureSummary {
    do {
      known = try await library.store.picturesByAddress().reduce(into: [:]) { known, picture in
        if let address = PictureAddress(picture.name) { known[address] = picture.hash }
      }
      for (place, id) in ids.enumerated() {
        try Task.checkCancellation()
        try await gather(id)
        if wanted.count >= PictureRun.gathered { try await bring() }
        if wanted.isEmpty {
          progress(WorkProgress(.articles, done: place + 1, total: ids.count))
        }
      }
      try await bring()
      progress(WorkProgress(.articles, done: ids.count, total: ids.count))
      return summary
    } catch {
      throw LibraryError(await lastError(after: error), after: .fetched(pictures: committed))
    }
  }
}

extension PictureRun {
  /// Writes what came, which need not come again; an error that keeps from that goes before.
  private mutating func lastError(after error: any Error) async -> any Error {
    do {
      try await flush()
      return error
    } catch {
      return error
    }
  }
}

// What is wanted.
extension PictureRun {
  private mutating func gather(_ id: ArticleID) async throws {
    guard let row = try await library.article(id), let hash = row.article.body,
      let body = try await library.body(hash)
    else { return }
    let references = PictureReferences.all(reading: body, as: row.article.format.document)
    guard !references.isEmpty else { return }
    let images = try await library.images(of: row)
    // A page of HTML was served at its address. Markdown was written elsewhere, and nobody says that
    // its paths lead anywhere there.
    let page = row.article.format == .html ? row.article.url : nil
    for reference in references {
      guard let address = PictureAddress(reference, on: page) else { continue }
      if let hash = images[reference] {
        // Missing here or not: it comes as other bodies do.
        known[address] = hash
        summary.kept += 1
      } else {
        let field = try ArticleField.image(ImageName.name(of: reference))
        try await want(address, for: RegisterID(id.entity, field))
      }
    }
  }

  private mutating func want(_ address: PictureAddress, for register: RegisterID) async throws {
    if let hash = known[address] { return try name(hash, in: [register]) }
    if wanted[address]?.append(register) != nil { return }
    guard settled.insert(address).inserted else { return }
    if !options.asksFailedAgain,
      let reason = try await library.store.failure(ofPicture: address.text, now: library.now())
    {
      summary.passedOver.append(PictureSummary.Failure(address: address.text, reason: reason))
      return
    }
    summary.wanted += 1
    if !library.isDryRun { wanted[address] = [register] }
  }

  private mutating func name(_ hash: ContentHash, in registers: [RegisterID]) throws {
    for register in registers {
      batch.edits.append(Edit(register, try .data(hash.bytes), .importing))
    }
  }
}

// What comes.
extension PictureRun {
  /// Asks for what is wanted, and writes what comes.
  private mutating func bring() async throws {
    var rest = wanted.keys.sorted { $0.text < $1.text }[...]
    let attempt = attempt
    try await withThrowingTaskGroup(
      of: (PictureAddress, Result<[UInt8], PictureFailure>).self
    ) { group in
      for address in rest.prefix(PictureRun.atOnce) {
        group.addTask { (address, try await attempt(address)) }
      }
      rest = rest.dropFirst(PictureRun.atOnce)
      while let (address, result) = try await group.next() {
        if let next = rest.popFirst() {
          group.addTask { (next, try await attempt(next)) }
        }
        try take(result, from: address)
        if batch.isFull { try await flush() }
      }
    }
    wanted = [:]
    try await flush()
  }

  /// Throws what ends the run.
  private var attempt: @Sendable (PictureAddress) async throws -> Result<[UInt8], PictureFailure> {
    { [fetcher] address in
      do {
        let bytes = try await fetcher.bytes(at: address)
        return PictureKind(of: bytes) == nil ? .failure(.noPicture) : .success(bytes)
      } catch let failure as PictureFailure {
        return .failure(failure)
      } catch let error as ChildProcessError where error.isNotFound {
        throw LibraryError.programMissing(fetcher.program)
      }
    }
  }

  private mutating func take(
    _ result: Result<[UInt8], PictureFailure>, from address: PictureAddress
  ) throws {
    switch result {
    case .success(let bytes):
      let hash = ContentHash(of: bytes)
      batch.bodies.append(bytes, of: hash, isText: false)
      known[address] = hash
      try name(hash, in: wanted[address] ?? [])
      summary.fetched += 1
      summary.bytes += bytes.count
    case .failure(let failure):
      summary.failed.append(
        PictureSummary.Failure(address: address.text, reason: "\(failure)"))
      guard let pause = PictureRun.pauseMilliseconds(after: failure) else { return }
      failed.append(
        FailedPicture(
          address: address.text, reason: "\(failure)", until: library.now() + pause))
    }
  }

  /// How long an address is left alone: a week where it answered, an hour where it may have been the
  /// line's fault; nil where nobody was asked.
  private static func pauseMilliseconds(after failure: PictureFailure) -> Int64? {
    if case .privateAddress = failure { return nil }
    let hour: Int64 = 3_600_000
    return failure.isAnswer ? 7 * 24 * hour : hour
  }

  /// Writes what came; also where the work is given up, since it is here.
  private mutating func flush() async throws {
    let current = batch
    batch = ImportBatch()
    let noted = failed
    failed = []
    if !current.edits.isEmpty {
      var bodies = current.bodies
      let chunks = try bodies.take().map { try VerifiedChunk(building: $0) }
      let written = try await library.store.write(
        current.edits, bodies: chunks, action: action, now: library.now(),
        dryRun: library.isDryRun)
      committed = summary.fetched
      summary.articles.formUnion(written.changed.map { ArticleID(key: $0.key) })
    }
    if !library.isDryRun { try await library.store.note(failed: noted, now: library.now()) }
  }
}
