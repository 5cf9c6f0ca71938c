import Files
import Foundation
import GRDB

/// Brings the search index up to date: texts are read and cut into words on one core while another
/// one writes the batch before.
///
/// What was written stays when it is given up, and the next update goes on from there: it passes over
/// the articles whose digest the index has.
struct SearchUpdate {
  let library: FilePath
  let key: [UInt8]
  let file: FilePath
  let text: SearchText
  let busyTimeoutMilliseconds: Int

  /// The index, with all that was in the library when this was called. `progress` is told how many of
  /// the changed articles are done.
  ///
  /// Throws `busy` where other processes kept this one from it, and did not get on themselves, for as
  /// long as the busy timeout.
  func run(progress: @Sendable (Int, Int) -> Void) async throws -> SearchIndex {
    let index = try SearchIndex(
      file, library: key, textVersion: text.version,
      busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    var wanted: Int64?
    var (standing, since) = (try await index.standing(), ContinuousClock.now)
    while true {
      do {
        try await update(index, to: &wanted, progress)
        return index
      } catch is SearchIndex.Overtaken {
        let now = try await index.standing()
        if now != standing { (standing, since) = (now, .now) }
        guard since.duration(to: .now) < .milliseconds(busyTimeoutMilliseconds) else {
          throw StoreError.busy(waitedMilliseconds: busyTimeoutMilliseconds)
        }
        // Whoever updates it from a newer state shall end, and not be overtaken in turn.
        try await Task.sleep(for: .milliseconds(Int.random(in: 5...50)))
      }
    }
  }

  /// An update of fewer bytes leaves the parts to FTS5's own joining.
  private static let largeBytes = 8 << 20

  /// - Parameter wanted: the revision that must be in: the library's when this was first tried.
  private func update(
    _ index: SearchIndex, to wanted: inout Int64?, _ progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let newest = try await index.newest()
    let source = try SearchSource(
      library, index: file, text: text, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    let minimum = wanted ?? source.revision
    wanted = minimum
    let place = try await source.place(at: source.revision)
    if let reached = try await index.place(), reached.revision <= source.revision,
      try await source.place(at: reached.revision) == reached,
      // Transactions that changed no article leave nothing to take in.
      reached.revision >= minimum || reached.mark == place.mark
    {
      return
    }
    // The index was looked at first: only a library that was restored can be older.
    let beginning = try await index.begin(
      snapshot: source.revision, future: newest > source.revision)
    let isKnown = try await source.place(at: beginning.place.revision) == beginning.place
    let total = try await source.seek(after: isKnown ? beginning.place.revision : nil)
    let bytes = try await copy(from: source, to: index, beginning, total: total, progress)
    try await index.finish(beginning, mark: place.mark)
    if bytes >= SearchUpdate.largeBytes { try await tidy(index) }
    if total > 0 { try await index.checkpoint() }
  }

  /// What is left of it when this is given up is left for good: the index is right without.
  private func tidy(_ index: SearchIndex) async throws {
    var isFirst = true
    while try await index.join(isFirst: isFirst) {
      try Task.checkCancellation()
      isFirst = false
    }
    while try await index.shrink() { try Task.checkCancellation() }
  }

  /// Returns how many bytes of words were written.
  private func copy(
    from source: SearchSource, to index: SearchIndex, _ beginning: SearchIndex.Beginning,
    total: Int, _ progress: @Sendable (Int, Int) -> Void
  ) async throws -> Int {
    var (done, bytes) = (0, 0)
    var batch = try await source.nextBatch()
    while let current = batch {
      try Task.checkCancellation()
      async let next = source.nextBatch()
      try await index.write(current, of: beginning)
      done += current.articles
      bytes += current.bytes
      progress(done, total)
      batch = try await next
    }
    return bytes
  }
}

extension DatabaseError {
  /// Whether the file is not what it was written as.
  var isDamage: Bool {
    switch resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_SCHEMA: true
    // A table or a column is not there that the version promises.
    case .SQLITE_ERROR: true
    default: false
    }
  }
}
