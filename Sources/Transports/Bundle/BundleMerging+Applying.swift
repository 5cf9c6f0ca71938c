import Coding
import LibraryStore

extension BundleMerging {
  /// Frames are decoded and verified on all cores, a bounded number ahead, and applied in order,
  /// many to a transaction; while one batch is committed, the next is gathered. The last of a whole
  /// file ends its delta.
  func apply(
    _ frames: BundleFrames, now: Int64, progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> MergeResult {
    let total = frames.header.frameCount
    let pipeline = ContentPipeline(store, ledger: ledger) { now }
    let result = try await pipeline.run {
      try await decode(frames, for: pipeline)
      try frames.finish()
      await pipeline.finish(frames.conclusion)
    } onCommit: { commit in
      if commit.totalFrameCount < total { progress(commit.totalFrameCount, total) }
    }
    progress(total, total)
    return result
  }

  /// Hands frames on in their order, read. While the file is still being checked, as many are read
  /// as one batch takes: most files hold no more.
  private func decode(_ frames: BundleFrames, for pipeline: ContentPipeline) async throws {
    // The header is the first frame, the trailer the last.
    let total = frames.header.frameCount + 2
    var isAtFault = false
    let cost = { (next: (frame: Frame, number: Int)) in DecodedFrame.maximumMemory(next.frame) }
    try await InOrder.map(
      ahead: frames.isChecked
        ? min(BundleMerging.memoryAhead, await pipeline.room) : BundleMerging.memoryWhileChecking,
      cost: cost, from: frames.next
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
      try await pipeline.append(decoded.get())
    }
  }

  /// What may be read and verified while a batch is committed. Memory and not frames is counted: a
  /// frame of small operations takes twenty times as much as one of bodies.
  static let memoryAhead = 5 << 20
  /// What may be read while nothing is gathered yet, half of which is let go once it is decoded.
  private static let memoryWhileChecking = 40 << 20

  /// Throws `damaged` or, for a body that is not what its name says, `malformed`.
  static func decode(
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

extension BundleFrames {
  /// A cut file bears no signature, so nothing is concluded from what its header claims.
  fileprivate var conclusion: ContentPipeline.Conclusion? {
    isSalvaging
      ? nil
      : ContentPipeline.Conclusion(
        statement: header.statement, sender: header.sender, header: headerDigest)
  }
}
