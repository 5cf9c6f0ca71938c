import Articles
import Coding
import Formats
import LibraryStore
import Replication
import Transports

/// One import: records are prepared and chunks compressed on all cores, a bounded number ahead;
/// everything enters the library in order, many articles to a transaction.
struct ImportRun {
  private let library: Library
  private var options: ImportOptions
  /// All that it writes is undone together.
  private let action: ActionLabel
  private(set) var summary = ImportSummary()
  private var rules: ImportRules
  /// Bodies of this batch and of the one that waits, which the database does not have yet.
  private var batchBodies: Set<ContentHash> = []
  private var waitingBodies: Set<ContentHash> = []
  private var batch = ImportBatch()
  /// The batch before, compressed: it is written while the next one is compressed.
  private var waiting: ImportBatch?
  /// Whether all of it is one transaction, however long it is.
  private var isOneWrite = false
  /// The source that is read, and what is seen of it.
  private var input: ImportInput?
  private var seen = SeenPages()
  /// What was seen of those read before.
  private var surveys: [(source: ImportSource, survey: SourceSurvey, isUnchanged: Bool)] = []
  /// What became of each article, where all of it is one transaction.
  private(set) var outcomes: [ArticleID: AddedArticle.Outcome] = [:]

  init(_ library: Library, options: ImportOptions) {
    self.library = library
    self.options = options
    self.options.tags = options.tags.map(Library.typed(tag:))
    action = library.action ?? ActionLabel("import")
    rules = ImportRules(revivesDeleted: options.revivesDeleted)
  }

  /// Imports all that the sources have.
  mutating func run(
    _ inputs: [ImportInput], progress: @Sendable (WorkProgress) -> Void
  ) async throws -> ImportSummary {
    let total = RecordGroups(inputs.map(\.reader)).total
    var done = 0
    for input in inputs {
      begin(input)
      try await read(input.reader) { share in
        done += share
        if let total { progress(WorkProgress(total, done: done)) }
      }
      end(input)
    }
    // What stands before the first record and behind the last one is no record's.
    if let total, done < total.count { progress(WorkProgress(total, done: total.count)) }
    try await flush()
    try await writeWaiting()
    try await settle()
    return try await finish()
  }

  private mutating func begin(_ input: ImportInput) {
    self.input = input
    seen = SeenPages()
    if input.emptied > 0 { summary.emptied.append(input.source) }
    if input.isUnchanged { summary.unchangedSources.append(input.source) }
    if input.isFirst { summary.firstSources.append(input.source) }
    for item in input.reader.leftOut { seen.noteLeftOut(item.place) }
  }

  private mutating func read(
    _ reader: any FormatReader, progress: (Int) -> Void
  ) async throws {
    let tags = options.tags
    try await take(reader.leftOut.map { PreparedItem($0, tags: tags) })
    var groups = RecordGroups([reader])
    try await InOrder.map(ahead: ImportRun.tasksAhead, cost: \.cost) {
      groups.next()
    } transform: { group in
      (
        group.share,
        group.records.map { PreparedItem($0.item(), tags: tags, isInFile: $0.isInFile) }
      )
    } each: { share, items in
      try Task.checkCancellation()
      try await take(items)
      progress(share)
    }
  }

  private mutating func end(_ input: ImportInput) {
    guard var survey = input.survey else { return }
    if seen.skips > 0 { survey.commit = nil }
    if !input.isUnchanged {
      survey.hasPage = { [seen, isListed = input.isListed] page, article in
        seen.hasPage(page, article, isListed: isListed?(page) ?? false)
      }
      survey.hasArticle = { [seen] in seen.hasArticle($0) }
      batch.pages += input.images.map {
        SourcePage(source: survey.place, page: $0, article: nil, mark: input.marks[$0])
      }
    }
    surveys.append((input.source, survey, input.isUnchanged))
  }

  /// Imports articles that were prepared already, all in one transaction.
  mutating func run(_ articles: [PreparedArticle]) async throws -> ImportSummary {
    isOneWrite = true
    try await take(articles.map { PreparedItem($0) })
    try await flush()
    try await writeWaiting()
    return try await finish()
  }

