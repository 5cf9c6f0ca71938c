import Files
import LibraryStore
import Replication
import SystemCalls
import TestSupport
import Testing

/// Making a replica, with each of its calls failing in turn: it is there whole, or an error says that it
/// is not, and nothing is left.
@Suite(.enabled(if: FileRecording.isPossible, "this needs Linux"))
struct MakingTests {
  private static let replica = ReplicaID(Identifier(high: 1, low: 2))
  private static let key = [UInt8](repeating: 0x5a, count: 32)

  /// Every call where there is time, else one in five. Reading is most of what SQLite does: one in
  /// seven of its calls is enough.
  @Test(arguments: SystemFault.all.filter { !$0.isForGood })
  func `whichever call fails, the replica is whole or there is none`(fault: SystemFault)
    async throws
  {
    let step = (fault.name == "EIO on reading" ? 7 : 1) * (Effort.isLong ? 1 : 5)
    var (first, made, refused) = (0, 0, 0)
    while let isMade = try await attempt(fault, first: first) {
      first += step
      if isMade { made += 1 } else { refused += 1 }
    }
    #expect(refused > 0)
    #expect(made + refused == (first + step - 1) / step)
  }

  /// Where nothing can be taken away either, something stays.
  @Test(arguments: SystemFault.all.filter { $0.isForGood && $0.calls & CALL_REMOVE == 0 })
  func `a disk that fails for good at the last moment leaves no half of a replica`(
    fault: SystemFault
  ) async throws {
    var calls = 0
    while try await attempt(fault, first: calls, isLookedAt: false) != nil { calls += 16 }
    var refused = 0
    for first in max(0, calls - 24)..<calls {
      if try await attempt(fault, first: first) == false { refused += 1 }
    }
    #expect(refused > 0)
  }

  /// Returns whether the replica was made; nil where all was over before that call.
  private func attempt(
    _ fault: SystemFault, first: Int, isLookedAt: Bool = true
  ) async throws -> Bool? {
    let folder = try TemporaryFolder.inMemory()
    let library = folder.path.appending("library")
    try Folder.make(library)
    let options = ReplicaStore.Options(stateDirectory: folder.path.appending("state"))
    let recording = try FileRecording(folder.path)
    recording.fail(fault, first: first)
    var isMade = true
    do {
      try ReplicaStore.create(
        in: library, library: MakingTests.key, replica: MakingTests.replica, options: options)
    } catch {
      isMade = false
    }
    let calls = recording.heal()
    _ = recording.stop()
    guard calls > first else { return nil }
    guard isLookedAt else { return isMade }
    let names = try Folder.names(in: library).map(\.string)
    #expect(names == (isMade ? [ReplicaStore.fileName] : []), "\(fault) at \(first)")
    // Whatever came of it, it is there after the next run.
    if !isMade {
      try ReplicaStore.create(
        in: library, library: MakingTests.key, replica: MakingTests.replica, options: options)
    }
    let store = try ReplicaStore(folder: library, options: options)
    let damage = try await store.check(deep: true, repair: false).damage
    #expect(damage == [], "\(fault) at \(first)")
    return isMade
  }
}
