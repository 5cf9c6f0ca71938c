import Coding
import Files
import LibraryStore

// Without changing anything.
extension BundleMerging {
  /// What merging would change, and files that were found and cannot be merged.
  package struct DryRun: Sendable {
    package let changes: ReplicaStore.Plan
    package let skipped: [SkippedBundle]
  }

  /// What merging would change, found by doing it, a batch at a time, and taking it back.
  ///
  /// Files that were found are left out where they cannot be merged, and returned.
  ///
  /// - Parameter checking: told of the frames of those that were found, as they are checked; those
  ///   that are named were.
  package func dryRun(
    _ named: [FilePath], found: [FilePath] = [],
    checking: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> DryRun {
    var (mergeable, skipped) = ([FilePath](), [SkippedBundle]())
    for path in found {
      do {
        _ = try verify(LocalFile(path, .found), decoding: true, progress: checking)
        mergeable.append(path)
      } catch {
        skipped.append(SkippedBundle(path: path, error: error))
      }
    }
    let changes = try await store.dryRun { [mergeable] apply in
      for path in named { try dryRun(checked(LocalFile(path)), by: apply) }
      for path in mergeable { try dryRun(checked(LocalFile(path, .found)), by: apply) }
    }.get()
    return DryRun(changes: changes, skipped: skipped)
  }

  /// A file's frames, all of which were read once.
  private func checked(_ file: any ReadableFile) throws(BundleError) -> BundleFrames {
    let frames = try frames(of: file) { _, _ in }
    try frames.check()
    return frames
  }

  private func dryRun(_ frames: BundleFrames, by apply: ReplicaStore.Applying) throws {
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
