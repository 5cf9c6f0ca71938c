/// Which versions of the session a program speaks (Protocol 8.2).
public struct SessionVersions: Sendable, Equatable {
  /// The highest it speaks.
  public let version: UInt8
  /// The lowest it still speaks.
  public let minimum: UInt8

  package static let current = SessionVersions(version: 1, minimum: 1)

  package init(version: UInt8, minimum: UInt8) {
    precondition(minimum <= version, "a program speaks the version it names as its maximum")
    self.version = version
    self.minimum = minimum
  }

  /// The highest version both speak. Throws `noCommonVersion`.
  func common(with other: SessionVersions) throws(SessionError) -> UInt8 {
    let common = min(version, other.version)
    guard common >= max(minimum, other.minimum) else {
      throw .noCommonVersion(ours: self, theirs: other)
    }
    return common
  }
}
