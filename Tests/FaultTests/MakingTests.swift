import Files
import LibraryStore
import Replication
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
    while true {
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
      guard calls > first else { break }
      first += step
      if isMade { made += 1 } else { refused += 1 }
      let names = try Folder.names(in: library).map(\.string)
      #expect(names == (isMade ? [ReplicaStore.fileName] : []), "\(fault) at \(first - step)")
      // Whatever came of it, it is there after the next run.
      if !isMade {
        try ReplicaStore.create(
          in: library, library: MakingTests.key, replica: MakingTests.replica, options: options)
      }
      let store = try ReplicaStore(folder: library, options: options)
      let damage = try await store.check(deep: true, repair: false).damage
      #expect(damage == [], "\(fault) at \(first - step)")
    }
    #expect(refused > 0)
    #expect(made + refused == (first + step - 1) / step)
  }
}
