import Files
import LibraryStore
import Replication

// Reading what others wrote.
extension Exchange {
  func read(
    into result: inout Result, now: Int64, progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let files = try await layout.files(in: storage)
    var unread = try await open(unread(files))[...]
    let merging = BundleMerging(store, secret: secret, ledger: ledger)
    for (number, file) in files.enumerated() {
      try Task.checkCancellation()
      defer { progress(number + 1, files.count) }
      guard let next = unread.first, next.file == file else { continue }
      unread.removeFirst()
      do {
        let merged = try await merging.merge(next.content, now: now)
        result.received.add(merged)
        result.receivedFiles += 1
        if let header = merged.headerDigest {
          try await store.noteExchangeFile(file.path, length: file.length, header: header)
        }
      } catch let error as BundleError {
        result.skipped.append(SkippedBundle(path: file.path, error: error))
      }
    }
    let known = try await store.report().knowledge
    result.received.missing = result.received.missing.subtracting(known)
  }
}
