import Files
import Foundation
import TestSupport
import Testing

@testable import Transports

/// Stores that refuse, are not well, lag or fall silent, and an rclone that is killed.
@Suite(
  .enabled(if: CountingProxy.isInstalled(before: .webdav), "rclone or python3 is not installed"))
struct RcloneTroubleTests {
  /// Expects an error of a store, of this kind.
  private func expect(
    _ failure: FileError.StoreFailure, _ body: () async throws -> Void
  ) async {
    await #expect {
      try await body()
    } throws: { error in
      guard case .store(failure, let reason) = (error as? FileError)?.problem else { return false }
      return !reason.isEmpty && !reason.contains("\n")
    }
  }

  @Test(arguments: [500, 429])
  func `a store that is not well for a while is asked again`(status: Int) async throws {
    let proxy = try CountingProxy(before: .webdav)
    try proxy.spoil("PUT 2 \(status)", "PROPFIND 1 \(status)")
    let storage = proxy.storage()
    try await storage.put([1, 2, 3], in: "library", as: "a")
    #expect(try proxy.requests()["PUT"] == 3)
    #expect(try await storage.names(in: "library") == ["library/a"])
    try await storage.put([4], in: "library", as: "b")
    try proxy.spoil("GET 1 \(status)")
    let files = try await storage.read(["library/a", "library/b"])
    #expect(try files.map { try $0.open().length } == [3, 1])
    // The one that came is not asked for again.
    #expect(try proxy.requests()["GET"] == 3)
  }

  @Test func `a store that stays ill is given up, and what was not sent is kept`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    try proxy.spoil("PUT 4 500")
    let storage = proxy.storage()
    await expect(.unreachable) { try await storage.put([1], in: "library", as: "a") }
    #expect(try proxy.requests()["PUT"] == 4)
    try await storage.flush()
    #expect(try await storage.contents(of: "library/a") == [1])
  }

  @Test(arguments: [403, 507])
  func `a store that refuses is asked once`(status: Int) async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    _ = try proxy.requests()
    try proxy.spoil("PUT 9 \(status)", "DELETE 9 \(status)")
    await expect(.refused) { try await storage.put([2], in: "library", as: "b") }
    #expect(try proxy.requests()["PUT"] == 1)
    await expect(.refused) { try await storage.delete(["library/a"]) }
    #expect(try proxy.requests()["DELETE"] == 1)
    #expect(try await storage.names(in: "library") == ["library/a"])
    // What was not let in is dropped with the next beginning, and its name is free.
    try await storage.prepare("library", for: "writer")
    try proxy.spoil()
    try await storage.put([3], in: "library", as: "b")
    #expect(try await storage.contents(of: "library/b") == [3])
  }

  @Test func `a listed file that does not come is missing, and others come`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    try proxy.spoil("GET 9 404")
    let file = try #require(await storage.read(["library/a"]).first)
    #expect {
      _ = try file.open()
    } throws: {
      ($0 as? FileError)?.isMissing == true
    }
    try proxy.spoil("GET 1 404")
    try await storage.put([2], in: "library", as: "b")
    let files = try await storage.read(["library/a", "library/b"])
    // Which of the two the answer goes to is the store's affair.
    #expect(files.filter { (try? $0.open()) != nil }.count == 1)
  }

  @Test(arguments: [403, 500])
  func `an object that the store keeps back is named, and all else goes on`(
    status: Int
  ) async throws {
    let fixture = try BundleFixture()
    let proxy = try CountingProxy(before: .webdav)
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    let storage = proxy.storage()
    _ = try await fixture.synchronize(one, with: storage)
    let file = try #require(
      await Exchange.files(of: fixture.secret.libraryKey.bytes, in: storage).first)
    for direction in [SyncDirection.both, .push, .pull] {
      try proxy.spoil("GET 99 \(status)")
      let result = try await fixture.synchronize(two, direction, with: proxy.storage())
      #expect(result.skipped.map(\.path) == [storage.path(of: file.path)])
      #expect("\(try #require(result.skipped.first).error)".contains("\(status)"))
      #expect((result.sent.operationCount > 0) == (direction == .both))
    }
    try proxy.spoil()
    #expect(try await fixture.synchronize(two, with: proxy.storage()).skipped.isEmpty)
    #expect(try await two.articleCount() == 6)
  }

  @Test func `a listing that lags shows a file later, and never frees its name`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    #expect(try await storage.names(in: "library") == ["library/a"])
    try await storage.put([2], in: "library", as: "b")
    try proxy.spoil("PROPFIND 2 stale")
    #expect(try await storage.names(in: "library") == ["library/a"])
    await #expect {
      try await storage.put([3], in: "library", as: "b")
    } throws: {
      ($0 as? FileError)?.problem == .taken
    }
    #expect(try await storage.names(in: "library") == ["library/a", "library/b"])
  }

  @Test(arguments: ["PROPFIND", "PUT", "GET"])
  func `a server that falls silent is given up, and no rclone stays`(kind: String) async throws {
    let proxy = try CountingProxy(before: .webdav)
    let well = proxy.storage()
    try await well.put([1], in: "library", as: "a")
    try proxy.spoil("\(kind) 9 hang")
    let storage = proxy.storage { $0.patienceSeconds = (3, 3) }
    await expect(.unreachable) {
      switch kind {
      case "PUT": try await storage.put([2], in: "library", as: "b")
      case "GET": _ = try await storage.read(["library/a"])
      default: _ = try await storage.list("library") { _ in true }
      }
    }
    // Its connection went with it.
    #expect(try await proxy.waits(for: "gone"))
  }

  @Test func `a task that is cancelled ends its rclone`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    try proxy.spoil("PROPFIND 9 hang")
    let storage = proxy.storage()
    let task = Task { try await storage.names(in: "library") }
    #expect(try await proxy.waits(for: "PROPFIND"))
    task.cancel()
    await #expect(throws: FileError(storage.path(of: "library"), .system(ECANCELED))) {
      try await task.value
    }
    #expect(try await proxy.waits(for: "gone"))
  }

  @Test func `a put whose rclone is killed is begun again`() async throws {
    let (proxy, killer) = (try CountingProxy(before: .webdav), try KillableProgram())
    try proxy.spoil("PUT 1 cut 100000")
    let storage = proxy.storage { $0.program = killer.path }
    let bytes = [UInt8](repeating: 7, count: 300_000)
    let put = Task { try await storage.put(bytes, in: "library", as: "a") }
    #expect(try await proxy.waits(for: "cut"))
    try killer.killLast()
    try await put.value
    #expect(try await storage.contents(of: "library/a") == bytes)
  }

  @Test func `what a killed put leaves under its final name is seen by its length`() async throws {
    let (proxy, killer) = (try CountingProxy(before: .webdav), try KillableProgram())
    try proxy.spoil("PUT 1 cut 100000")
    let bytes = [UInt8](repeating: 7, count: 300_000)
    let cutting = proxy.storage {
      $0.program = killer.path
      $0.waits = []
    }
    let put = Task { try await cutting.put(bytes, in: "library", as: "a") }
    #expect(try await proxy.waits(for: "cut"))
    try killer.killLast()
    await #expect(throws: FileError.self) { try await put.value }
    // Another run of the tool.
    let storage = proxy.storage()
    var listed: [StoredFile] = []
    // The server learns a little later that nobody is there any more.
    for _ in 0..<100 where listed.isEmpty {
      listed = try await storage.list("library") { _ in true }
    }
    let left = try #require(listed.first)
    #expect(left.name == "library/a" && left.length < bytes.count)
    try await storage.delete([left.name])
    try await storage.put(bytes, in: "library", as: "a")
    #expect(try await storage.contents(of: "library/a") == bytes)
  }

  @Test func `a name that no replica could have written is passed over`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    let library = try #require(proxy.folderOfLibrary())
    try Folder.make(library.appending("deep/er/still"))
    for name in [
      "UPPER", ".hidden", "with space", "new\nline", "größe", "deep/er/still/c", "deep/b",
      "under_score",
    ] {
      try OutputFile.write([1], to: library.pushing(FilePath(name)), .umask, .new)
    }
    #expect(try await storage.names(in: "library") == ["library/a", "library/deep/b"])
  }

  @Test func `what lies in the place beside is listed no deeper than it is entered`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    #expect(try await storage.names(in: "").isEmpty)
    try await storage.put([1], in: "", as: "mark")
    try await storage.put([1], in: "library", as: "a")
    try await storage.put([1], in: "photos", as: "b")
    _ = try proxy.requests()
    let names = try await storage.list("") { $0 == "library" }.map(\.name.string).sorted()
    #expect(names == ["library/a", "mark"])
  }
}

/// A stand-in for rclone that says which process it became.
private final class KillableProgram {
  let path: String
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    path = folder.url.appendingPathComponent("rclone-that-tells").path
    let script = "#!/bin/sh\necho $$ >\"$0.id\"\nexec rclone \"$@\"\n"
    try Data(script.utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o700)
  }

  func killLast() throws {
    let text = try String(contentsOfFile: "\(path).id", encoding: .utf8)
    let id = try #require(pid_t(text.trimmingCharacters(in: .newlines)))
    #expect(kill(id, SIGKILL) == 0)
  }
}
