import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Reads bundles into a library: first all of a file is checked, then it is applied in batches.
public struct BundleMerging: Sendable {
  private let store: ReplicaStore
  private let secret: LibrarySecret
  private let ledger: CommitLedger?

  /// - Parameter ledger: learns of each batch once it is committed.
  public init(_ store: ReplicaStore, secret: LibrarySecret, ledger: CommitLedger? = nil) {
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
  public func verify(
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
  public func merge(
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
      result.headerDigest = frames.headerDigest
    } catch let error as BundleError where salvage && error.leavesWholeFrames {
      return try await mergeWholeFrames(of: file, now: now, progress: progress)
    }
    result.content = ReplicaStore.BundleContent(header)
    for peer in result.diverged { await store.tellDivergence(from: peer) }
    return result
  }

  /// What there is to say of a file of which nothing is needed, read as far as its header
  /// (Protocol 3.13); nil for any other.
  public func passedOver(_ file: any ReadableFile) async throws -> MergeResult? {
    let reader = try reader(of: file)
    let statement = reader.header.statement
    guard try await store.isKnownBundle(reader.headerDigest, carrying: statement.carried) else {
      return nil
    }
    var result = MergeResult()
    result.isPassedOver = true
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
  private func frames(
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

  /// Files that cannot be merged, with the reason.
  public typealias Skipped = [(path: FilePath, error: BundleError)]

  /// What merging would change, found by doing it, a batch at a time, and taking it back.
  ///
  /// Files that were found are left out where they cannot be merged, and returned.
  public func rehearse(
    _ named: [FilePath], found: [FilePath] = [],
    checking: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> (changes: ReplicaStore.Rehearsal, skipped: Skipped) {
    var (mergeable, skipped) = ([FilePath](), Skipped())
    for path in found {
      do {
        _ = try verify(LocalFile(path, .found), decoding: true, progress: checking)
        mergeable.append(path)
      } catch {
        skipped.append((path, error))
      }
    }
    let rehearsal = try await store.rehearse { [mergeable] apply in
      for path in named { try rehearse(checked(LocalFile(path), checking), apply) }
      for path in mergeable {
        try rehearse(checked(LocalFile(path, .found), { _, _ in }), apply)
      }
    }.get()
    return (rehearsal, skipped)
  }

  /// A file's frames, all of which were read once.
  private func checked(
    _ file: any ReadableFile, _ progress: @escaping (Int, Int) -> Void
  ) throws(BundleError) -> BundleFrames {
    let frames = try frames(of: file, checking: progress)
    try frames.check()
    return frames
  }

  private func rehearse(
    _ frames: BundleFrames, _ apply: ReplicaStore.Applying
  ) throws {
    var batch = ContentBatch()
    while let next = try frames.next() {
      let total = frames.header.frameCount + 2
      let decoded = try BundleMerging.decode(next.frame, number: next.number, of: total)
      guard next.frame.kind == .operations else { continue }
      batch.append(decoded)
      // Nothing is gained by larger ones, since nothing is committed.
      guard batch.memory >= BundleMerging.memoryAhead else { continue }
      try apply(batch.operations)
      batch = ContentBatch()
    }
    try frames.finish()
    try apply(batch.operations)
  }
}

extension BundleMerging {
  /// Frames are decoded and verified on all cores, a bounded number ahead, and applied in order,
  /// many to a transaction; while one batch is written, the next is gathered. The last of a whole
  /// file ends its delta.
  private func apply(
    _ frames: BundleFrames, now: Int64, progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let total = frames.header.frameCount
    let writer = BatchWriter(store, ledger)
    return try await withThrowingTaskGroup(of: MergeResult.self) { writing in
      var result = MergeResult()
      var batch = ContentBatch()
      var (held, written) = (0, 0)
      func finishWriting() async throws {
        guard held > 0, let done = try await writing.next() else { return }
        result.add(done)
        held = 0
        progress(written, total)
      }
      func startWriting() async throws {
        try Task.checkCancellation()
        try await finishWriting()
        (held, written) = (batch.memory, written + batch.frameCount)
        await writer.begin()
        writing.addTask { [batch] in try await writer.write(batch, now: now) }
        batch = ContentBatch()
      }
      // At least one frame is on its way, or nothing would come any more.
      let ahead = {
        max(1, min(BundleMerging.memoryAhead, ContentBatch.greatestMemory - held - batch.memory))
      }
      try await decode(frames, ahead: ahead) { decoded in
        if batch.isFull { try await startWriting() }
        if batch.isWorthWriting, await writer.isIdle { try await startWriting() }
        if held + batch.memory + decoded.memory > ContentBatch.greatestMemory {
          try await finishWriting()
        }
        batch.append(decoded)
      }
      try frames.finish()
      try await finishWriting()
      let claim = frames.isSalvaging ? nil : (frames.header.statement, frames.header.sender)
      let last = try await store.merge(
        batch, concluding: claim, of: frames.isSalvaging ? nil : frames.headerDigest, now: now)
      await ledger?.add(last)
      result.add(last)
      progress(total, total)
      return result
    }
  }

  /// Hands frames on in their order, read. While the file is still being checked, as many are read
  /// as one batch takes: most files hold no more.
  private func decode(
    _ frames: BundleFrames, ahead: () -> Int, each body: (DecodedFrame) async throws -> Void
  ) async throws {
    // The header is the first frame, the trailer the last.
    let total = frames.header.frameCount + 2
    var isAtFault = false
    let cost = { (next: (frame: Frame, number: Int)) in DecodedFrame.greatestMemory(next.frame) }
    try await InOrder.map(
      ahead: frames.isChecked ? ahead() : BundleMerging.memoryWhileChecking, cost: cost,
      from: frames.next
    ) { next in
      Result { () throws(BundleError) in
        try BundleMerging.decode(next.frame, number: next.number, of: total)
      }
    } each: { decoded in
      // Salvaging ends before the first fault.
      guard !isAtFault else { return }
      if frames.isSalvaging, case .failure = decoded {
        isAtFault = true
        return
      }
      try frames.check()
      try await body(decoded.get())
    }
  }

  /// What may be read and verified while a batch is written. Memory and not frames is counted: a
  /// frame of small operations takes twenty times as much as one of bodies.
  private static let memoryAhead = 5 << 20
  /// What may be read while nothing is gathered yet, half of which is let go once it is decoded.
  private static let memoryWhileChecking = 40 << 20

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

extension ReplicaStore.BundleContent {
  fileprivate init(_ header: BundleHeader) {
    self.init(known: header.statement.known, hasBodies: header.bodyCount > 0)
  }
}

/// Knows whether a batch is being written.
private actor BatchWriter {
  private let store: ReplicaStore
  private let ledger: CommitLedger?
  private(set) var isIdle = true

  init(_ store: ReplicaStore, _ ledger: CommitLedger?) {
    self.store = store
    self.ledger = ledger
  }

  /// Says that a batch is about to be written.
  func begin() { isIdle = false }

  func write(_ batch: ContentBatch, now: Int64) async throws -> MergeResult {
    defer { isIdle = true }
    let result = try await store.merge(batch, now: now)
    await ledger?.add(result)
    return result
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
