import Foundation
import LibraryStore
import Replication
import Transports

/// What a bundle is made for, and how.
public struct BundleOptions: Sendable {
  public var basis = Basis.nothing
  /// In clear, for anyone to read; else sealed for the library's members.
  public var isOpen = false
  public var includesBodies = true
  /// The greatest length of one file in bytes; more files are written when it is too short.
  public var partLimit = BundlePacking.greatestPart

  /// What the receiver is taken to have.
  public enum Basis: Sendable {
    /// Nothing: everything goes in.
    case nothing
    /// What this replica last said it knows.
    case replica(ReplicaID)
    /// What the sender of the bundle at this path knew when it was made.
    case bundle(path: String)
  }

  public init() {}
}

/// What `createBundle` wrote.
public struct BundleSummary: Sendable {
  /// None where the receiver has acknowledged everything and was told so already.
  public let paths: [String]
  public let bytes: Int
  public let operations: Int
  public let bodies: Int
  public let basis: Knowledge
}

/// What merging did, over all its files.
public struct MergeSummary: Sendable {
  public var bundles = 0
  public var receivedOperations = 0
  public var newOperations = 0
  public var bodies = 0
  public var bytes = 0
  public var articlesAdded = 0
  public var articlesChanged = 0
  public var conflicts = 0
  /// What the senders know and this replica still lacks.
  public var missing = Knowledge()
  public var fingerprint = Fingerprint.empty
  /// Files of a folder that were left out, with the reason.
  public var skipped: [(path: String, error: BundleError)] = []
  /// Files of which only the whole frames were taken.
  public var salvaged: [String] = []

  public init() {}
}

extension Library {
  /// Writes what the receiver lacks as a bundle at `path`, read back and verified.
  ///
  /// Throws `bundleNotWritten`; a file appears whole or not at all, and none is ever overwritten.
  public func createBundle(
    at path: String, options: BundleOptions = BundleOptions()
  ) -> Work<BundleSummary> {
    Work { progress in
      try await store.ensureIdentity(now: now(), allowingReadOnly: true)
      let (basis, wanted) = try await basis(of: options)
      var packing = BundlePacking(secret: secret, senderName: try await replicaName() ?? "")
      packing.isOpen = options.isOpen
      packing.includesBodies = options.includesBodies
      packing.partLimit = options.partLimit
      let known = try await store.report().knowledge
      if case .replica(let receiver) = options.basis {
        guard try await !hasNothing(for: receiver, knowing: known, options) else {
          return BundleSummary(paths: [], bytes: 0, operations: 0, bodies: 0, basis: basis)
        }
        packing.receiver = receiver
      }
      do {
        let result = try await packing.pack(
          store, to: path, since: basis, wanted: wanted, now: now()
        ) { progress(WorkProgress(.bytes, done: $0, total: $1)) }
        try readBack(result.paths) {
          progress(WorkProgress(.frames, done: $0, total: $1, .readingBack))
        }
        if let receiver = packing.receiver { try await store.noteHanded(known, to: receiver) }
        return BundleSummary(
          paths: result.paths, bytes: result.bytes, operations: result.operationCount,
          bodies: result.bodyCount, basis: basis)
      } catch let error as BundleError {
        throw LibraryError.bundleNotWritten(path: path, error)
      }
    }
  }

  /// Reads a new bundle's parts from the medium, and takes them away again if that did not keep them.
  private func readBack(
    _ paths: [String], _ progress: @escaping (Int, Int) -> Void
  ) throws(BundleError) {
    do {
      for path in paths {
        _ = try BundleMerging(store, secret: secret).verify(path, progress: progress)
      }
    } catch {
      for path in paths { unlink(path) }
      throw error
    }
  }

  /// Whether a bundle would tell the receiver nothing: it has all, and was told what is known here.
  private func hasNothing(
    for receiver: ReplicaID, knowing known: Knowledge, _ options: BundleOptions
  ) async throws -> Bool {
    guard try await store.knowledgeHanded(to: receiver) == known else { return false }
    let plan = try await planBundle(options: options)
    return plan.operations == 0 && plan.bodies == 0
  }

  /// How much a bundle would hold, without writing it.
  public func planBundle(
    options: BundleOptions = BundleOptions()
  ) async throws(LibraryError) -> (operations: Int, bodies: Int, bytes: Int, basis: Knowledge) {
    try await LibraryError.wrapping {
      let (basis, wanted) = try await basis(of: options)
      return try await store.withDelta(
        since: basis, wanted: wanted, includingBodies: options.includesBodies
      ) { plan, _ in
        (
          plan.operationCount, plan.bodyCount, plan.parts.reduce(0) { $0 + $1.length },
          plan.statement.basis
        )
      }.get()
    }
  }

  private func basis(of options: BundleOptions) async throws -> (Knowledge, [ContentHash]) {
    switch options.basis {
    case .nothing: return (Knowledge(), [])
    case .replica(let replica):
      guard try await replica != replicaID() else {
        throw LibraryError.invalid("a bundle for this replica itself would hold nothing")
      }
      let report = try await store.report(of: replica)
      return (report?.knowledge ?? Knowledge(), report?.wanted ?? [])
    case .bundle(let path):
      do {
        let header = try BundleReader(path, secret: secret).header
        return (header.statement.known, [])
      } catch {
        throw LibraryError.bundleNotRead(path: path, error)
      }
    }
  }