  /// Enough for some cores; records that wait are memory.
  private static let tasksAhead = 8

  private mutating func finish() async throws -> ImportSummary {
    if !library.isDryRun { try await library.store.checkpoint() }
    return summary
  }

  private mutating func take(_ items: [PreparedItem]) async throws {
    var articles: [(item: PreparedItem, article: PreparedArticle)] = []
    for item in items {
      switch item.outcome {
      case .article(let article):
        if let excess = article.draft.excess {
          skip(item, "\(excess)")
        } else {
          articles.append((item, article))
        }
      case .skipped(let reason): skip(item, reason)
      case .passedOver(let reason):
        note(item.place, nil)
        summary.passedOver.append(ImportSummary.SkippedFile(item, reason))
      }
    }
    guard !articles.isEmpty else { return }
    let presence = try await library.store.presence(
      of: articles.map(\.article.id),
      withReadingsOf: Set(articles.filter { $0.article.reading != nil }.map(\.article.id)))
    let told = articles.flatMap { $0.article.highlights.told.map(\.id) }
    let highlights = told.isEmpty ? [:] : try await library.store.withdrawals(among: told)
    var taken: [PreparedArticle] = []
    let former = batch
    batch = ImportBatch()
    for (item, article) in articles {
      do throws(ReplicationError) {
        noteCopy(item.place, article, presence[article.id])
        if try take(article, presence[article.id], highlights) { taken.append(article) }
        note(item.place, article)
      } catch {
        skip(item, "beyond the limits: \(error)")
      }
    }
    // Bodies go first: there may be more of them than one transaction holds.
    let coming = batch
    batch = former
    try await addBodies(of: taken)
    batch.add(coming)
    try await flushIfFull()
  }

  /// A page that is not read, and comes before, speaks for its article.
  private mutating func noteCopy(
    _ page: String, _ article: PreparedArticle, _ held: ReplicaStore.Presence?
  ) {
    guard held?.isDeleted == false, let first = input?.firstPages[article.id] else { return }
    if SourceCopies.is(first, before: page) { rules.noteCopy(of: article.id) }
  }

  /// Returns whether the article's bodies are wanted.
  private mutating func take(
    _ article: PreparedArticle, _ held: ReplicaStore.Presence?, _ highlights: [HighlightID: Bool]
  ) throws(ReplicationError) -> Bool {
    let decision = rules.decide(
      article.id, ImportRules.Presence(held), reading: article.reading, held: held?.reading)
    switch decision {
    case .leaveDeleted: summary.deleted += 1
    case .addTags: summary.duplicates += 1
    case .add, .update, .keep, .revive, .reviveAndKeep: break
    }
    let now = library.now()
    batch.edits += try decision.edits(
      of: article.draft, for: article.id, body: article.body,
      images: article.images.map { ($0.name, $0.hash) }, reading: article.reading,
      now: now)
    if decision.takesHighlights {
      batch.edits += try article.highlights.edits(
        beside: highlights, now: now)
      summary.highlightsLeftOut += article.highlights.leftOut
    }
    if decision.takesBodies || decision == .keep { batch.articles.insert(article.id.entity) }
    if decision.isAddition { batch.added.insert(article.id.entity) }
    return decision.takesBodies
  }

  private mutating func addBodies(of articles: [PreparedArticle]) async throws {
    var hashes = Set(articles.compactMap(\.body))
    for article in articles { hashes.formUnion(article.images.map(\.hash)) }
    var missing = try await library.store.missingBodies(among: hashes)
    missing.subtract(waitingBodies.union(batchBodies))
    for article in articles {
      if let body = article.body, missing.remove(body) != nil {
        try await add(article.draft.body, of: body, isText: true)
      }
      for image in article.images where missing.remove(image.hash) != nil {
        // One that is gone since is an image that this library does not have.
        guard let bytes = await image.bytes() else { continue }
        try await add(bytes, of: image.hash, isText: false)
      }
    }
  }

  private mutating func add(_ body: [UInt8], of hash: ContentHash, isText: Bool) async throws {
    batchBodies.insert(hash)
    batch.bodies.append(body, of: hash, isText: isText)
    try await flushIfFull()
  }

