/// What is read of an archive at most (Protocol/limits.md).
package struct ArchiveLimits: Sendable {
  /// Files, folders among them.
  package var files = 1 << 18
  /// Of its directory, which is in memory as a whole.
  package var directoryBytes = 64 << 20
  /// Of all its files together, inflated.
  package var bytes = 8 << 30
  /// A file that is longer than this may not be ``ratio`` times as long as it is stored.
  package var smallBytes = 1 << 20
  package var ratio = 200

  package init() {}
}