  /// Checks a bundle from end to end without applying it: checksums, signature, completeness.
  public func verifyBundle(_ path: String) -> Work<BundleHeader> {
    Work { progress in
      do {
        return try BundleMerging(store, secret: secret).verify(path) {
          progress(WorkProgress(.frames, done: $0, total: $1))
        }
      } catch let error as BundleError {
        throw LibraryError.bundleNotRead(path: path, error)
      }
    }
  }

  /// The same before it is merged.
  private func verifyForMerging(
    _ path: String, _ progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(LibraryError) {
    do {
      _ = try BundleMerging(store, secret: secret).verify(path, progress: progress)
    } catch {
      throw .bundle(path: path, error)
    }
  }

  /// Merges bundles, and all that are found in folders, in whatever order they are given.
  ///
  /// Every file named is checked before any is applied. Files in folders that are no bundles of
  /// this library are skipped and listed.
  public func merge(_ paths: [String], salvage: Bool = false) -> Work<MergeSummary> {
    Work { progress in
      let ledger = CommitLedger()
      do {
        return try await merge(paths, salvage: salvage, ledger: ledger, progress)
      } catch {
        throw LibraryError(error, after: Committed(await ledger.committed))
      }
    }
  }

  private func merge(
    _ paths: [String], salvage: Bool, ledger: CommitLedger,
    _ progress: @escaping @Sendable (WorkProgress) -> Void
  ) async throws -> MergeSummary {
    let merging = BundleMerging(store, secret: secret, ledger: ledger)
    var summary = MergeSummary()
    let files = try BundleFiles(paths)
    guard !files.isEmpty else { throw LibraryError.noBundles(paths: paths) }
    // Each file is checked whole before it is applied; of several, all are before the first is.
    if files.named.count > 1 && !salvage {
      var rest = files.named.makeIterator()
      var done = 0
      try await InOrder.map(
        ahead: files.named.count, from: { rest.next() }, transform: { try verifyForMerging($0) },
        each: { _ in
          done += 1
          progress(WorkProgress(.files, done: done, total: files.named.count, .checking))
        })
    }
    for path in files.named + files.found {
      do {
        let result = try await merging.merge(path, salvage: salvage, now: now()) {
          progress(WorkProgress(.frames, done: $0, total: $1))
        } checking: {
          progress(WorkProgress(.frames, done: $0, total: $1, .checking))
        }
        summary.bundles += 1
        if result.isSalvaged { summary.salvaged.append(path) }
        summary.missing.formUnion(result.missing)
      } catch let error as BundleError where files.found.contains(path) {
        summary.skipped.append((path, error))
      } catch {
        throw LibraryError(error, path: path)
      }
    }
    try await store.checkpoint()
    summary.add(await ledger.committed)
    try await finish(&summary)
    return summary
  }

  /// Adds what is only known when all is merged.
  func finish(_ summary: inout MergeSummary) async throws {
    let report = try await store.report()
    summary.missing = summary.missing.subtracting(report.knowledge)
    summary.fingerprint = report.fingerprint
    summary.conflicts = try await store.conflictCount()
  }

  /// What merging would change, without changing it.
  public func rehearseMerge(_ paths: [String]) -> Work<MergeRehearsal> {
    Work { progress in
      let files = try BundleFiles(paths)
      guard !files.isEmpty else { throw LibraryError.noBundles(paths: paths) }
      let checking: (Int, Int) -> Void = {
        progress(WorkProgress(.frames, done: $0, total: $1, .checking))
      }
      for path in files.named { try verifyForMerging(path, checking) }
      let readable = files.found.filter { (try? verifyForMerging($0, checking)) != nil }
      return try await BundleMerging(store, secret: secret)
        .rehearse(files.named + readable, now: now())
    }
  }
}

extension MergeSummary {
  /// What was committed.
  mutating func add(_ result: MergeResult) {
    receivedOperations += result.operations.received
    newOperations += result.operations.new
    bodies += result.bodyCount
    bytes += result.bytes
    articlesAdded += result.addedArticles.count
    articlesChanged += result.touchedArticles.count - result.addedArticles.count
    missing.formUnion(result.missing)
  }
}

/// The bundle files that paths name, and those that lie in the folders among them.
struct BundleFiles {
  private(set) var named: [String] = []
  private(set) var found: [String] = []

  var isEmpty: Bool { named.isEmpty && found.isEmpty }

  /// Throws `bundle` for a path at which nothing lies.
  init(_ paths: [String]) throws(LibraryError) {
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .bundle(
          path: path, .file(path: path, code: ENOENT, reason: "no such file or folder"))
      }
      guard isFolder.boolValue else {
        named.append(path)
        continue
      }
      guard access(path, R_OK | X_OK) == 0 else {
        let code = errno
        throw .bundle(
          path: path, .file(path: path, code: code, reason: SystemReason.text(ofCode: code)))
      }
      found += BundleFiles.bundles(in: path)
    }
  }

  /// By name; unfinished files and hidden ones are passed over.
  private static func bundles(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".satchel") && !($0 as NSString).lastPathComponent.hasPrefix(".") }
      .sorted().map { "\(folder)/\($0)" }
  }
}
