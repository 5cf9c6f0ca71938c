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

  /// What merging one file did.
  public struct Result: Sendable {
    public var operations = MergeCount()
    public var bodyCount = 0
    /// Stored bytes of the frames applied.
    public var bytes = 0
    public var touchedArticles: Set<Identifier> = []
    /// What the sender knows and this library still lacks.
    public var missing = Knowledge()
    /// Whether the file was cut or damaged and only its whole frames were taken.
    public var isSalvaged = false

    public init() {}
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
  ) async throws -> Result {
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
    result.missing = try await store.conclude(
      reader.header.statement, from: reader.header.sender, now: now)
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
  ) async throws -> Result {
    let total = reader.header.frameCount
    var (read, applied) = (0, 0)
    var result = Result()
    var batch = Batch()
    try await InOrder.map(ahead: BundleMerging.framesAhead) {
      defer { read += 1 }
      // The header is the first frame.
      return try next(of: reader, tolerant: tolerant).map { (frame: $0, number: read + 2) }
    } transform: {
      try Decoded($0.frame, number: $0.number, of: total + 2)
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

  /// More than a batch holds, so that the next one is verified while this one is written.
  private static let framesAhead = 48

  private func next(of reader: BundleReader, tolerant: Bool) throws(BundleError) -> Frame? {
    do {
      return try reader.next()
    } catch {
      guard tolerant, error.leavesWholeFrames else { throw error }
      return nil
    }
  }

  private func flush(_ batch: inout Batch, into result: inout Result, now: Int64) async throws {
    guard !batch.isEmpty else { return }
    let outcome = try await store.merge(
      operations: batch.operations, bodies: batch.bodies, now: now)
    result.operations = result.operations + outcome.operations
    result.bodyCount += outcome.newBodies
    result.bytes += batch.storedBytes
    for entity in outcome.changedEntities where entity.kind == .article {
      result.touchedArticles.insert(entity.key)
    }
    batch = Batch()
  }
}

/// A frame read as far as it can be off the store's thread.
private enum Decoded: Sendable {
  case operations(Frame, OperationBlock)
  case bodies(VerifiedChunk)
  /// Of a kind this version does not know.
  case other

  /// Throws `damaged` or, for a body that is not what its name says, `malformed`.
  init(_ frame: Frame, number: Int, of total: Int) throws(BundleError) {
    do {
      switch frame.kind {
      case .operations: self = .operations(frame, try OperationBlock(payload: frame.payload()))
      case .bodies: self = .bodies(try VerifiedChunk(frame))
      default: self = .other
      }
    } catch let error as CodingError {
      throw .damaged(frame: number, of: total, error)
    } catch {
      throw .malformed("in frame \(number) of \(total) a body does not match its name")
    }
  }
}

/// What one transaction applies.
private struct Batch {
  private(set) var operations: [(frame: Frame, block: OperationBlock)] = []
  private(set) var bodies: [VerifiedChunk] = []
  private(set) var storedBytes = 0
  private var inflatedBytes = 0
  private var operationCount = 0

  var isEmpty: Bool { operations.isEmpty && bodies.isEmpty }

  /// Large enough that a transaction's fixed cost is lost in it, small enough for memory.
  var isFull: Bool { operationCount >= 1 << 18 || inflatedBytes >= 8 << 20 }

  mutating func append(_ decoded: Decoded) {
    switch decoded {
    case .operations(let frame, let block):
      operations.append((frame, block))
      operationCount += block.count
      count(frame)
    case .bodies(let chunk):
      bodies.append(chunk)
      count(chunk.frame)
    case .other: break
    }
  }

  private mutating func count(_ frame: Frame) {
    storedBytes += frame.length
    inflatedBytes += frame.inflatedLength
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
