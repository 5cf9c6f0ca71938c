import Files

// Bundles that are files of this machine.
extension BundleMerging {
  /// Reads a whole file without applying anything; returns its header.
  package func verify(
    _ path: FilePath, _ origin: InputFile.Origin = .named, decoding: Bool = false,
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(BundleError) -> BundleHeader {
    try verify(LocalFile(path, origin), decoding: decoding, progress: progress)
  }

  /// Applies a file that is whole and signed, or with `salvage` the whole frames of one that was
  /// cut.
  package func merge(
    _ path: FilePath, _ origin: InputFile.Origin = .named, salvage: Bool = false, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    checking: @escaping (Int, Int) -> Void = { _, _ in }
  ) async throws -> MergeResult {
    try await merge(
      LocalFile(path, origin), salvage: salvage, now: now, progress: progress,
      checking: checking)
  }

  /// What there is to say of a file of which nothing is needed; nil for any other.
  package func passedOver(
    _ path: FilePath, _ origin: InputFile.Origin
  ) async throws -> MergeResult? {
    try await passedOver(LocalFile(path, origin))
  }
}
