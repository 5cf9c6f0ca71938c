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
    try Library.check(replicaName: name)
    try await LibraryError.wrapping {
      try await store.rename(replica, to: name, now: now(), rehearsing: isRehearsing)
    }
  }

  static func check(replicaName name: String) throws(LibraryError) {
    guard !name.isBlank, name.utf8.count <= Limits.nameBytes else {
      throw .invalid("a replica's name has 1 to \(Limits.nameBytes) bytes, and not only blanks")
    }
  }

  /// Says that a replica will not come back, so that nobody waits for it. Throws `invalid` for this
  /// one.
  public func retire(_ replica: ReplicaID) async throws(LibraryError) {
    guard try await replicaID() != replica else {
      throw .invalid("a replica cannot retire itself; another one of the library can do it")
    }
    try await setRetired(replica, true)
  }

  /// Says that a retired replica came back.
  public func unretire(_ replica: ReplicaID) async throws(LibraryError) {
    try await setRetired(replica, false)
  }

  private func setRetired(
    _ replica: ReplicaID, _ isRetired: Bool
  ) async throws(LibraryError) {
    let register = RegisterID(
      EntityID(kind: .replica, key: replica.identifier), ReplicaField.retired)
    _ = try await write([Edit(register, .flag(isRetired))], of: [])
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
