import Coding
import Files
import LibraryStore
import Replication

// Writing what the storage lacks.
extension Exchange {
  func write(as replica: ReplicaID, into result: inout Result, now: Int64) async throws {
    let statements = try await statements(of: layout.files(in: storage))
    let carried = coverage(of: statements)
    let held = try await store.heldKnowledge()
    let own = statements.filter { $0.file.replica == replica }
    let report = try await store.report()
    let wanted = try await store.unansweredBodies()
    // The newest of our own files says what we knew and held; one that says so again is not needed.
    let told = own.last?.header
    let isTold =
      told?.statement.known == report.knowledge
      && told?.sender.fingerprint == report.fingerprint
    // Protocol 1.10: who has diverged is sent everything, whatever it knows.
    let diverged = !result.received.diverged.isEmpty
    guard !held.subtracting(carried).isEmpty || !isTold || !wanted.isEmpty || diverged else {
      return
    }
    // Never below what is listed, and never one that was used: files may have been deleted.
    let next = try await store.takeFileNumbers(
      atLeast: (own.map(\.file.numbers.upperBound).max() ?? 0) + 1, now: now)
    let written = try await pack(
      as: replica, since: diverged ? Knowledge() : carried.intersection(held),
      wanted: wanted, numbers: next...next, now: now)
    if written.files.count > 1 {
      _ = try await store.takeFileNumbers(atLeast: next + written.files.count - 1, now: now)
    }
    result.sent.add(written)
    try await store.noteAnswered()
  }

  /// Writes one file, or several when it is too large for one, which then bear the numbers after.
  func pack(
    as replica: ReplicaID, since basis: Knowledge, wanted: [ContentHash],
    numbers: ClosedRange<Int>, now: Int64
  ) async throws -> BundlePacking.Result {
    let home = layout.folder(of: replica)
    let result = try await BundlePacking(secret: secret, senderName: senderName).pack(
      store, since: basis, wanted: wanted, now: now,
      naming: { [storage] part in
        let last = numbers.upperBound + part.number - 1
        let first = part.number == 1 ? numbers.lowerBound : last
        return .hashed(storage, folder: home, writer: "\(replica)") {
          ExchangeFile.name(first...last, hash: $0)
        }
      })
    do {
      try await storage.flush()
    } catch {
      throw BundleError.file(error)
    }
    for file in result.files {
      try await store.noteExchangeFile(
        file.path, length: file.length, header: file.headerDigest)
    }
    return result
  }
}

extension BundlePacking.Result {
  mutating func add(_ other: BundlePacking.Result) {
    files += other.files
    operationCount += other.operationCount
    bodyCount += other.bodyCount
  }
}
