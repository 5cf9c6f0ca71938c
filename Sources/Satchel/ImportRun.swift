import Articles
import Coding
import Formats
import LibraryStore
import Replication
import Transports

/// One import: pages are prepared and chunks compressed on all cores, a bounded number ahead;
/// everything enters the library in order, many articles to a transaction.
struct ImportRun {
  private let library: Library
  private let options: ImportOptions
  private(set) var summary = ImportSummary()
  private var seen: Set<ArticleID> = []
  /// Bodies of this batch and of the one that waits, which the database does not have yet.
  private var batchBodies: Set<ContentHash> = []
  private var waitingBodies: Set<ContentHash> = []
  private var batch = Batch()
  /// The batch before, compressed: it is written while the next one is compressed.
  private var waiting: Batch?
  /// Whether all of it is one transaction, however long it is.
  private var isOneWrite = false
  /// What became of each article, where all of it is one transaction.
  private(set) var outcomes: [ArticleID: Addition.Outcome] = [:]

  /// What one transaction will hold.
  private struct Batch {
    var edits: [Edit] = []
    var added: Set<EntityID> = []
    var articles: Set<EntityID> = []
    var bodies = ChunkGathering()
    /// What the bodies were compressed to.
    var chunks: [VerifiedChunk] = []

    /// Large enough that a transaction's fixed cost is lost in it, small enough for memory: two of
    /// these are under way, and each core adds what it needs to compress a chunk.
    var isFull: Bool { edits.count >= 8_192 || bodies.length >= 2 << 20 }
  }

  init(_ library: Library, options: ImportOptions) {
    self.library = library
    self.options = options
  }

  /// Imports every page of `sources`, then those `skipped` at the listing are told.
  mutating func run(
    _ sources: [PageSource], skipped: [ImportSummary.SkippedFile],
    progress: @Sendable (WorkProgress) -> Void
  ) async throws -> ImportSummary {
    summary.skipped = skipped
    let options = options
    var rest = sources[...]
    var done = 0
    try await InOrder.map(ahead: ImportRun.tasksAhead) {
      defer { rest = rest.dropFirst(ImportRun.pagesPerTask) }
      return rest.isEmpty ? nil : Array(rest.prefix(ImportRun.pagesPerTask))
    } transform: { group in
      group.map { PreparedPage($0, options: options) }
    } each: { pages in
      try Task.checkCancellation()
      try await take(pages)
      done += pages.count
      progress(WorkProgress(.pages, done: done, total: sources.count))
    }
    return try await finish()
  }

  /// Imports articles that were prepared already, all in one transaction.
  mutating func run(_ pages: [PreparedPage]) async throws -> ImportSummary {
    isOneWrite = true
    try await take(pages)
    return try await finish()
  }

  private static let pagesPerTask = 8
  /// Enough for some cores; pages that wait are memory.
  private static let tasksAhead = 8

  private mutating func finish() async throws -> ImportSummary {
    try await flush()
    try await writeWaiting()
    if !library.isRehearsing { try await library.store.checkpoint() }
    return summary
  }

  private mutating func take(_ pages: [PreparedPage]) async throws {
    var contents: [(path: String, content: PreparedPage.Content)] = []
    for page in pages {
      switch page.outcome {
      case .success(let content) where content.draft.body.count > Limits.bodyBytes:
        skip(page.displayPath, "too large: the limit is \(Limits.bodyBytes) bytes")
      case .success(let content)
      where content.draft.url.map({ $0.utf8.count > Limits.urlBytes }) ?? false:
        skip(page.displayPath, "its address is too long: the limit is \(Limits.urlBytes) bytes")
      case .success(let content): contents.append((page.displayPath, content))
      case .failure(let reason) where reason.isNoArticle:
        summary.passedOver.append(
          ImportSummary.SkippedFile(path: page.displayPath, reason: "\(reason)"))
      case .failure(let reason): skip(page.displayPath, "\(reason)")
      }
    }
    let presence = try await library.store.presence(of: contents.map(\.content.id))
    var taken: [PreparedPage.Content] = []
    for (path, content) in contents {
      do {
        if try take(content, presence: presence[content.id] ?? .absent) { taken.append(content) }
      } catch let error as ReplicationError {
        skip(path, "beyond the limits: \(error)")
      }
    }
    try await addBodies(of: taken)
    if batch.isFull && !isOneWrite { try await flush() }
  }

