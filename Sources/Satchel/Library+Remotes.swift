import LibraryStore
import Replication

/// A place to synchronize with, under the name this machine calls it by.
public struct NamedTarget: Sendable, Hashable, Codable, Identifiable {
  public var id: String { name }
  public let name: String
  /// As ``SyncTarget/init(_:)`` reads it.
  public let target: String
}

/// Remotes: names for targets, of this machine alone.
extension Library {
  public func remotes() async throws(LibraryError) -> [NamedTarget] {
    try await LibraryError.wrapping {
      try await store.remotes().map { NamedTarget(name: $0.name, target: $0.target) }
    }
  }

  /// Adds a remote, or points it elsewhere; returns whether it was not so already. A name has 1 to
  /// 64 bytes and no slash.
  @discardableResult
  public func addRemote(_ name: String, target: SyncTarget) async throws(LibraryError) -> Bool {
    guard !name.isBlank, name.utf8.count <= Limits.nameBytes, !name.contains("/") else {
      throw .invalid(
        "a remote's name has 1 to \(Limits.nameBytes) bytes, not only blanks, and no slash")
    }
    let remote = NamedTarget(name: name, target: target.text)
    guard try await !remotes().contains(remote) else { return false }
    guard !isDryRun else { return true }
    _ = try await LibraryError.wrapping { try await store.setRemote(name, to: target.text) }
    return true
  }

  /// Throws `noSuchRemote`.
  public func removeRemote(_ name: String) async throws(LibraryError) {
    guard try await remotes().contains(where: { $0.name == name }) else {
      throw .noSuchRemote(name)
    }
    guard !isDryRun else { return }
    _ = try await LibraryError.wrapping { try await store.setRemote(name, to: nil) }
  }
}
