import Files

/// A bundle that was not merged among several that were to be, and why.
public struct SkippedBundle: Sendable {
  public let path: FilePath
  public let error: BundleError

  package init(path: FilePath, error: BundleError) {
    self.path = path
    self.error = error
  }
}
