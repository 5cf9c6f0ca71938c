import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Synchronises a library with a folder that other replicas share (Protocol 7): reads what they
/// wrote, writes what the folder lacks, rolls its own files up.
///
/// No locks and no times of files: each replica writes in a place of its own, and files never
/// change.
public struct FolderExchange: Sendable {
  private let store: ReplicaStore
  private let secret: LibrarySecret
  private let senderName: String
  private let layout: ExchangeLayout
  private let ledger: CommitLedger?

  /// - Parameter ledger: learns of each batch once it is committed.
  public init(
    _ store: ReplicaStore, secret: LibrarySecret, senderName: String, folder: FilePath,
    ledger: CommitLedger? = nil
  ) {
    self.ledger = ledger
    self.store = store
    self.secret = secret
    self.senderName = senderName
    layout = ExchangeLayout(folder, library: store.library)
  }

  /// What a synchronisation did.
  public struct Result: Sendable {
    public var received = MergeResult()
    public var receivedFiles = 0
    public var sent = BundlePacking.Result()
    public var rolledUpFiles = 0
    public var deletedFiles = 0
    /// Files of others that could not be used, with the reason; they are tried again next time.
    public var skipped: [(path: FilePath, error: BundleError)] = []
  }

  /// How long a replaced file stays for others to finish reading it.
  static let graceMilliseconds: Int64 = 86_400_000

  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - progress: called with files read and in all.
  ///
  /// Throws ``BundleError`` or ``StoreError``; what was merged before stays.
  public func synchronise(
    _ direction: SyncDirection = .both, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Result {
    var result = Result()
    if direction != .push { try await read(into: &result, now: now, progress: progress) }
    if direction != .pull {
      let replica = try await store.report().replica
      try layout.prepare(for: replica)
      try await write(as: replica, into: &result, now: now)
      try await rollUp(as: replica, into: &result, now: now)
      try await deleteReplaced(by: replica, into: &result, now: now)
    }
    return result
  }
}

// Without changing anything.
extension FolderExchange {
  /// Whether a file of this name may be one of an exchange folder, which its writer alone deletes.
  public static func names(_ name: String) -> Bool { ExchangeFile.isName(name) }

  /// The files that replicas of `library` have in `folder` now.
  public static func paths(
    in folder: FilePath, library: [UInt8]
  ) throws(BundleError) -> [FilePath] {
    try ExchangeLayout(folder, library: library).files().map(\.path)
  }

  /// How many files were not read yet, and how many operations the folder lacks.
  public func rehearse() async throws -> (unreadFiles: Int, operations: Int) {
    let files = try layout.files()
    var unread = 0
    for file in files where try await seenHeader(of: file) == nil { unread += 1 }
    let lacking = try await store.heldKnowledge()
      .subtracting(coverage(of: try await statements(of: files)))
    return (unread, Int(lacking.count))
  }
}

// Reading what others wrote.
extension FolderExchange {
  private func read(
    into result: inout Result, now: Int64, progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let files = try layout.files()
    let merging = BundleMerging(store, secret: secret, ledger: ledger)
    for (number, file) in files.enumerated() {
      try Task.checkCancellation()
      defer { progress(number + 1, files.count) }
      guard try await seenHeader(of: file) == nil else { continue }
      do {
        let merged = try await merging.merge(file.path, .found, now: now)
        result.received.add(merged)
        result.receivedFiles += 1
        if let header = merged.headerDigest {
          try await store.noteExchangeFile(file.path, length: file.length, header: header)
        }
      } catch let error as BundleError {
        result.skipped.append((file.path, error))
      }
    }
    let known = try await store.report().knowledge
    result.received.missing = result.received.missing.subtracting(known)
  }
}

// Writing what the folder lacks.
extension FolderExchange {
  /// The statements of the files that can be read now. A file that was checked whole before is
  /// read as far as its header, which must be the one it had then.
  private func statements(
    of files: [ExchangeFile]
  ) async throws -> [(file: ExchangeFile, header: BundleHeader)] {
    var statements: [(file: ExchangeFile, header: BundleHeader)] = []
    for file in files {
      do {
        let reader = try BundleReader(file.path, .found, secret: secret)
        let header =
          try await seenHeader(of: file) == reader.headerDigest
          ? reader.header
          : try BundleMerging(store, secret: secret).verify(file.path, .found)
        statements.append((file, header))
      } catch is BundleError {
        // What cannot be read covers nothing; reading told of it.
        continue
      }
    }
    return statements
  }

