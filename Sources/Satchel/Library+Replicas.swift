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

  /// Gives a replica, this one unless another is named, another name of 1 to 64 bytes. Returns
  /// whether it had another one.
  @discardableResult
  public func rename(
    _ name: String, of replica: ReplicaID? = nil
  ) async throws(LibraryError) -> Bool {
    try Library.check(replicaName: name)
    let id = if let replica { replica } else { try await replicaID() }
    guard try await status(of: id)?.name != name else { return false }
    try await LibraryError.wrapping {
      try await store.rename(
        replica, to: name, action: action ?? ActionLabel("rename"), now: now(), dryRun: isDryRun)
    }
    return true
  }

  static func check(replicaName name: String) throws(LibraryError) {
    guard !name.isBlank, name.utf8.count <= Limits.nameBytes,
      !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw .invalid(
        "a replica's name has 1 to \(Limits.nameBytes) bytes, no control characters, "
          + "and not only blanks")
    }
  }

  /// Says that a replica will not come back, so that nobody waits for it. Throws `invalid` for this
  /// one. Returns whether that was not said already.
  @discardableResult
  public func retire(_ replica: ReplicaID) async throws(LibraryError) -> Bool {
    guard try await replicaID() != replica else {
      throw .invalid("a replica cannot retire itself; another one of the library can do it")
    }
    return try await setRetired(replica, true)
  }

  /// Says that a retired replica came back. Returns whether it was one.
  @discardableResult
  public func unretire(_ replica: ReplicaID) async throws(LibraryError) -> Bool {
    try await setRetired(replica, false)
  }

  private func setRetired(
    _ replica: ReplicaID, _ isRetired: Bool
  ) async throws(LibraryError) -> Bool {
    guard try await status(of: replica)?.isRetired ?? false != isRetired else { return false }
    let register = RegisterID(
      EntityID(kind: .replica, key: replica.identifier), ReplicaField.retired)
    let written = try await write([Edit(register, .flag(isRetired))], of: [])
    if let refused = written.leftOut.first { throw .store(.refused(refused.reason)) }
    return true
  }

  private func status(of replica: ReplicaID) async throws(LibraryError) -> PeerStatus? {
    try await replicas().first { $0.replica == replica }
  }

  /// The replica a name or the beginning of an id speaks of.
  ///
  /// Throws `noSuchReplica` for none or several.
  ///
  /// - Parameters:
  ///   - name: a replica's name, or the beginning of its id.
  ///   - retired: which of those of one name is meant first: the retired one, or the other.
  public func replica(
    named name: String, retired: Bool = false
  ) async throws(LibraryError) -> PeerStatus {
    let all = try await replicas()
    var matches = all.filter { $0.name == name && $0.isRetired == retired }
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
