import Articles
import Files
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// The exchange over any storage, under schedules nobody planned.
struct ExchangeLaws {
  private static let day: Int64 = 86_400_000

  @Test(arguments: zip(UInt64(1)...2, StorageKind.allCases))
  func `replicas that share a storage converge, and a late newcomer gets everything`(
    seed: UInt64, kind: StorageKind
  ) async throws {
    let fixture = try BundleFixture(seed: seed)
    let storage = try kind.storage(in: fixture.folder)
    try await converge(seed, fixture, storage) { _ in }
  }

  @Test(arguments: zip(UInt64(1)...2, StorageKind.allCases))
  func `files that are lost, come again or come in part keep nobody from converging`(
    seed: UInt64, kind: StorageKind
  ) async throws {
    let fixture = try BundleFixture(seed: seed)
    let storage = try kind.storage(in: fixture.folder)
    var losses = Losses(storage, fixture, seed: seed)
    try await converge(seed, fixture, storage) { isLast in
      if isLast { try await losses.heal() } else { try await losses.strike() }
    }
  }

  /// - Parameter disturb: is called before each synchronization, and a last time before those that
  ///   tell everybody everything.
  private func converge(
    _ seed: UInt64, _ fixture: BundleFixture, _ storage: any Storage,
    disturb: (_ isLast: Bool) async throws -> Void
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    var stores: [ReplicaStore] = []
    for number in 1...3 { stores.append(try await fixture.filled(UInt64(number))) }
    var now = BundleFixture.now
    for step in 0..<30 {
      let store = try #require(stores.randomElement(using: &generator))
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<3: try await write(step, to: store, fixture, using: &generator)
      case 3..<8:
        try await disturb(false)
        _ = try await fixture.synchronize(store, with: storage, now: now)
      case 8: now += Int64.random(in: 0...(2 * ExchangeLaws.day), using: &generator)
      default: _ = try await store.compact(now: BundleFixture.now)
      }
    }
    try await disturb(true)
    // Whatever was dropped and rolled up meanwhile, two rounds tell everybody everything.
    for _ in 0..<2 {
      now += 2 * ExchangeLaws.day
      for store in stores { _ = try await fixture.synchronize(store, with: storage, now: now) }
    }
    stores.append(try fixture.replica(9))
    let newcomer = try await fixture.synchronize(stores[3], .pull, with: storage, now: now)
    #expect(newcomer.missing.isEmpty, "seed \(seed)")
    var states: [PeerReport] = []
    for store in stores { states.append(try await store.report()) }
    #expect(Set(states.map(\.fingerprint)).count == 1, "seed \(seed)")
    #expect(Set(states.map(\.knowledge)).count == 1, "seed \(seed)")
    for store in stores {
      #expect(try await store.status(now: now).missingBodies == 0, "seed \(seed)")
    }
  }

  private func write(
    _ step: Int, to store: ReplicaStore, _ fixture: BundleFixture,
    using generator: inout SeededGenerator
  ) async throws {
    let article = fixture.article(UInt64.random(in: 1...3, using: &generator), 0)
    let edits = [
      article.edit(ArticleField.progress, .integer(Int64(step))),
      try article.note("note \(step)"), article.mark(.read), article.mark(.unread),
    ]
    try await store.write(
      [try #require(edits.randomElement(using: &generator))], now: BundleFixture.now + Int64(step))
  }
}

/// What becomes of files in a storage that nobody looks after.
private struct Losses {
  private let storage: any Storage
  private let folder: FilePath
  private var generator: SeededGenerator
  /// Whole files that were taken away.
  private var lost: [(name: FilePath, bytes: [UInt8])] = []
  /// Files that lie there in part.
  private var cut: [FilePath] = []

  init(_ storage: any Storage, _ fixture: BundleFixture, seed: UInt64) {
    self.storage = storage
    folder = ExchangeListing.folder(of: fixture.secret.libraryKey.bytes)
    generator = SeededGenerator(seed: seed &+ 1_000)
  }

  mutating func strike() async throws {
    let names = try await storage.list(folder) { _ in true }.map(\.name).sorted {
      $0.string < $1.string
    }
    guard let name = names.randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: try await lose(name)
    case 1:
      let bytes = try await lose(name)
      try await put(Array(bytes.prefix(bytes.count / 2)), as: name)
      cut.append(name)
    case 2: try await comeAgain()
    default: return
    }
  }

  /// What lies there in part is put right; what was lost stays so, or comes again.
  mutating func heal() async throws {
    try await storage.delete(cut)
    cut = []
    while !lost.isEmpty, Bool.random(using: &generator) { try await comeAgain() }
  }

  @discardableResult
  private mutating func lose(_ name: FilePath) async throws -> [UInt8] {
    let bytes = try await storage.contents(of: name)
    try await storage.delete([name])
    if !cut.contains(name) { lost.append((name, bytes)) }
    cut.removeAll { $0 == name }
    return bytes
  }

  private mutating func comeAgain() async throws {
    guard !lost.isEmpty else { return }
    let file = lost.remove(at: Int.random(in: lost.indices, using: &generator))
    try await storage.delete([file.name])
    cut.removeAll { $0 == file.name }
    try await put(file.bytes, as: file.name)
  }

  private func put(_ bytes: [UInt8], as name: FilePath) async throws {
    guard let component = name.lastComponent else { return }
    try await storage.put(bytes, in: name.removingLastComponent(), as: component)
  }
}
