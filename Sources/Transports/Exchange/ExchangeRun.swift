import Files
import LibraryStore
import Replication

/// One synchronization with a place, from its listing on.
struct ExchangeRun {
  let exchange: Exchange
  var state: ExchangeState
  /// Milliseconds since 1970.
  let now: Int64
  /// Whether what is found is remembered.
  let isRemembering: Bool
  var result = Exchange.Result()
  /// Whether the place is ready to be written in.
  var isPrepared = false
  /// Files that are whole and not merged.
  private(set) var checkedFiles = 0
  /// What those state that were checked now.
  private(set) var statements: [DeltaStatement] = []

  var store: ReplicaStore { exchange.store }
  var storage: any Storage { exchange.storage }

  init(_ exchange: Exchange, _ state: ExchangeState, now: Int64, isRemembering: Bool = true) {
    self.exchange = exchange
    self.state = state
    self.now = now
    self.isRemembering = isRemembering
  }

  /// Goes on with the place as it is now, for the replica that the database writes as by now.
  mutating func begin(again state: ExchangeState) {
    self.state = state
    result.skipped = []
  }

  /// Forgets what nobody will ask for.
  ///
  /// - Parameter hasRead: whether this run read, and did not only write.
  mutating func forget(hasRead: Bool) async throws {
    try await store.note([:], forgetting: state.forgettable(hasRead: hasRead))
    try await store.forgetExchangeDamage(state.forgettableDamage)
  }
}

// Reading what others wrote.
extension ExchangeRun {
  mutating func read(progress: @Sendable (Int, Int) -> Void) async throws {
    try await settle()
    skip(state.left())
    // Where a roll-up cannot be read, the files that it stands for are, and the other way round.
    while case let unread = state.takeUnread(), !unread.isEmpty {
      try await merge(unread, progress: progress)
      try await settle()
    }
    if storage.isNear, isRemembering, try await store.wantsWhatWasLeftOut() {
      // What was passed over before may lie there. What is passed over again is noted again.
      try await store.forgetWhatWasLeftOut()
      try await merge(state.readBefore, progress: progress)
    }
    if try await isMissingSomething() {
      try await merge(state.lastResort, isLastResort: true) { _, _ in }
    }
    let known = try await store.report().knowledge
    try await store.note(state.settleMissing(known), readAs: state.replica)
    result.missing = state.missing(beyond: known)
  }

  /// Reads what others wrote as far as to know what it carries, once.
  mutating func check(progress: @Sendable (Int, Int) -> Void) async throws {
    try await settle()
    skip(state.left())
    let merging = BundleMerging(store, secret: exchange.secret)
    let unread = state.unread()
    let unchecked = state.unchecked(of: unread)
    checkedFiles = unread.count - unchecked.count
    try await eachOpened(unchecked, progress: progress) { run, file, content, found in
      let header: BundleHeader
      do throws(BundleError) {
        header = try merging.verify(content)
      } catch {
        run.note(error, of: file, isLastResort: false, &found)
        return
      }
      let (record, damaged) = run.state.noteChecked(file, header)
      run.checkedFiles += 1
      guard run.isRemembering else {
        run.statements.append(header.statement)
        return
      }
      found.records[file.name.text] = record
      found.names += damaged.map(\.bytes)
    }
  }

  private mutating func settle() async throws {
    let (records, damaged) = state.settle()
    guard isRemembering else { return }
    try await store.note(records, readAs: state.replica)
    try await tell(damaged)
  }

  private func isMissingSomething() async throws -> Bool {
    try await !state.missing(beyond: store.report().knowledge).isEmpty
  }

  private mutating func merge(
    _ files: [Int], isLastResort: Bool = false,
    progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let merging = BundleMerging(store, secret: exchange.secret, ledger: exchange.ledger)
    let now = now
    try await eachOpened(files, progress: progress) { run, file, content, found in
      do {
        let merged = try await merging.merge(content, now: now)
        run.result.received.add(merged)
        run.result.receivedFiles += 1
        guard let header = merged.header else { return }
        let (record, damaged) = run.state.noteRead(
          file, header, lacking: merged.missing)
        found.records[file.name.text] = record
        found.merged += 1
        found.names += damaged.map(\.bytes)
      } catch let error as BundleError {
        run.note(error, of: file, isLastResort: isLastResort, &found)
      }
    }
  }

