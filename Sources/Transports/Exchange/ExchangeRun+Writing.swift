import Coding
import Files
import LibraryStore
import Replication

// Writing what the place lacks.
extension ExchangeRun {
  /// - Parameter isMarked: whether the place's mark lies there.
  mutating func write(isMarked: Bool) async throws {
    try await store.note(state.replaceFaulty())
    let wanted = try await store.unansweredBodies(at: exchange.place)
    let told = state.told?.sender.knowledge ?? Knowledge()
    // Protocol 1.10: who has diverged is sent everything, whatever it knows.
    let draft = state.draft(
      report: try await store.report(), held: try await store.heldKnowledge(), wanted: wanted,
      hasDiverged: !result.received.diverged.isEmpty,
      awaited: try await store.awaited(beyond: told))
    guard let draft else { return }
    try await prepare()
    if !isMarked { try await mark() }
    // Never below what is listed, and never one that was used: files may have been deleted.
    let next = try await store.takeFileNumbers(atLeast: state.nextNumber, now: now)
    var packing = BundlePacking(secret: exchange.secret, senderName: exchange.senderName)
    packing.damaged = state.namedDamage
    packing.random = exchange.random
    let written = try await packing.pack(
      store, since: draft.basis, wanted: draft.wanted, now: now, naming: naming(next...next))
    if written.files.count > 1 {
      _ = try await store.takeFileNumbers(atLeast: next + written.files.count - 1, now: now)
    }
    try await keep(written)
    try await store.noteAnswered(Array(written.bodies), at: exchange.place)
    result.sent.add(written)
  }

  private var folder: FilePath { ExchangeListing.folder(of: store.library) }

  private mutating func prepare() async throws(BundleError) {
    guard !isPrepared else { return }
    do {
      try await storage.prepare(folder, for: "\(state.replica)")
      isPrepared = true
    } catch {
      throw .file(error)
    }
  }

  /// Marks the place as this library's.
  private func mark() async throws(BundleError) {
    let mark = ExchangeListing.mark(in: folder)
    do {
      let file = try storage.create(in: folder, for: "\(state.replica)")
      try file.write(Array("Files of a Satchel library that its replicas exchange.\n".utf8))
      try file.commit(as: mark)
      try await storage.flush()
    } catch {
      // Another replica was quicker.
      guard error.problem == .taken else { throw .file(error) }
    }
  }

  /// How a delta is called that is written as one file, or as several, which then bear the numbers
  /// after.
  private func naming(
    _ numbers: ClosedRange<Int>
  ) -> @Sendable (BundleHeader.Part) -> BundleWriter.Name {
    let (storage, folder, replica) = (storage, folder, state.replica)
    return { part in
      let last = numbers.upperBound + part.number - 1
      let first = part.number == 1 ? numbers.lowerBound : last
      return .hashed(storage, folder: folder, writer: "\(replica)") {
        ExchangeName(replica, first...last, hash: $0).text
      }
    }
  }

  /// Remembers files that were written, once they lie there for good.
  private mutating func keep(_ written: BundlePacking.Result) async throws {
    try await flush()
    var notes: [(name: String, record: ExchangeRecord, bodies: [ContentHash])] = []
    for file in written.files {
      guard let text = file.path.lastComponent?.string, let name = ExchangeName(text) else {
        continue
      }
      let record = ExchangeRecord(
        content: ExchangeRecord.Content(
          length: file.length, carried: file.header.statement.carried,
          part: file.header.part.number, parts: file.header.part.count),
        header: file.header.payload)
      state.noteWritten(
        ExchangeListing.File(name: name, length: file.length, in: folder), record)
      notes.append((text, record, written.bodies.sorted()))
    }
    try await store.noteWritten(notes)
  }
}

extension ExchangeRun {
  func flush() async throws(BundleError) {
    do {
      try await storage.flush()
    } catch {
      throw .file(error)
    }
  }
}

// Keeping the number of files small.
extension ExchangeRun {
  mutating func rollUp() async throws {
    guard let rollUp = state.rollUp,
      let bodies = try await store.bodies(ofExchangeFiles: rollUp.rolled.map(\.text))
    else { return }
    let held = try await store.heldKnowledge()
    var packing = BundlePacking(secret: exchange.secret, senderName: rollUp.newest.senderName)
    packing.damaged = rollUp.newest.damaged
    packing.random = exchange.random
    try await prepare()
    let written = try await packing.pack(
      store, since: rollUp.others.intersection(held), wanted: bodies,
      stating: DeltaClaim(carrying: rollUp.carried, sender: rollUp.newest.sender),
      now: rollUp.newest.createdMilliseconds, naming: naming(rollUp.numbers))
    // Something was written here meanwhile, which the files do not tell: another time.
    guard !written.files.isEmpty else { return }
    try await keep(written)
    try await store.note(state.noteReplaced(rollUp.rolled))
    result.rolledUpFiles += rollUp.rolled.count
  }

  mutating func deleteReplaced() async throws {
    var deleted: [String] = []
    for file in state.deletable {
      do {
        try await storage.delete([file.path])
        deleted.append(file.name.text)
      } catch {
        result.refusedDelete = error
        // It is asked again a day later.
        try await store.note(state.noteReplaced([file.name]))
      }
    }
    try await store.note([:], forgetting: deleted)
    result.deletedFiles += deleted.count
  }
}

extension BundlePacking.Result {
  mutating func add(_ other: BundlePacking.Result) {
    files += other.files
    operationCount += other.operationCount
    bodyCount += other.bodyCount
  }
}
