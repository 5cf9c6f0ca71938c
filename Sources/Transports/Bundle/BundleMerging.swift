import Coding
import LibraryStore
import Replication
import Sealing

/// Reads bundles into a library: first all of a file is checked, then it is applied in batches.
public struct BundleMerging: Sendable {
  private let store: ReplicaStore
  private let secret: LibrarySecret

  public init(_ store: ReplicaStore, secret: LibrarySecret) {
    self.store = store
    self.secret = secret
  }

  /// Reads a whole file without applying anything; returns its header.
  ///
  /// Throws ``BundleError`` for the first thing that is wrong with it.
  public func verify(_ path: String) throws(BundleError) -> BundleHeader {
    let reader = try BundleReader(path, secret: secret)
    guard reader.header.library == store.library else {
      throw .foreignLibrary(reader.header.library)
    }
    while try reader.next() != nil {}
    guard reader.isSigned == true else { throw .signatureRefused }
    return reader.header
  }

  /// Applies a file that ``verify(_:)`` passed, or with `salvage` the whole frames of one that
  /// was cut.
  ///
  /// - Parameter progress: called with frames done and in all.
  ///
  /// Throws ``BundleError`` or ``StoreError``; batches applied before stay.
  public func merge(
    _ path: String, salvage: Bool = false, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> MergeResult {
    let isWhole = try isWhole(path, toleratingDamage: salvage)
    let reader = try BundleReader(path, secret: secret)
    guard reader.header.library == store.library else {
      throw BundleError.foreignLibrary(reader.header.library)
    }
    var result = try await apply(reader, tolerant: !isWhole, now: now, progress: progress)
    result.isSalvaged = !isWhole
    // A cut file bears no signature, so nothing is concluded from what its header claims.
    guard isWhole else {
      result.missing = reader.header.statement.known.subtracting(
        try await store.report().knowledge)
      return result
    }
    // The file was read twice, and media change.
    guard reader.isSigned == true else { throw BundleError.signatureRefused }
    let sender = reader.header.sender
    let conclusion = try await store.conclude(reader.header.statement, from: sender, now: now)
    if conclusion.diverged { await store.tellDivergence(from: sender.replica) }
    result.missing = conclusion.missing
    result.diverged = conclusion.diverged
    return result
  }

  private func isWhole(
    _ path: String, toleratingDamage: Bool
  ) throws(BundleError) -> Bool {
    do {
      _ = try verify(path)
      return true
    } catch {
      guard toleratingDamage, error.leavesWholeFrames else { throw error }
      return false
    }
  }

  /// What merging would change, found by doing it and taking it back.
  public func rehearse(_ paths: [String], now: Int64) async throws -> ReplicaStore.Rehearsal {
    var blocks: [(frame: Frame, block: OperationBlock)] = []
    for path in paths {
      let reader = try BundleReader(path, secret: secret)
      while let frame = try reader.next() {
        guard frame.kind == .operations else { continue }
        blocks.append((frame, try OperationBlock(payload: frame.payload())))
      }
    }
    return try await store.rehearse(blocks)
  }
}

extension BundleMerging {
  /// Frames are decoded and verified on all cores, a bounded number ahead, and applied in order,
  /// many to a transaction.
  private func apply(
    _ reader: BundleReader, tolerant: Bool, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let total = reader.header.frameCount
    var (read, applied) = (0, 0)
    var result = MergeResult()
    var batch = ContentBatch()
    let memory = { (input: (frame: Frame, number: Int)) in
      DecodedFrame.greatestMemory(input.frame)
    }
    try await InOrder.map(ahead: BundleMerging.memoryAhead, cost: memory) {
      defer { read += 1 }
      // The header is the first frame.
      return try next(of: reader, tolerant: tolerant).map { (frame: $0, number: read + 2) }
    } transform: {
      try BundleMerging.decode($0.frame, number: $0.number, of: total + 2)
    } each: { decoded in
      batch.append(decoded)
      applied += 1
      guard batch.isFull else { return }
      try Task.checkCancellation()
      try await flush(&batch, into: &result, now: now)
      progress(applied, total)
    }
    try await flush(&batch, into: &result, now: now)
    progress(applied, total)
    return result
  }

  /// What may be read and verified while a batch is written. Memory and not frames is counted: a
  /// frame of small operations takes twenty times as much as one of bodies.
  private static let memoryAhead = 6 << 20

  private func next(of reader: BundleReader, tolerant: Bool) throws(BundleError) -> Frame? {
    do {
      return try reader.next()
    } catch {
      guard tolerant, error.leavesWholeFrames else { throw error }
      return nil
    }
  }

  /// Throws `damaged` or, for a body that is not what its name says, `malformed`.
  private static func decode(
    _ frame: Frame, number: Int, of total: Int
  ) throws(BundleError) -> DecodedFrame {
    do {
      return try DecodedFrame(frame)
    } catch {
      switch error {
      case .unreadable(let error): throw .damaged(frame: number, of: total, error)
      case .otherBody:
        throw .malformed("in frame \(number) of \(total) a body does not match its name")
      }
    }
  }

  private func flush(
    _ batch: inout ContentBatch, into result: inout MergeResult, now: Int64
  ) async throws {
    guard !batch.isEmpty else { return }
    result.add(try await store.merge(batch, now: now), bytes: batch.storedBytes)
    batch = ContentBatch()
  }
}

extension BundleError {
  /// Whether frames before the fault are whole and can be taken.
  public var leavesWholeFrames: Bool {
    switch self {
    case .truncated, .damaged, .sealDamaged, .malformed: true
    default: false
    }
  }
}
