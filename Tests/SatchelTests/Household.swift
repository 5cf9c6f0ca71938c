import Files
import Foundation
import Satchel
import Synchronization
import TestSupport

/// A library's replicas on a few pretended machines, and the stick they share.
struct Household: Sendable {
  let folder: TemporaryFolder
  let clock: TestClock

  init() throws {
    folder = try TemporaryFolder()
    clock = TestClock()
    try FileManager.default.createDirectory(at: url("stick"), withIntermediateDirectories: true)
  }

  func url(_ name: String) -> URL { folder.url.appendingPathComponent(name) }

  func options(_ machine: String) -> Library.Options {
    var options = Library.Options()
    options.stateDirectory = FilePath(url("state-\(machine)").path)
    options.busyTimeoutMilliseconds = 100
    options.now = { [clock] in clock.read() }
    return options
  }

  func create(_ name: String) async throws -> Library {
    try await Library.create(at: FilePath(url(name).path), name: name, options: options(name))
  }

  func join(_ library: Library, as name: String) async throws -> Library {
    try await Library.join(
      library.invitation(), at: FilePath(url(name).path), name: name, options: options(name))
  }

  func stick(_ name: String) -> FilePath { FilePath(url("stick").path).pushing(FilePath(name)) }

  /// Carries what `to` lacks, as far as `from` has heard, on the stick.
  @discardableResult
  func carry(
    _ name: String, from: Library, to: Library, options: BundleOptions? = nil
  ) async throws -> MergeSummary {
    var bundle = options ?? BundleOptions()
    if options == nil { bundle.basis = .replica(try await to.replicaID()) }
    let written = try await from.createBundle(at: stick(name), options: bundle).result()
    return try await to.merge(written.paths).result()
  }

  /// A file in the household's folder, and the folders above it.
  func write(_ text: String, to path: String) throws {
    let file = url(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func draft(_ number: Int, title: String? = nil) -> ArticleDraft {
    var draft = ArticleDraft(
      title: title ?? "第\(number)篇", format: .markdown, body: Array("# \(number)\n\n正文".utf8))
    draft.url = "https://example.org/\(number)"
    draft.tags = ["news"]
    return draft
  }
}

/// A clock that goes on by a second each time it is read.
final class TestClock: Sendable {
  private let milliseconds = Atomic<Int64>(1_780_000_000_000)

  func read() -> Int64 { milliseconds.add(1_000, ordering: .relaxed).newValue }
}

/// Counts what is told from other tasks.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func increase() { count.add(1, ordering: .sequentiallyConsistent) }
  func reset() { count.store(-1_000_000, ordering: .sequentiallyConsistent) }
}
