import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import TestSupport
import Testing

@testable import Transports

/// Replicas of one library in a folder of a test's own, and the bundles they write there.
struct BundleFixture: Sendable {
  let folder: TemporaryFolder
  let secret: LibrarySecret

  static let now: Int64 = 1_780_000_000_000

  init(seed: UInt64 = 1) throws {
    folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: seed)
    secret = LibrarySecret(using: &generator)
  }

  func path(_ name: String) -> FilePath { FilePath(folder.url.path).pushing(FilePath(name)) }

  /// An empty replica, named by a number.
  func replica(_ number: UInt64) throws -> ReplicaStore {
    let library = folder.url.appendingPathComponent("replica-\(number)")
    try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath(folder.url.appendingPathComponent("state").path))
    try ReplicaStore.create(
      in: FilePath(library.path), library: secret.libraryKey.bytes,
      replica: ReplicaID(Identifier(high: number, low: number)), options: options)
    return try ReplicaStore(folder: FilePath(library.path), options: options)
  }

  /// A replica with a few articles, their bodies and marks.
  func filled(_ number: UInt64, articles: Int = 3, bodyBytes: Int = 200) async throws
    -> ReplicaStore
  {
    let store = try replica(number)
    for index in 0..<articles {
      let seed = number << 32 | UInt64(index)
      try await add(article(number, index), body: bytes(bodyBytes, seed: seed), to: store)
    }
    return store
  }

  func article(_ number: UInt64, _ index: Int) -> ArticleID {
    ArticleID(key: Identifier(high: number, low: UInt64(index)))
  }

  func add(_ article: ArticleID, body: [UInt8], to store: ReplicaStore) async throws {
    let hash = ContentHash(of: body)
    var chunks: [VerifiedChunk] = []
    for piece in BodyChunkBuilder.pieces(of: body) {
      var builder = BodyChunkBuilder()
      builder.append(piece.bytes, of: hash, bodyLength: body.count, offset: piece.offset)
      chunks.append(try VerifiedChunk(builder.frame()))
    }
    try await store.write(
      [
        article.edit(ArticleField.title, try .text("标题 \(article.key.low)"), .importing),
        article.edit(ArticleField.body, try .data(hash.bytes), .importing),
        article.mark(.starred),
      ], bodies: chunks, now: BundleFixture.now)
  }

  /// Bytes that do not compress.
  func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    SeededGenerator.bytes(count, seed: seed)
  }
}

extension BundleFixture {
  /// Writes what a receiver that knows `basis` lacks; returns the paths.
  @discardableResult
  func pack(
    _ store: ReplicaStore, _ name: String, since basis: Knowledge = Knowledge(),
    wanted: [ContentHash] = [], isOpen: Bool = true, bodies: Bool = true,
    partLimit: Int = BundlePacking.maximumPart
  ) async throws -> BundlePacking.Result {
    var packing = BundlePacking(secret: secret, senderName: "sender")
    packing.isOpen = isOpen
    packing.includesBodies = bodies
    packing.partLimit = partLimit
    return try await packing.pack(
      store, to: path(name), since: basis, wanted: wanted, now: BundleFixture.now)
  }

  func merge(
    _ path: FilePath, into store: ReplicaStore, salvage: Bool = false
  ) async throws -> MergeResult {
    try await BundleMerging(store, secret: secret)
      .merge(path, salvage: salvage, now: BundleFixture.now)
  }

  func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  /// Writes a file of these bytes; returns its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> FilePath {
    try Data(bytes).write(to: url(name))
    return path(name)
  }

  private func url(_ name: String) -> URL { folder.url.appendingPathComponent(name) }
}

// What this process holds, as /proc tells.
extension BundleFixture {
  /// How many files in the fixture's folder are open.
  var openFileCount: Int {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { descriptor in
        let target = try? FileManager.default.destinationOfSymbolicLink(
          atPath: "/proc/self/fd/\(descriptor)")
        return target?.hasPrefix(path("").string) == true
      }
    }
  }

  static var residentBytes: Int {
    get throws {
      let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ")
      return (Int(pages[1]) ?? 0) * 4_096
    }
  }
}

/// Expects both to hold the same, bodies included, and to be sound.
func expectEqual(
  _ left: ReplicaStore, _ right: ReplicaStore, _ comment: Comment? = nil
) async throws {
  let reports = [try await left.report(), try await right.report()]
  #expect(reports[0].knowledge == reports[1].knowledge, comment)
  #expect(reports[0].fingerprint == reports[1].fingerprint, comment)
  #expect(reports[0].wanted == reports[1].wanted, comment)
  let articles = [
    try await left.articles(.all, today: 0), try await right.articles(.all, today: 0),
  ]
  #expect(articles[0] == articles[1], comment)
  for hash in articles[0].compactMap(\.article.body) {
    #expect(try await left.body(hash) == right.body(hash), comment)
  }
  #expect(try await right.check(deep: true, repair: false).damage == [], comment)
}
