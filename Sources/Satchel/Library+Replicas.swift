import Articles
import LibraryStore
import Replication

extension Library {
  /// Every replica this one knows of, itself included.
  public func replicas() async throws(LibraryError) -> [PeerStatus] {
    try await LibraryError.wrapping { try await store.replicas() }
  }

  /// This replica's id.
  public func replicaID() async throws(LibraryError) -> ReplicaID {
    try await LibraryError.wrapping { try await store.report().replica }
  }

  /// The name people see for this replica.
  public func replicaName() async throws(LibraryError) -> String? {
    try await LibraryError.wrapping { try await store.ownName() }
  }

  /// Gives a replica, this one unless another is named, another name of 1 to 64 bytes.
  public func rename(_ name: String, of replica: ReplicaID? = nil) async throws(LibraryError) {
    guard (1...Limits.nameBytes).contains(name.utf8.count) else {
      throw .invalid("a replica's name has 1 to \(Limits.nameBytes) bytes")
    }
    // Whoever opens a copied database renames the copy.
    try await LibraryError.wrapping { try await store.ensureIdentity(now: now()) }
    let own = try await replicaID()
    try await edit(replica ?? own, ReplicaField.name) { try .text(name) }
  }

  /// Says that a replica will not come back, so that nobody waits for it.
  public func retire(_ replica: ReplicaID) async throws(LibraryError) {
    try await edit(replica, ReplicaField.retired) { .flag(true) }
  }

  /// Says that a retired replica came back.
  public func unretire(_ replica: ReplicaID) async throws(LibraryError) {
    try await edit(replica, ReplicaField.retired) { .flag(false) }
  }

  private func edit(
    _ replica: ReplicaID, _ field: Field, _ value: () throws -> Value
  ) async throws(LibraryError) {
    let register = RegisterID(EntityID(kind: .replica, key: replica.identifier), field)
    try await LibraryError.wrapping {
      _ = try await store.write(
        [Edit(register, value())], now: now(), rehearsing: isRehearsing)
    }
  }

  /// The replica a name or the beginning of an id speaks of, retired ones last.
  ///
  /// Throws `noSuchReplica` for none or several.
  public func replica(named name: String) async throws(LibraryError) -> PeerStatus {
    let all = try await replicas()
    var matches = all.filter { $0.name == name && !$0.isRetired }
    if matches.isEmpty { matches = all.filter { $0.name == name } }
    if matches.isEmpty, name.utf8.count >= 4 {
      matches = all.filter { $0.replica.description.hasPrefix(name.lowercased()) }
    }
    guard matches.count == 1, let match = matches.first else {
      throw .noSuchReplica(name, candidates: matches.map { match in match.replica.description })
    }
    return match
  }
}
