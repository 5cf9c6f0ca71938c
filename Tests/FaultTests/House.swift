import Articles
import Files
import Formats
import Foundation
import GRDB
import Synchronization
import TestSupport

@testable import LibraryStore
@testable import Satchel

/// A machine's disk with a library, its state and the places it writes to; and what lies elsewhere.
struct House: Sendable {
  let disk: FilePath
  let elsewhere: Elsewhere

  var library: FilePath { disk.appending("library") }
  var stick: FilePath { disk.appending("stick") }
  var shared: FilePath { disk.appending("shared") }
  var exports: FilePath { disk.appending("exports") }

  /// Makes the places, and leaves in the shared one what the other replica wrote.
  func prepare() async throws {
    for folder in [disk, stick, shared, exports] { try Folder.make(folder) }
    _ = try await elsewhere.copyOfPeer().sync(with: .folder(shared)).result()
  }

  /// - Parameter onNotice: called with what the owner is told.
  func options(
    onNotice: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Library.Options {
    var options = elsewhere.options(disk.appending("state"))
    options.onNotice = { onNotice("\($0)") }
    return options
  }

  /// Makes the library here, or opens it where it is there already.
  func settle(
    onNotice: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Library {
    let options = options(onNotice: onNotice)
    guard !library.appending("library.sqlite").exists else {
      return try await Library.open(at: library, options: options)
    }
    return try await Library.join(
      elsewhere.invitation, at: library, name: "house", options: options)
  }
}

/// What lies on other disks: pages to import, and another replica of the library.
final class Elsewhere: Sendable {
  private let folder: TemporaryFolder
  private let clock = TickingClock()
  private let name = Mutex(0)

  var pages: FilePath { folder.path.appending("pages") }
  var peer: FilePath { folder.path.appending("peer") }
  var bundle: FilePath { folder.path.appending("peer.satchel") }

  let invitation: String

  init() async throws {
    folder = try .inMemory()
    let root = folder.path
    try Folder.make(root.appending("pages"))
    for number in 1...6 {
      let page = "# Page \(number)\n\nWater under bridge \(number).\n"
      try OutputFile.write(
        Array(page.utf8), to: root.appending("pages/page-\(number).md"), .umask, .new)
    }
    let library = try await Library.create(
      at: root.appending("peer/library"), name: "peer",
      options: Elsewhere.options(root.appending("peer/state"), clock))
    invitation = try await library.invitation()
    let ids = try await library.add((11...14).map { Elsewhere.draft($0) }).articles.map(\.id)
    _ = try await library.tag(ids, ["from afar"])
    _ = try await library.setNote(ids[0], "noted elsewhere")
    _ = try await library.createBundle(at: bundle).result()
    try await library.store.queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
  }

  func options(_ state: FilePath) -> Library.Options { Elsewhere.options(state, clock) }

  private static func options(_ state: FilePath, _ clock: TickingClock) -> Library.Options {
    var options = Library.Options()
    options.stateDirectory = state
    options.busyTimeoutMilliseconds = 1_000
    options.maximumReaders = 0
    options.now = { clock.read() }
    return options
  }

  /// A copy of the other replica, as it was when it had been made.
  func copyOfPeer() async throws -> Library {
    let copy = folder.path.appending("copy-\(next())")
    try FileManager.default.copyItem(atPath: peer.string, toPath: copy.string)
    return try await Library.open(
      at: copy.appending("library"), options: options(copy.appending("state")))
  }

  private func next() -> Int {
    name.withLock {
      $0 += 1
      return $0
    }
  }

  static func draft(_ number: Int, words: Int = 40) -> ArticleDraft {
    let text = (0..<words).map { "water \($0 * number)" }.joined(separator: " ")
    var draft = ArticleDraft(
      title: "Article \(number)", format: .markdown, body: Array("# \(number)\n\n\(text)\n".utf8))
    draft.url = "https://example.org/\(number)"
    draft.tags = ["news"]
    return draft
  }
}

/// A clock that goes on by a second each time it is read.
private final class TickingClock: Sendable {
  private let milliseconds = Atomic<Int64>(1_780_000_000_000)

  func read() -> Int64 { milliseconds.add(1_000, ordering: .relaxed).newValue }
}
