import Files
import LibraryStore
import Replication

// Keeping the number of files small.
extension Exchange {
  /// How long a replaced file stays for others to finish reading it.
  static let graceMilliseconds: Int64 = 86_400_000

  func rollUp(as replica: ReplicaID, into result: inout Result, now: Int64) async throws {
    let replaced = try await store.replacedExchangeFiles()
    let statements = try await statements(of: layout.files(in: storage))
      .filter { replaced[$0.file.path] == nil }
    let own = statements.filter { $0.file.replica == replica }
    let rolled = Exchange.rollUp(own.map(\.file))
    guard rolled.count >= 2, let first = rolled.first, let last = rolled.last else { return }
    let carried = coverage(of: own.filter { rolled.contains($0.file) })
    let others = coverage(of: statements.filter { !rolled.contains($0.file) })
    let held = try await store.heldKnowledge()
    let basis = others.subtracting(carried).intersection(held)
    _ = try await pack(
      as: replica, since: basis, wanted: [],
      numbers: first.numbers.lowerBound...last.numbers.upperBound, now: now)
    try await store.noteReplacedExchangeFiles(rolled.map(\.path), now: now)
    result.rolledUpFiles += rolled.count
  }

  /// The newest files that should become one: while the next older is at most twice as long as
  /// all newer together.
  static func rollUp(_ own: [ExchangeFile]) -> [ExchangeFile] {
    guard let newest = own.last else { return [] }
    var rolled = [newest]
    var length = newest.length
    for file in own.dropLast().reversed() {
      guard file.length <= 2 * length, file.length + length < BundlePacking.maximumPart else {
        break
      }
      rolled.insert(file, at: 0)
      length += file.length
    }
    return rolled
  }

  func deleteReplaced(
    by replica: ReplicaID, into result: inout Result, now: Int64
  ) async throws {
    let own = try await layout.files(in: storage).filter { $0.replica == replica }
    let replaced = try await store.replacedExchangeFiles()
    let old = own.filter { file in
      replaced[file.path].map { now - $0 >= Exchange.graceMilliseconds } ?? false
    }
    do {
      try await storage.delete(old.map(\.name))
    } catch {
      throw BundleError.file(error)
    }
    result.deletedFiles += old.count
  }
}
