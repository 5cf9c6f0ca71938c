import Coding
import Files
import LibraryStore
import Replication
import Sealing

/// Writes a library's delta as a bundle, or as several when it is larger than a part may be.
package struct BundlePacking: Sendable {
  package var secret: LibrarySecret
  package var senderName: String
  package var receiver: ReplicaID?
  package var isOpen = false
  package var includesBodies = true
  /// The maximum length of a file, in bytes.
  package var partLimit = BundlePacking.maximumPart
  /// Files of an exchange that cannot be read where this one goes.
  package var damaged: [BundleHeader.DamagedName] = []
  /// What files are sealed with.
  package var random = RandomSource.system

  /// Below 2 GiB, which FAT media hold.
  package static let maximumPart = BundleFormat.maximumPart

  package init(secret: LibrarySecret, senderName: String) {
    self.secret = secret
    self.senderName = senderName
  }

  /// What was written.
  package struct Result: Sendable {
    package var files: [File] = []
    package var operationCount = 0
    package var bodyCount = 0
    package var articleCount = 0
    /// What the files say of the sender.
    package var sender: PeerReport?
    /// The bodies in them.
    package var bodies: Set<ContentHash> = []

    package var paths: [FilePath] { files.map(\.path) }
    package var bytes: Int { files.reduce(0) { $0 + $1.length } }
  }

  /// One file that was written.
  package struct File: Sendable {
    package let path: FilePath
    /// In bytes.
    package let length: Int
    package let header: BundleHeader
    /// The SHA-256 of its header's payload, which names the bundle.
    package var headerDigest: ContentHash { ContentHash(of: header.payload) }
  }

  /// Writes what a receiver that knows `basis` and asked for `wanted` lacks.
  ///
  /// - Parameters:
  ///   - path: where a single file goes; the parts of several get `-1-of-3` before the extension.
  ///   - articles: those of which it is a selection, with an empty basis; nil for everything.
  ///   - progress: called with stored bytes done and in all, from the writing thread.
  ///
  /// Throws ``BundleError`` or ``StoreError``; parts that were finished are then taken away again.
  package func pack(
    _ store: ReplicaStore, to path: FilePath, since basis: Knowledge, wanted: [ContentHash],
    selecting articles: [EntityID]? = nil, now: Int64,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Result {
    try await pack(
      store, since: basis, wanted: wanted, selecting: articles, now: now,
      naming: { .path(BundlePacking.name(path, part: $0)) }, keepsParts: false,
      progress: progress)
  }

  /// The same, with names made from each part's number.
  ///
  /// - Parameters:
  ///   - claim: what is stated, where the files stand for earlier ones. Nothing is then written if
  ///     the log holds anything that neither they nor the claim's basis have.
  ///   - keepsParts: whether parts that were finished stay after a failure: each is valid alone, and
  ///     others may be reading them.
  func pack(
    _ store: ReplicaStore, since basis: Knowledge, wanted: [ContentHash],
    stating claim: DeltaClaim? = nil, selecting articles: [EntityID]? = nil, now: Int64,
    naming: @escaping @Sendable (BundleHeader.Part) -> BundleWriter.Name, keepsParts: Bool = true,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Result {
    let library = store.library
    return try await store.withDelta(
      since: basis, wanted: wanted, includingBodies: includesBodies, stating: claim,
      selecting: articles
    ) { plan, frame in
      if claim != nil, plan.leavesSomeOut { return Result() }
      let total = plan.parts.reduce(0) { $0 + $1.length }
      var result = Result()
      var done = 0
      let files = try split(plan, library: library, now: now)
      let names = files.indices.map {
        naming(BundleHeader.Part(number: $0 + 1, count: files.count))
      }
      for case .path(let path) in names { try BundlePacking.refuseExisting(path) }
      do {
        for (number, parts) in files.enumerated() {
          let header = header(
            plan, library: library, now: now, parts: parts,
            part: BundleHeader.Part(number: number + 1, count: files.count))
          let writer = try BundleWriter(
            names[number], header: header, secret: secret, isOpen: isOpen, using: random)
          for part in parts {
            try Task.checkCancellation()
            try writer.append(try frame(part))
            done += part.length
            progress(done, total)
          }
          let (path, length) = try writer.finish()
          result.files.append(
            File(path: path, length: length, header: header))
        }
      } catch {
        // That one stays is less than why it was not enough.
        if !keepsParts { for path in result.paths { try? path.remove() } }
        throw error
      }
      result.operationCount = plan.operationCount
      result.bodyCount = plan.bodyCount
      result.sender = plan.sender
      result.bodies = plan.bodies
      return result
    }.get()
  }

  /// Throws `file` where something lies, before anything is written.
  package static func refuseExisting(_ path: FilePath) throws(BundleError) {
    guard !path.exists else { throw .file(FileError(path, .taken)) }
  }

  private func header(
    _ plan: DeltaPlan, library: [UInt8], now: Int64, parts: [DeltaPlan.Part],
    part: BundleHeader.Part
  ) -> BundleHeader {
    BundleHeader(
      library: library, sender: plan.sender, senderName: senderName, createdMilliseconds: now,
      statement: plan.statement, receiver: receiver, includesBodies: includesBodies,
      operationCount: parts.reduce(0) { $0 + $1.operationCount },
      bodyCount: parts.reduce(0) { $0 + $1.bodyCount }, frameCount: parts.count, part: part,
      damaged: damaged)
  }

  /// Shares the frames out so that no file is longer than the limit, by the maximum length each
  /// can have.
  private func split(
    _ plan: DeltaPlan, library: [UInt8], now: Int64
  ) throws -> [[DeltaPlan.Part]] {
    let full = header(
      plan, library: library, now: now, parts: plan.parts,
      part: BundleHeader.Part(number: 9_999, count: 9_999))
    var files: [[DeltaPlan.Part]] = [[]]
    let fixed = 4_096 + full.payload.count
    var length = fixed
    for part in plan.parts {
      // A table entry, and the seal's 16 bytes in 65,536.
      let needed = part.maximumLength + part.maximumLength / 4_000 + 8
      guard fixed + needed <= partLimit else {
        throw BundleError.partTooSmall(needed: fixed + needed)
      }
      if length + needed > partLimit || files[files.count - 1].count == Limits.bundleFrames {
        files.append([])
        length = fixed
      }
      files[files.count - 1].append(part)
      length += needed
    }
    return files
  }

  private static func name(_ path: FilePath, part: BundleHeader.Part) -> FilePath {
    guard part.count > 1 else { return path }
    let ending = Array(".satchel".utf8)
    let base =
      path.bytes.suffix(ending.count).elementsEqual(ending)
      ? path.bytes.dropLast(ending.count) : path.bytes[...]
    return FilePath(bytes: base + "-\(part.number)-of-\(part.count)".utf8 + ending)
  }
}