  private mutating func flushIfFull() async throws {
    if batch.isFull && !isOneWrite { try await flush() }
  }

  private mutating func flush() async throws {
    var current = batch
    batch = ImportBatch()
    let builders = current.bodies.take()
    async let chunks = ImportBatch.compressed(builders, ahead: ImportRun.tasksAhead)
    try await writeWaiting()
    current.chunks = try await chunks
    waiting = current
    waitingBodies = batchBodies
    batchBodies = []
  }

  private mutating func writeWaiting() async throws {
    guard let batch = waiting else { return }
    waiting = nil
    guard !batch.edits.isEmpty || !batch.pages.isEmpty || !batch.chunks.isEmpty else { return }
    let written = try await library.store.write(
      batch.edits, bodies: batch.chunks, pages: batch.pages, action: action, now: library.now(),
      dryRun: library.isDryRun)
    // A tombstone that can never be written again keeps its article deleted.
    let deleted = Set(
      written.leftOut.map(\.register).filter { $0.field == ArticleField.deleted }.map(\.entity))
    let added = batch.added.subtracting(deleted)
    let changed = batch.articles.intersection(written.changed).subtracting(batch.added)
    summary.added += added.count
    summary.changed += changed.count
    summary.unchanged += batch.articles.subtracting(batch.added).count - changed.count
    summary.leftOut += written.leftOut
    summary.highlights += written.changed.count { $0.kind == .highlight }
    guard isOneWrite else { return }
    for entity in batch.articles {
      outcomes[ArticleID(key: entity.key)] =
        deleted.contains(entity)
        ? .leftOut
        : added.contains(entity) ? .added : changed.contains(entity) ? .changed : .unchanged
    }
  }

  /// Remembers what a page came to.
  private mutating func note(_ page: String, _ article: PreparedArticle?) {
    guard let survey = input?.survey else { return }
    seen.note(page, article?.id)
    batch.pages.append(
      SourcePage(
        source: survey.place, page: page, article: article?.id, tags: article?.draft.tags ?? [],
        images: article?.draft.imagePlaces ?? [],
        mark: input?.marks[page]))
  }

  private mutating func skip(_ item: PreparedItem, _ reason: String) {
    seen.noteSkipped(item.place)
    summary.skipped.append(ImportSummary.SkippedFile(item, reason))
  }
}

// What sources have no more.
extension ImportRun {
  private mutating func settle() async throws {
    guard surveys.contains(where: { !$0.isUnchanged }) || options.pruning != nil else { return }
    let state = try await library.store.settle(surveys.map(\.survey), dryRun: library.isDryRun)
    for (source, survey, _) in surveys {
      let gone = state.gone.filter { $0.source == survey.place }
      summary.gone += gone.map {
        GonePage(
          source: source, page: $0.page, article: $0.id, isMarked: $0.isMarked, isNew: $0.isNew)
      }
      guard let isAllowed = options.pruning else { continue }
      let ids = gone.filter { !$0.isMarked }.map(\.id)
      let pruning = Pruning(
        source: source, articles: state.articles[survey.place] ?? 0, pruned: ids.count)
      if !ids.isEmpty, try await isAllowed(pruning) { try await prune(ids) }
    }
  }

  private mutating func prune(_ ids: [ArticleID]) async throws {
    let written = try await library.store.prune(
      ids, action: action, now: library.now(), dryRun: library.isDryRun)
    summary.leftOut += written.leftOut
    summary.pruned += ids.filter { written.changed.contains($0.entity) }
  }
}

extension ImportRules.Presence {
  init(_ held: ReplicaStore.Presence?) {
    self =
      held.map { $0.isWithdrawn ? .withdrawn : $0.isDeleted ? .deleted : .present } ?? .absent
  }
}

extension WorkProgress {
  init(_ total: ReadingTotal, done: Int) {
    let unit: Unit =
      switch total.unit {
      case .pages: .pages
      case .bytes: .bytes
      }
    self.init(unit, done: done, total: total.count)
  }
}
