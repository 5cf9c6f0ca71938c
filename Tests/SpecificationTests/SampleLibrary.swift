import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import Transports

/// The library of `Protocol/worked-bundle.md`: a fixed secret, fixed identifiers, fixed times, ten
/// writes of which one is superseded, one body.
struct SampleLibrary {
  let store: ReplicaStore
  let secret: LibrarySecret

  /// 2026-01-01 00:00:00 UTC, in milliseconds since 1970.
  static let start: Int64 = 1_767_225_600_000
  static let replica = ReplicaID(ContentHash(of: Array("satchel sample replica".utf8)).first)
  static let body = Array("Seven bridges, and no walk\ncrosses each just once.\n".utf8)

  /// Makes the library in an empty folder and makes its ten writes.
  init(in folder: URL) async throws {
    secret = try LibrarySecret(bytes: ContentHash(of: Array("satchel sample library".utf8)).bytes)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath((folder.appendingPathComponent("state")).path))
    try ReplicaStore.create(
      in: FilePath(folder.path), library: secret.libraryKey.bytes, replica: SampleLibrary.replica,
      options: options)
    store = try ReplicaStore(folder: FilePath(folder.path), options: options)
    try await write()
  }

  /// Packs all of it in clear.
  func pack(to path: String) async throws -> BundlePacking.Result {
    var packing = BundlePacking(secret: secret, senderName: "study")
    packing.isOpen = true
    return try await packing.pack(
      store, to: FilePath(path), since: Knowledge(), wanted: [], now: SampleLibrary.start + 60_000)
  }

  /// Another replica of the same library, which holds nothing.
  func emptyReplica(in folder: URL) throws -> ReplicaStore {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath((folder.appendingPathComponent("state")).path))
    var generator = SystemRandomNumberGenerator()
    try ReplicaStore.create(
      in: FilePath(folder.path), library: secret.libraryKey.bytes,
      replica: ReplicaID(.random(using: &generator)), options: options)
    return try ReplicaStore(folder: FilePath(folder.path), options: options)
  }

  private func write() async throws {
    let card = EntityID(kind: .replica, key: SampleLibrary.replica.identifier)
    let name = Edit(RegisterID(card, ReplicaField.name), try .text("study"))
    _ = try await store.write([name], now: SampleLibrary.start)

    let url = "https://example.org/bridges"
    let id = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: url)))
    try await add(id, url: url)

    for (second, note) in [(2, "ask Lin"), (3, "ask Lin which river")] {
      _ = try await store.write(
        [id.note(note)], now: SampleLibrary.start + Int64(second) * 1_000)
    }
    // Drops the first note, which the second replaced: its sequence stays known.
    _ = try await store.compact(now: SampleLibrary.start)
    _ = try await store.write([id.mark(.read)], now: SampleLibrary.start + 4_000)
  }

  private func add(_ id: ArticleID, url: String) async throws {
    var draft = ArticleDraft(
      title: "The Bridges 七桥", format: .markdown, body: SampleLibrary.body)
    draft.url = url
    draft.tags = ["数学"]
    try await add(draft, as: id, now: SampleLibrary.start + 1_000)
  }

  /// Adds an article that is not part of the sample.
  func add(_ url: String, title: String, body: [UInt8], now: Int64) async throws {
    var draft = ArticleDraft(title: title, format: .markdown, body: body)
    draft.url = url
    let id = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: url)))
    try await add(draft, as: id, now: now)
  }

  private func add(_ draft: ArticleDraft, as id: ArticleID, now: Int64) async throws {
    let hash = ContentHash(of: draft.body)
    var builder = BodyChunkBuilder()
    builder.append(draft.body[...], of: hash, bodyLength: draft.body.count, offset: 0)
    let chunk = try VerifiedChunk(builder.frame())
    _ = try await store.write(
      draft.edits(for: id, body: hash, images: [], now: now), bodies: [chunk], now: now)
  }
}