  private func write(
    as replica: ReplicaID, into result: inout Result, now: Int64
  ) async throws {
    let statements = try await statements(of: layout.files())
    let carried = coverage(of: statements)
    let held = try await store.heldKnowledge()
    let own = statements.filter { $0.file.replica == replica }
    let report = try await store.report()
    let wanted = try await store.unansweredBodies()
    // The newest of our own files says what we knew and held; one that says so again is not needed.
    let told = own.last?.header
    let isTold =
      told?.statement.known == report.knowledge
      && told?.sender.fingerprint == report.fingerprint
    // Protocol 1.10: who has diverged is sent everything, whatever it knows.
    let diverged = !result.received.diverged.isEmpty
    guard !held.subtracting(carried).isEmpty || !isTold || !wanted.isEmpty || diverged else {
      return
    }
    // Never below what is listed, and never one that was used: files may have been deleted.
    let next = try await store.takeFileNumbers(
      atLeast: (own.map(\.file.numbers.upperBound).max() ?? 0) + 1, now: now)
    let written = try await pack(
      as: replica, since: diverged ? Knowledge() : carried.intersection(held),
      wanted: wanted, numbers: next...next, now: now)
    if written.paths.count > 1 {
      _ = try await store.takeFileNumbers(atLeast: next + written.paths.count - 1, now: now)
    }
    result.sent.add(written)
    try await store.noteAnswered()
  }

  private func coverage(
    of statements: [(file: ExchangeFile, header: BundleHeader)]
  ) -> Knowledge {
    statements.reduce(Knowledge()) { $0.union($1.header.statement.carried) }
  }

  /// Writes one file, or several when it is too large for one, which then bear the numbers after.
  private func pack(
    as replica: ReplicaID, since basis: Knowledge, wanted: [ContentHash],
    numbers: ClosedRange<Int>, now: Int64
  ) async throws -> BundlePacking.Result {
    let home = layout.folder(of: replica)
    let result = try await BundlePacking(secret: secret, senderName: senderName).pack(
      store, since: basis, wanted: wanted, now: now,
      naming: { part in
        let last = numbers.upperBound + part.number - 1
        let first = part.number == 1 ? numbers.lowerBound : last
        return .hashed(folder: home) { ExchangeFile.name(first...last, hash: $0) }
      })
    for file in result.files {
      try await store.noteExchangeFile(
        file.path, length: file.length, header: file.headerDigest)
    }
    return result
  }
}

extension FolderExchange {
  /// What a file's header was when it was read or written whole; nil if it never was.
  private func seenHeader(of file: ExchangeFile) async throws -> ContentHash? {
    try await store.headerOfExchangeFile(file.path, length: file.length)
  }
}

// Keeping the number of files small.
extension FolderExchange {
  private func rollUp(
    as replica: ReplicaID, into result: inout Result, now: Int64
  ) async throws {
    let replaced = try await store.replacedExchangeFiles()
    let statements = try await statements(of: layout.files())
      .filter { replaced[$0.file.path] == nil }
    let own = statements.filter { $0.file.replica == replica }
    let rolled = FolderExchange.rollUp(own.map(\.file))
    guard rolled.count >= 2, let first = rolled.first, let last = rolled.last else { return }
    let carried = coverage(of: own.filter { rolled.contains($0.file) })
    let others = coverage(of: statements.filter { !rolled.contains($0.file) })
    let held = try await store.heldKnowledge()
    let basis = others.subtracting(carried).intersection(held)
    _ = try await pack(
      as: replica, since: basis, wanted: [],
      numbers: first.numbers.lowerBound...last.numbers.upperBound, now: now)
    try await store.noteReplacedExchangeFiles(rolled.map(\.path), now: now)
    result.rolledUpFiles += rolled.count
  }

  /// The newest files that should become one: while the next older is at most twice as long as
  /// all newer together.
  static func rollUp(_ own: [ExchangeFile]) -> [ExchangeFile] {
    guard let newest = own.last else { return [] }
    var rolled = [newest]
    var length = newest.length
    for file in own.dropLast().reversed() {
      guard file.length <= 2 * length, file.length + length < BundlePacking.greatestPart else {
        break
      }
      rolled.insert(file, at: 0)
      length += file.length
    }
    return rolled
  }

  private func deleteReplaced(
    by replica: ReplicaID, into result: inout Result, now: Int64
  ) async throws {
    let own = Set(try layout.files().filter { $0.replica == replica }.map(\.path))
    for (path, since) in try await store.replacedExchangeFiles()
    where own.contains(path) && now - since >= FolderExchange.graceMilliseconds {
      try BundleError.wrapping { () throws(FileError) in try path.remove() }
      result.deletedFiles += 1
    }
  }
}

extension BundlePacking.Result {
  mutating func add(_ other: BundlePacking.Result) {
    files += other.files
    operationCount += other.operationCount
    bodyCount += other.bodyCount
  }
}
