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
    let reader = try reader(of: path)
    try finish(reader)
    return reader.header
  }

  /// Applies a file that is whole and signed, or with `salvage` the whole frames of one that was
  /// cut.
  ///
  /// - Parameter progress: called with frames done and in all.
  ///
  /// Throws ``BundleError`` or ``StoreError``; batches applied before stay.
  public func merge(
    _ path: String, salvage: Bool = false, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> MergeResult {
    var bundle: CheckedBundle
    do {
      bundle = try await check(path)
    } catch let error as BundleError where salvage && error.leavesWholeFrames {
      return try await mergeWholeFrames(of: path, now: now, progress: progress)
    }
    let result = try await apply(&bundle, now: now, progress: progress)
    if result.diverged { await store.tellDivergence(from: bundle.header.sender.replica) }
    return result
  }

  /// A cut file bears no signature, so nothing is concluded from what its header claims.
  private func mergeWholeFrames(
    of path: String, now: Int64, progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let reader = try reader(of: path)
    func next() throws(BundleError) -> Frame? {
      do {
        return try reader.next()
      } catch {
        guard error.leavesWholeFrames else { throw error }
        return nil
      }
    }
    var start = ContentBatch()
    var result = try await apply(
      reader, after: &start, isWhole: false, now: now, progress: progress, from: next)
    result.isSalvaged = true
    result.missing = reader.header.statement.known.subtracting(
      try await store.report().knowledge)
    return result
  }

  /// Refuses bundles of other libraries.
  private func reader(of path: String) throws(BundleError) -> BundleReader {
    let reader = try BundleReader(path, secret: secret)
    guard reader.header.library == store.library else {
      throw .foreignLibrary(reader.header.library)
    }
    return reader
  }

  private func finish(_ reader: BundleReader) throws(BundleError) {
    while try reader.next() != nil {}
    guard reader.isSigned == true else { throw .signatureRefused }
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
  /// A file that was read from end to end and found right, with what was kept of its content.
  private struct CheckedBundle {
    let path: String
    let header: BundleHeader
    /// Its first frames.
    var start: ContentBatch
  }

  /// Reads a whole file, and keeps what one batch takes of it: a file that holds no more is read
  /// once.
  private func check(_ path: String) async throws -> CheckedBundle {
    let reader = try reader(of: path)
    var start = ContentBatch()
    try await decode(reader) {
      start.isFull ? nil : try reader.next()
    } each: {
      start.append($0)
    }
    try finish(reader)
    return CheckedBundle(path: path, header: reader.header, start: start)
  }

  /// Takes what was kept of the bundle, so that it is let go once it is written.
  private func apply(
    _ bundle: inout CheckedBundle, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let header = bundle.header
    guard bundle.start.frameCount < header.frameCount else {
      let claim = (header.statement, header.sender)
      defer { progress(header.frameCount, header.frameCount) }
      return try await store.merge(bundle.start, concluding: claim, now: now)
    }
    let reader = try reader(of: bundle.path)
    guard reader.header == header else {
      throw BundleError.malformed("the file changed while it was read")
    }
    for _ in 0..<bundle.start.frameCount { _ = try reader.next() }
    return try await apply(
      reader, after: &bundle.start, isWhole: true, now: now, progress: progress,
      from: reader.next)
  }

  /// Frames are decoded and verified on all cores, a bounded number ahead, and applied in order,
  /// many to a transaction; while one batch is written, the next is gathered. The last of a whole
  /// file ends its delta.
  ///
  /// - Parameter batch: what was gathered before; empty afterwards.
  private func apply(
    _ reader: BundleReader, after batch: inout ContentBatch, isWhole: Bool, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void, from next: () throws -> Frame?
  ) async throws -> MergeResult {
    let header = reader.header
    return try await withThrowingTaskGroup(of: MergeResult.self) { writing in
      var result = MergeResult()
      var (held, written) = (0, 0)
      func finishWriting() async throws {
        guard held > 0, let done = try await writing.next() else { return }
        result.add(done)
        held = 0
        progress(written, header.frameCount)
      }
      func startWriting() async throws {
        try Task.checkCancellation()
        try await finishWriting()
        (held, written) = (batch.memory, written + batch.frameCount)
        writing.addTask { [batch] in try await store.merge(batch, now: now) }
        batch = ContentBatch()
      }
      if batch.isFull { try await startWriting() }
      try await decode(reader, from: next) { decoded in
        if held + batch.memory + decoded.memory > ContentBatch.greatestMemory {
          try await finishWriting()
        }
        batch.append(decoded)
        if batch.isFull { try await startWriting() }
      }
      // The file was read twice, and media change.
      guard !isWhole || reader.isSigned == true else { throw BundleError.signatureRefused }
      try await finishWriting()
      let claim = isWhole ? (header.statement, header.sender) : nil
      result.add(try await store.merge(batch, concluding: claim, now: now))
      progress(header.frameCount, header.frameCount)
      return result
    }
  }

  /// Hands the frames that follow in `reader` on in their order, read.
  private func decode(
    _ reader: BundleReader, from next: () throws -> Frame?,
    each body: (DecodedFrame) async throws -> Void
  ) async throws {
    // The header is the first frame, the trailer the last.
    let total = reader.header.frameCount + 2
    let memory = { (input: (frame: Frame, number: Int)) in
      DecodedFrame.greatestMemory(input.frame)
    }
    try await InOrder.map(ahead: BundleMerging.memoryAhead, cost: memory) {
      try next().map { (frame: $0, number: reader.framesRead + 1) }
    } transform: {
      try BundleMerging.decode($0.frame, number: $0.number, of: total)
    } each: {
      try await body($0)
    }
  }

  /// What may be read and verified while a batch is written. Memory and not frames is counted: a
  /// frame of small operations takes twenty times as much as one of bodies.
  private static let memoryAhead = 5 << 20

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
