import Files
import LibraryStore
import Testing

@testable import Transports

/// What stores of S3's kind do when they are not well, and what that costs. rclone's S3 tries some
/// things again by itself, whatever it is told.
@Suite(
  .enabled(if: CountingProxy.isInstalled(before: .s3), "rclone, moto or python3 is not installed"))
struct RcloneS3TroubleTests {
  private let proxy: CountingProxy

  init() throws {
    proxy = try CountingProxy(before: .s3)
  }

  /// Expects these requests since the last time; with another rclone at least one of each kind.
  private func expect(_ requests: [String: Int], _ comment: Comment? = nil) throws {
    var counted = try proxy.requests()
    counted["gone"] = nil
    if CountingProxy.isCountedVersion {
      #expect(counted == requests, comment)
    } else {
      #expect(Set(requests.keys).isSubset(of: counted.keys), comment)
    }
  }

  /// Expects an error of a store, of this kind, and in one line.
  private func expect(
    _ failure: FileError.StoreFailure, saying words: String = "",
    _ body: () async throws -> Void
  ) async {
    await #expect {
      try await body()
    } throws: { error in
      guard case .store(failure, let reason) = (error as? FileError)?.problem else { return false }
      return !reason.isEmpty && !reason.contains("\n") && reason.hasPrefix(words)
    }
  }

  @Test(arguments: [500, 503, 429])
  func `a bucket that is not well for a while is asked again`(status: Int) async throws {
    let storage = proxy.storage()
    try proxy.spoil("PUT 2 \(status)", "LIST 1 \(status)", "DELETE 1 \(status)")
    try await storage.put([1, 2, 3], in: "library", as: "a")
    try expect(["PUT": 3])
    #expect(try await storage.names(in: "library") == ["library/a"])
    try expect(["LIST": 2, "HEAD": 1])
    try await storage.put([4], in: "library", as: "b")
    try proxy.spoil("GET 1 \(status)")
    _ = try proxy.requests()
    let files = try await storage.read(["library/a", "library/b"])
    #expect(try files.map { try $0.open().length } == [3, 1])
    // The one that came is not asked for again.
    try expect(["GET": 3])
    try proxy.spoil("DELETE 1 \(status)")
    try await storage.delete(["library/a"])
    try expect(["DELETE": 2, "HEAD": 2])
    #expect(try await storage.names(in: "library") == ["library/b"])
  }

  @Test func `a bucket that stays ill is given up, and what was not sent is kept`() async throws {
    let storage = proxy.storage()
    try proxy.spoil("PUT 4 500", "LIST 16 500")
    await expect(.unreachable) { try await storage.put([1], in: "library", as: "a") }
    try expect(["PUT": 4])
    await expect(.unreachable) { _ = try await storage.names(in: "library") }
    try expect(["LIST": 16, "HEAD": 4])
    try await storage.flush()
    #expect(try await storage.contents(of: "library/a") == [1])
  }

  @Test func `a bucket that refuses is asked once`() async throws {
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    _ = try proxy.requests()
    try proxy.spoil("PUT 9 403", "DELETE 9 403")
    await expect(.refused) { try await storage.put([2], in: "library", as: "b") }
    try expect(["PUT": 1])
    await expect(.refused) { try await storage.delete(["library/a"]) }
    // Whether it is there after all is asked by one listing.
    try expect(["DELETE": 1, "HEAD": 3, "LIST": 1])
    try proxy.spoil("LIST 9 403", "GET 9 403")
    await expect(.refused) { _ = try await storage.names(in: "library") }
    try expect(["LIST": 1, "HEAD": 1])
    // The file tells it, and keeps no other back.
    let file = try #require(await storage.read(["library/a"]).first)
    await expect(.refused) { _ = try file.open() }
    try expect(["GET": 1])
  }

  @Test func `a refused look at one name keeps no listing back`() async throws {
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    try proxy.spoil("HEAD 9 403")
    #expect(try await storage.names(in: "library") == ["library/a"])
  }

  @Test func `a listed object that does not come is missing, and others come`() async throws {
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    try await storage.put([2], in: "library", as: "b")
    try proxy.spoil("GET 1 404")
    _ = try proxy.requests()
    let files = try await storage.read(["library/a", "library/b"])
    // Which of the two the answer goes to is the store's affair.
    #expect(files.filter { (try? $0.open()) != nil }.count == 1)
    try expect(["GET": 2])
    // One that somebody else took away is no error.
    try proxy.spoil("HEAD 9 404", "LIST 1 404")
    try await storage.delete(["library/b"])
    try expect(["HEAD": 2, "LIST": 1])
  }

  @Test func `a bucket that lists late shows an object later, and never frees its name`()
    async throws
  {
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    #expect(try await storage.names(in: "library") == ["library/a"])
    try await storage.put([2], in: "library", as: "b")
    try proxy.spoil("LIST 1 stale")
    #expect(try await storage.names(in: "library") == ["library/a"])
    await #expect {
      try await storage.put([3], in: "library", as: "b")
    } throws: {
      ($0 as? FileError)?.problem == .taken
    }
    #expect(try await storage.names(in: "library") == ["library/a", "library/b"])
  }

  @Test(arguments: ["LIST", "PUT", "GET"])
  func `a bucket that falls silent is given up, and no rclone stays`(kind: String) async throws {
    try await proxy.storage().put([1], in: "library", as: "a")
    try proxy.spoil("\(kind) 9 hang")
    let storage = proxy.storage { $0.patienceSeconds = (2, 2) }
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
}

