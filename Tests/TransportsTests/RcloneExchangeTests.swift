import Articles
import Files
import Foundation
import LibraryStore
import TestSupport
import Testing

@testable import Transports

/// The exchange over real stores.
struct RcloneExchangeTests {
  private let fixture: BundleFixture

  init() throws {
    fixture = try BundleFixture()
  }

  static let stores: [StoreServer.Kind] = [.s3, .webdav].filter(CountingProxy.isInstalled(before:))

  /// The kinds of requests that the exact numbers were counted for.
  private func expect(_ requests: [String: Int], _ proxy: CountingProxy) throws {
    let counted = try proxy.requests()
    if CountingProxy.isCountedVersion { #expect(counted == requests) }
    for kind in ["GET", "PUT", "DELETE"] {
      #expect(counted[kind, default: 0] == requests[kind, default: 0])
    }
  }

  private func mark(_ store: ReplicaStore, _ value: Int64) async throws {
    try await store.write(
      [fixture.article(1, 0).edit(ArticleField.progress, .integer(value))], now: BundleFixture.now)
  }

  @Test(
    .enabled(if: !stores.isEmpty, "rclone, moto or python3 is not installed"), arguments: stores)
  func `nothing new is one listing, a mark one put there and one get here`(
    kind: StoreServer.Kind
  ) async throws {
    let proxy = try CountingProxy(before: kind)
    let (one, two) = (try await fixture.filled(1), try fixture.replica(2))
    for _ in 0..<2 {
      for store in [one, two] { _ = try await fixture.synchronize(store, with: proxy.storage()) }
    }
    let listing = kind == .s3 ? ["LIST": 1, "HEAD": 1] : ["PROPFIND": 2]
    _ = try proxy.requests()
    _ = try await fixture.synchronize(two, with: proxy.storage())
    try expect(listing, proxy)
    try await mark(one, 1)
    _ = try await fixture.synchronize(one, with: proxy.storage())
    try expect(
      kind == .s3 ? ["LIST": 1, "HEAD": 1, "PUT": 1] : ["PROPFIND": 3, "PUT": 1, "MKCOL": 1], proxy)
    #expect(try await fixture.synchronize(two, with: proxy.storage()).receivedFiles == 1)
    try expect(
      kind == .s3 ? ["LIST": 1, "HEAD": 1, "GET": 1] : ["PROPFIND": 4, "GET": 1], proxy)
    #expect(try await one.report().fingerprint == two.report().fingerprint)
  }

  @Test(.enabled(if: stores.count == 2, "rclone, moto or python3 is not installed"))
  func `three replicas that share a bucket, a WebDAV folder and a folder are equal`() async throws {
    var stores: [ReplicaStore] = []
    for number in 1...3 { stores.append(try await fixture.filled(UInt64(number), articles: 1)) }
    let share = fixture.path("share")
    try Folder.make(share)
    let places: [any Storage] = [
      RcloneStorage(try StoreServer.shared(.s3).place()),
      RcloneStorage(try StoreServer.shared(.webdav).place()), FolderStorage(share),
    ]
    // Each place is shared by two of them.
    for round in 0..<3 {
      for (number, place) in places.enumerated() {
        for store in [stores[number], stores[(number + 1) % 3]] {
          _ = try await fixture.synchronize(
            store, with: place, now: BundleFixture.now + Int64(round) * 90_000_000)
        }
      }
    }
    for store in stores.dropFirst() { try await expectEqual(stores[0], store) }
    #expect(try await stores[0].articleCount() == 3)
  }

  @Test(.enabled(if: stores.contains(.webdav), "rclone or python3 is not installed"))
  func `of 61 replicas nothing new costs what it costs of two`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let place = try #require(proxy.folderOfLibrary()).folder
    try Folder.make(place)
    let one = try await fixture.filled(1, articles: 1)
    for number in 2...61 {
      let store = try fixture.replica(UInt64(number))
      try await mark(store, Int64(number))
      _ = try await fixture.synchronize(store, .push, with: FolderStorage(place))
    }
    _ = try await fixture.synchronize(one, with: proxy.storage())
    #expect(try await one.report().knowledge.lines.count == 61)
    _ = try proxy.requests()
    _ = try await fixture.synchronize(one, with: proxy.storage())
    try expect(["PROPFIND": 2], proxy)
  }

  @Test(.enabled(if: stores.contains(.webdav), "rclone or python3 is not installed"))
  func `a store that only takes is told of, and all else goes on`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let one = try await fixture.filled(1, articles: 1)
    for value in 1...3 {
      try await mark(one, Int64(value))
      _ = try await fixture.synchronize(one, with: proxy.storage())
    }
    try proxy.spoil("DELETE 99 403")
    try await mark(one, 9)
    let result = try await fixture.synchronize(
      one, with: proxy.storage(), now: BundleFixture.now + 90_000_000)
    #expect(result.sent.operationCount == 1)
    #expect(result.deletedFiles == 0)
    #expect(result.refusedDelete != nil)
  }
}
