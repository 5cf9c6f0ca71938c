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
  /// Files that were checked without being merged.
  private(set) var checkedFiles = 0

  var store: ReplicaStore { exchange.store }
  var storage: any Storage { exchange.storage }

  init(_ exchange: Exchange, _ state: ExchangeState, now: Int64, isRemembering: Bool = true) {
    self.exchange = exchange
    self.state = state
    self.now = now
    self.isRemembering = isRemembering
  }

  /// Forgets what nobody will ask for.
  mutating func forget() async throws {
    try await store.note([:], forgetting: state.forgettable)
  }
}

// Reading what others wrote.
extension ExchangeRun {
  mutating func read(progress: @Sendable (Int, Int) -> Void) async throws {
    try await settle()
    var tried: Set<ExchangeName> = []
    // Where a roll-up cannot be read, the files that it stands for are, and the other way round.
    while case let unread = state.unread(but: tried), !unread.isEmpty {
      try await merge(unread, progress: progress)
      tried.formUnion(unread.map(\.name))
      try await settle()
    }
    if try await isMissingSomething() {
      try await merge(state.lastResort, isLastResort: true) { _, _ in }
    }
    let known = try await store.report().knowledge
    result.received.missing = result.received.missing.subtracting(known)
  }

  /// Reads what others wrote as far as to know what it carries.
  mutating func check(progress: @Sendable (Int, Int) -> Void) async throws {
    try await settle()
    let merging = BundleMerging(store, secret: exchange.secret)
    let unread = state.unread()
    var faults = Faults()
    for (number, (file, content)) in try await open(unread).enumerated() {
      try Task.checkCancellation()
      defer { progress(number + 1, unread.count) }
      let header: BundleHeader
      do {
        header = try merging.verify(content)
      } catch {
        note(error, of: file, isLastResort: false, &faults)
        continue
      }
      // What is only checked is not remembered: it was not merged.
      _ = state.noteRead(file, header)
      checkedFiles += 1
    }
    try await remember(faults)
  }

  private mutating func settle() async throws {
    let (records, damaged) = state.settle()
    guard isRemembering else { return }
    try await store.note(records)
    try await tell(damaged)
  }

  private func isMissingSomething() async throws -> Bool {
    try await !result.received.missing.subtracting(store.report().knowledge).isEmpty
  }

  private mutating func merge(
    _ files: [ExchangeListing.File], isLastResort: Bool = false,
    progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let merging = BundleMerging(store, secret: exchange.secret, ledger: exchange.ledger)
    var faults = Faults()
    for (number, (file, content)) in try await open(files).enumerated() {
      try Task.checkCancellation()
      defer { progress(number + 1, files.count) }
      do {
        let merged = try await merging.merge(content, now: now)
        result.received.add(merged)
        result.receivedFiles += 1
        guard let header = merged.header else { continue }
        let (record, damaged) = state.noteRead(file, header)
        try await store.note([file.name.text: record])
        try await store.noteExchangeDamage(damaged.map(\.bytes), now: now)
      } catch let error as BundleError {
        note(error, of: file, isLastResort: isLastResort, &faults)
      }
    }
    try await remember(faults)
  }

  private func open(
    _ files: [ExchangeListing.File]
  ) async throws(BundleError) -> [(file: ExchangeListing.File, content: any ReadableFile)] {
    guard !files.isEmpty else { return [] }
    do {
      return Array(zip(files, try await storage.read(files.map(\.path)))).map { ($0, $1) }
    } catch {
      throw .file(error)
    }
  }

  /// Files that could not be read. They are remembered together, since there may be thousands.
  private struct Faults {
    var records: [String: ExchangeRecord] = [:]
    var damaged: [ExchangeListing.File] = []
  }

  /// A file could not be used. One that is not there was taken away meanwhile.
  private mutating func note(
    _ error: BundleError, of file: ExchangeListing.File, isLastResort: Bool, _ faults: inout Faults
  ) {
    if error.isVanished { return }
    if error.meansDamage, isRemembering, let (record, isDamaged) = state.noteUnreadable(file) {
      faults.records[file.name.text] = record
      if isDamaged {
        faults.damaged.append(file)
        return
      }
    }
    guard !isLastResort else { return }
    result.skipped.append(SkippedBundle(path: storage.path(of: file.path), error: error))
  }

  private mutating func remember(_ faults: Faults) async throws {
    try await store.note(faults.records)
    try await tell(faults.damaged)
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