// Clocks that are wrong.
extension RcloneS3TroubleTests {
  @Test func `a bucket refuses whose clock is a day wrong, who is told to set it`() async throws {
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    _ = try proxy.requests()
    try proxy.spoil(
      "PUT 9 skewed", "LIST 9 skewed", "HEAD 9 skewed", "GET 9 skewed", "DELETE 9 skewed")
    let words = "set this machine's clock"
    await expect(.refused, saying: words) { try await storage.put([2], in: "library", as: "b") }
    try expect(["PUT": 1])
    await expect(.refused, saying: words) { _ = try await storage.names(in: "library") }
    try expect(["LIST": 1, "HEAD": 1])
    let file = try #require(await storage.read(["library/a"]).first)
    await expect(.refused, saying: words) { _ = try file.open() }
    try expect(["GET": 1])
    try proxy.spoil()
    #expect(try await storage.names(in: "library") == ["library/a"])
  }

  @Test(arguments: [-1, 1])
  func `times that the bucket tells a day off change nothing`(days: Int) async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    try proxy.spoil(
      "LIST 99 dated \(days)", "HEAD 99 dated \(days)", "GET 99 dated \(days)",
      "PUT 99 dated \(days)")
    // The one's own clock is a day off, too, and the other's is right.
    let times = [BundleFixture.now + Int64(days) * 86_400_000, BundleFixture.now]
    for _ in 0..<2 {
      for (store, now) in zip([one, two], times) {
        _ = try await fixture.synchronize(store, with: proxy.storage(), now: now)
      }
    }
    try await expectEqual(one, two)
    _ = try proxy.requests()
    for (store, now) in zip([one, two], times) {
      let result = try await fixture.synchronize(store, with: proxy.storage(), now: now)
      #expect(result.sent.paths.isEmpty && result.receivedFiles == 0 && result.skipped.isEmpty)
    }
    try expect(["LIST": 2, "HEAD": 2])
  }

  @Test func `a bucket that lists what was a day ago costs at most a file twice`() async throws {
    let fixture = try BundleFixture()
    let (one, two) = (try await fixture.filled(1), try await fixture.filled(2))
    _ = try await fixture.synchronize(one, with: proxy.storage())
    _ = try await fixture.synchronize(two, with: proxy.storage())
    // From here on every listing is as this one was: the files of both are not there yet.
    try proxy.spoil("LIST 99 stale")
    let again = try await fixture.synchronize(two, with: proxy.storage())
    #expect(again.sent.operationCount > 0 && again.skipped.isEmpty)
    try proxy.spoil()
    for store in [one, two, one] { _ = try await fixture.synchronize(store, with: proxy.storage()) }
    try await expectEqual(one, two)
    let last = try await fixture.synchronize(two, with: proxy.storage())
    #expect(last.sent.paths.isEmpty && last.receivedFiles == 0)
  }
}
