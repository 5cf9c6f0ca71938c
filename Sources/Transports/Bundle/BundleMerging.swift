import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Reads bundles into a library: first all of a file is checked, then it is applied in batches.
package struct BundleMerging: Sendable {
  let store: ReplicaStore
  private let secret: LibrarySecret
  let ledger: CommitLedger?

  /// - Parameter ledger: learns of each batch once it is committed.
  package init(_ store: ReplicaStore, secret: LibrarySecret, ledger: CommitLedger? = nil) {
    self.store = store
    self.secret = secret
    self.ledger = ledger
  }

  /// Reads a whole file without applying anything; returns its header.
  ///
  /// Throws ``BundleError`` for the first thing that is wrong with it.
  ///
  /// - Parameter decoding: whether what the frames hold is read too, and each body held against its
  ///   name, as merging does.
  package func verify(
    _ file: any ReadableFile, decoding: Bool = false,
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(BundleError) -> BundleHeader {
    let reader = try reader(of: file)
    reader.onFrame = progress
    try reader.readToEnd { (frame, number) throws(BundleError) in
      guard decoding else { return }
      _ = try BundleMerging.decode(frame, number: number, of: reader.header.frameCount + 2)
    }
    return reader.header
  }

  /// Applies a file that is whole and signed, or with `salvage` the whole frames of one that was
  /// cut.
  ///
  /// - Parameters:
  ///   - progress: called with frames done and in all.
  ///   - checking: called with frames read and in all, until it is known that the file is whole.
  ///
  /// Throws ``BundleError`` or ``StoreError``; batches applied before stay.
  package func merge(
    _ file: any ReadableFile, salvage: Bool = false, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    checking: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> MergeResult {
    var result: MergeResult
    let header: BundleHeader
    do {
      if let known = try await passedOver(file) { return known }
      let frames = try frames(of: file, checking: checking)
      header = frames.header
      result = try await apply(frames, now: now, progress: progress)
      result.header = header
    } catch let error as BundleError where salvage && error.leavesWholeFrames {
      return try await mergeWholeFrames(of: file, now: now, progress: progress)
    }
    result.content = ReplicaStore.BundleContent(header)
    for peer in result.diverged { await store.tellDivergence(from: peer) }
    return result
  }

  /// What there is to say of a file of which nothing is needed, read as far as its header
  /// (Protocol 3.13); nil for any other.
  package func passedOver(_ file: any ReadableFile) async throws -> MergeResult? {
    let reader = try reader(of: file)
    let statement = reader.header.statement
    guard try await store.isKnownBundle(reader.headerDigest, carrying: statement.carried) else {
      return nil
    }
    var result = MergeResult()
    result.isPassedOver = true
    result.header = reader.header
    result.content = ReplicaStore.BundleContent(reader.header)
    result.missing = statement.known.subtracting(try await store.report().knowledge)
    return result
  }

  /// A cut file bears no signature, so nothing is concluded from what its header claims.
  private func mergeWholeFrames(
    of file: any ReadableFile, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let frames = try BundleFrames(salvaging: reader(of: file))
    var result = try await apply(frames, now: now, progress: progress)
    result.isSalvaged = true
    result.missing = frames.header.statement.known.subtracting(
      try await store.report().knowledge)
    return result
  }

  /// - Parameter checking: is told of the frames of the first reading.
  func frames(
    of file: any ReadableFile, checking: @escaping (Int, Int) -> Void
  ) throws(BundleError) -> BundleFrames {
    var isFirst = true
    return try BundleFrames { () throws(BundleError) in
      let reader = try reader(of: file)
      if isFirst { reader.onFrame = checking }
      isFirst = false
      return reader
    }
  }

  /// Refuses bundles of other libraries.
  private func reader(of file: any ReadableFile) throws(BundleError) -> BundleReader {
    let reader = try BundleReader(file, secret: secret)
    guard reader.header.library == store.library else {
      throw .foreignLibrary(reader.header.library)
    }
    return reader
  }
}

extension ReplicaStore.BundleContent {
  fileprivate init(_ header: BundleHeader) {
    self.init(known: header.statement.known, hasBodies: header.bodyCount > 0)
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
