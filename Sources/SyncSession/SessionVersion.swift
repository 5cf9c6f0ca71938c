/// Which versions of the session a program speaks (Protocol 8.2).
public struct SessionVersions: Sendable, Equatable {
  /// The greatest it speaks.
  public let version: UInt8
  /// The least it still speaks.
  public let least: UInt8

  public static let current = SessionVersions(version: 1, least: 1)

  public init(version: UInt8, least: UInt8) {
    precondition(least <= version, "a program speaks the version it names as its greatest")
    self.version = version
    self.least = least
  }

  /// The greatest version both speak. Throws `noCommonVersion`.
  func common(with other: SessionVersions) throws(SessionError) -> UInt8 {
    let common = min(version, other.version)
    guard common >= max(least, other.least) else {
      throw .noCommonVersion(ours: self, theirs: other)
    }
    return common
  }
}
