import Articles
import Coding
import Files
import Foundation
import LibraryStore
import Replication
import Sealing
import TestSupport
import Transports

/// Two replicas of one library that wrote apart and then exchanged bundles: hundreds of writes,
/// notes in conflict, bodies in several frames, one of them in pieces.
struct ReplicaPair {
  let first: ReplicaStore
  let second: ReplicaStore
  private let secret: LibrarySecret
  private var generator: SeededGenerator
  private var now: Int64 = SampleLibrary.start

  init(in folder: URL, seed: UInt64) async throws {
    generator = SeededGenerator(seed: seed)
    secret = LibrarySecret(using: &generator)
    first = try ReplicaPair.store(folder.appending(path: "first"), secret, &generator)
    second = try ReplicaPair.store(folder.appending(path: "second"), secret, &generator)
    let articles = try await addArticles(60, to: first)
    try await exchange(from: first, to: second, in: folder)
    for store in [first, second] { try await read(articles, in: store) }
    try await exchange(from: second, to: first, in: folder)
    try await read(Array(articles.prefix(5)), in: first)
  }

  func pack(to path: String) async throws -> BundlePacking.Result {
    try await pack(first, to: path)
  }

  private func pack(_ store: ReplicaStore, to path: String) async throws -> BundlePacking.Result {
    var packing = BundlePacking(secret: secret, senderName: "书房")
    packing.isOpen = true
    return try await packing.pack(
      store, to: FilePath(path), since: Knowledge(), wanted: [], now: now)
  }

  private func exchange(
    from sender: ReplicaStore, to receiver: ReplicaStore, in folder: URL
  ) async throws {
    let path = folder.appending(path: "\(UUID().uuidString).satchel").path
    _ = try await pack(sender, to: path)
    _ = try await BundleMerging(receiver, secret: secret).merge(FilePath(path), now: now)
  }

  private static func store(
    _ folder: URL, _ secret: LibrarySecret, _ generator: inout SeededGenerator
  ) throws -> ReplicaStore {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let options = ReplicaStore.Options(
      stateDirectory: FilePath((folder.appending(path: "state")).path))
    try ReplicaStore.create(
      in: FilePath(folder.path), library: secret.libraryKey.bytes,
      replica: ReplicaID(.random(using: &generator)), options: options)
    return try ReplicaStore(folder: FilePath(folder.path), options: options)
  }
}

extension ReplicaPair {
  private mutating func addArticles(_ count: Int, to store: ReplicaStore) async throws
    -> [ArticleID]
  {
    var articles: [ArticleID] = []
    for number in 0..<count {
      // One body is longer than a piece and compresses badly.
      let length =
        number == 0 ? Limits.pieceBytes + 1_000 : Int.random(in: 0...20_000, using: &generator)
      var body: [UInt8] = []
      while body.count < length { body += Identifier.random(using: &generator).bytes }
      var draft = ArticleDraft(title: "第\(number)篇 \u{1b}[31m", format: .text, body: body)
      draft.url = "https://example.org/\(number)"
      draft.tags = ["数学", "tag \(number % 7)"]
      articles.append(try await add(draft, to: store))
    }
    return articles
  }

  private mutating func add(_ draft: ArticleDraft, to store: ReplicaStore) async throws -> ArticleID
  {
    now += 1_000
    let hash = ContentHash(of: draft.body)
    let id = ArticleID(digest: ContentHash(of: ArticleID.preimage(url: draft.url ?? "")))
    let chunks = try BodyChunkBuilder.pieces(of: draft.body).map { piece in
      var builder = BodyChunkBuilder()
      builder.append(piece.bytes, of: hash, bodyLength: draft.body.count, offset: piece.offset)
      return try VerifiedChunk(builder.frame())
    }
    _ = try await store.write(
      draft.edits(for: id, body: hash, images: [], now: now), bodies: chunks, now: now)
    return id
  }

  private mutating func read(_ articles: [ArticleID], in store: ReplicaStore) async throws {
    for id in articles {
      now += Int64.random(in: 0...5_000, using: &generator)
      let note = "note \(UInt16.random(in: 0...UInt16.max, using: &generator))"
      let edits = [
        id.mark(.read), try id.note(note),
        id.edit(ArticleField.rating, .integer(Int64.random(in: 0...5, using: &generator))),
        try id.tag("数学", present: Bool.random(using: &generator)),
      ].filter { _ in Bool.random(using: &generator) }
      _ = try await store.write(edits, now: now)
    }
  }
}
