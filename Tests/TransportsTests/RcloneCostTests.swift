import Files
import Foundation
import TestSupport
import Testing

@testable import Transports

/// What a store is asked, counted by a proxy: exactly with the rclone it was measured with, within
/// bounds with others.
struct RcloneCostTests {
  static let stores: [StoreServer.Kind] = [.s3, .webdav].filter(CountingProxy.isInstalled(before:))

  /// Expects these requests, or with another rclone no more of the kinds that carry files.
  private func expect(_ requests: [String: Int], _ proxy: CountingProxy) throws {
    let counted = try proxy.requests()
    if CountingProxy.isCountedVersion {
      #expect(counted == requests)
    } else {
      for kind in ["GET", "PUT", "DELETE"] {
        #expect(counted[kind, default: 0] == requests[kind, default: 0])
      }
      let (total, expected) = (counted.values.reduce(0, +), requests.values.reduce(0, +))
      #expect(total <= expected * 2 + 4)
    }
  }

  @Test(
    .enabled(if: !stores.isEmpty, "rclone, moto or python3 is not installed"), arguments: stores)
  func `a listing, a put, a read and a delete cost what they must`(
    kind: StoreServer.Kind
  ) async throws {
    let proxy = try CountingProxy(before: kind)
    let storage = proxy.storage()
    try await storage.prepare("library", for: "writer")
    try expect([:], proxy)
    try await storage.put([1], in: "library", as: "a")
    // The first file makes the folders above it.
    #expect(try proxy.requests()["PUT"] == 1)
    try await storage.put([2], in: "library", as: "b")
    try expect(
      kind == .s3 ? ["PUT": 1] : ["PUT": 1, "MKCOL": 1, "PROPFIND": 1], proxy)
    #expect(try await storage.names(in: "library") == ["library/a", "library/b"])
    try expect(kind == .s3 ? ["LIST": 1, "HEAD": 1] : ["PROPFIND": 2], proxy)
    let files = try await storage.read(["library/a", "library/b"])
    #expect(try files.map { try $0.open().read(upTo: 10) } == [[1], [2]])
    try expect(kind == .s3 ? ["GET": 2] : ["GET": 2, "PROPFIND": 3], proxy)
    try await storage.delete(["library/a"])
    try expect(kind == .s3 ? ["DELETE": 1, "HEAD": 2] : ["DELETE": 1, "PROPFIND": 2], proxy)
  }

  @Test(
    .enabled(if: stores.contains(.webdav), "rclone or python3 is not installed"))
  func `a listing costs the same however many files there are`() async throws {
    let proxy = try CountingProxy(before: .webdav)
    let storage = proxy.storage()
    try await storage.put([1], in: "library", as: "a")
    let library = try #require(proxy.folderOfLibrary())
    for number in 0..<60 {
      try Data([1]).write(to: library.appending("\(number).satchel").url)
    }
    _ = try proxy.requests()
    #expect(try await storage.names(in: "library").count == 61)
    try expect(["PROPFIND": 2], proxy)
  }
}