  /// Opens the files of these indices, in batches that a place where anybody can put files cannot
  /// make long, and remembers what was found in them.
  private mutating func eachOpened(
    _ files: [Int], progress: @Sendable (Int, Int) -> Void,
    _ body: (inout ExchangeRun, ExchangeListing.File, any ReadableFile, inout Found) async throws
      -> Void
  ) async throws {
    var done = 0
    while done < files.count {
      let batch = files[done..<min(files.count, done + ExchangeRun.openedTogether)]
        .map { state.files[$0].listed }
      var found = Found()
      for (file, content) in try await open(batch) {
        try Task.checkCancellation()
        try await body(&self, file, content, &found)
        done += 1
        progress(done, files.count)
        // Whoever is stopped before opens them again, and sees that they are known (Protocol 3.13).
        guard found.merged >= ExchangeRun.notedTogether else { continue }
        try await remember(found)
        found = Found()
      }
      try await remember(found)
    }
  }

  /// A distant place hands out so many in one go.
  static let openedTogether = 1_000
  /// After so many that were merged is remembered what was found.
  private static let notedTogether = 64

  private func open(
    _ files: [ExchangeListing.File]
  ) async throws(BundleError) -> [(file: ExchangeListing.File, content: any ReadableFile)] {
    do {
      return Array(zip(files, try await storage.read(files.map(\.path)))).map { ($0, $1) }
    } catch {
      throw .file(error)
    }
  }

  /// What was found in files, which is remembered together: each transaction takes a while.
  private struct Found {
    var records: [String: ExchangeRecord] = [:]
    /// How many of them were merged.
    var merged = 0
    /// Those that are damaged since this time.
    var damaged: [ExchangeListing.File] = []
    /// Those that others named as damaged.
    var names: [[UInt8]] = []
  }

  /// Tells of files that are left for now.
  private mutating func skip(_ left: [Int]) {
    result.skipped += left.map {
      let path = shownPath(of: state.files[$0].listed)
      return SkippedBundle(path: path, error: .file(FileError(path, ExchangeRun.isLeft)))
    }
  }

  private static let isLeft = FileError.Problem.store(
    .other, "it could not be read before, and is tried again later")
  private static let isWithheld = FileError.Problem.store(
    .other, "it is listed there, and cannot be had")

  /// A path that was put together has room for as much again, and there may be very many.
  private func shownPath(of file: ExchangeListing.File) -> FilePath {
    FilePath(bytes: storage.path(of: file.path).bytes)
  }

  /// A file could not be used. One that is not there was taken away meanwhile, unless it was listed
  /// and not there before.
  private mutating func note(
    _ error: BundleError, of file: ExchangeListing.File, isLastResort: Bool, _ found: inout Found
  ) {
    if error.isVanished, !state.wasUnreadable(file) {
      guard isRemembering, let (record, _) = state.noteUnreadable(file) else { return }
      found.records[file.name.text] = record
      return
    }
    if error.isVanished || error.meansDamage, isRemembering,
      let (record, isDamaged) = state.noteUnreadable(file)
    {
      found.records[file.name.text] = record
      if isDamaged {
        found.damaged.append(file)
        return
      }
    }
    guard !isLastResort else { return }
    let path = shownPath(of: file)
    result.skipped.append(
      SkippedBundle(
        path: path,
        error: error.isVanished ? .file(FileError(path, ExchangeRun.isWithheld)) : error))
  }

  private mutating func remember(_ found: Found) async throws {
    try await store.note(found.records, readAs: state.replica)
    try await store.noteExchangeDamage(found.names, now: now)
    try await tell(found.damaged)
  }

  /// Remembers that these are damaged, and has people told.
  private mutating func tell(_ damaged: [ExchangeListing.File]) async throws {
    try await store.noteExchangeDamage(
      damaged.map { BundleHeader.DamagedName(of: $0.name.text).bytes }, now: now)
    result.damaged += damaged.map { storage.path(of: $0.path) }
  }
}

extension BundleError {
  /// Whether the file was listed and is not there.
  fileprivate var isVanished: Bool {
    if case .file(let error) = self { error.isMissing } else { false }
  }

  /// Whether the bytes are not those that were written, as far as one can tell.
  fileprivate var meansDamage: Bool {
    switch self {
    case .notABundle, .truncated, .damaged, .malformed, .sealDamaged, .notForThisLibrary: true
    case .file(let error): error.isMediumFault
    default: false
    }
  }
}