  /// Returns whether the article's bodies are wanted.
  private mutating func take(
    _ content: PreparedPage.Content, presence: ReplicaStore.Presence
  ) throws -> Bool {
    let id = content.id
    if presence == .deleted, !options.revivesDeleted {
      summary.deleted += 1
      return false
    }
    // The first copy of an original speaks for it; others only add their tags.
    guard seen.insert(id).inserted else {
      summary.duplicates += 1
      batch.edits += try content.draft.tagEdits(for: id)
      return false
    }
    batch.edits += try content.draft.edits(
      for: id, body: content.body, images: content.images.map { ($0.reference, $0.hash) },
      now: library.now())
    if presence == .deleted { batch.edits.append(id.delete(false)) }
    batch.articles.insert(id.entity)
    if presence != .present { batch.added.insert(id.entity) }
    return true
  }

  private mutating func addBodies(of contents: [PreparedPage.Content]) async throws {
    var bodies: [(hash: ContentHash, bytes: [UInt8], isText: Bool)] = []
    for content in contents {
      bodies.append((content.body, content.draft.body, true))
      bodies += content.images.map { ($0.hash, $0.bytes, false) }
    }
    let missing = try await library.store.missingBodies(among: Set(bodies.map(\.hash)))
    for body in bodies where missing.contains(body.hash) && !waitingBodies.contains(body.hash) {
      guard batchBodies.insert(body.hash).inserted else { continue }
      batch.bodies.append(body.bytes, of: body.hash, isText: body.isText)
    }
  }

  private mutating func flush() async throws {
    var current = batch
    batch = Batch()
    let builders = current.bodies.take()
    async let chunks = ImportRun.compressed(builders)
    try await writeWaiting()
    current.chunks = try await chunks
    waiting = current
    waitingBodies = batchBodies
    batchBodies = []
  }

  private static func compressed(
    _ builders: [BodyChunkBuilder]
  ) async throws -> [VerifiedChunk] {
    var chunks: [VerifiedChunk] = []
    var rest = builders[...]
    try await InOrder.map(ahead: tasksAhead) {
      rest.popFirst()
    } transform: { builder in
      try VerifiedChunk(building: builder)
    } each: {
      chunks.append($0)
    }
    return chunks
  }

  private mutating func writeWaiting() async throws {
    guard let batch = waiting else { return }
    waiting = nil
    guard !batch.edits.isEmpty else { return }
    let written = try await library.store.write(
      batch.edits, bodies: batch.chunks, now: library.now(), rehearsing: library.isRehearsing)
    // A tombstone that can never be written again keeps its article deleted.
    let deleted = Set(
      written.leftOut.map(\.register).filter { $0.field == ArticleField.deleted }.map(\.entity))
    let added = batch.added.subtracting(deleted)
    let changed = batch.articles.intersection(written.changed).subtracting(batch.added)
    summary.added += added.count
    summary.changed += changed.count
    summary.unchanged += batch.articles.subtracting(batch.added).count - changed.count
    summary.leftOut += written.leftOut
    guard isOneWrite else { return }
    for entity in batch.articles {
      outcomes[ArticleID(key: entity.key)] =
        deleted.contains(entity)
        ? .leftOut
        : added.contains(entity) ? .added : changed.contains(entity) ? .changed : .unchanged
    }
  }

  private mutating func skip(_ path: String, _ reason: String) {
    summary.skipped.append(ImportSummary.SkippedFile(path: path, reason: reason))
  }
}
