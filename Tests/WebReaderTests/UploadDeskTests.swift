import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import WebReader

@Suite struct UploadDeskTests {
  private let folder: TemporaryFolder
  private let place: FilePath
  private let clock = Clock()

  /// A clock that is set.
  private final class Clock: Sendable {
    private let seconds = Mutex(0)
    private let start = ContinuousClock.now

    var now: ContinuousClock.Instant { start + .seconds(seconds.withLock { $0 }) }
    func pass(seconds more: Int) { seconds.withLock { $0 += more } }
  }

  init() throws {
    folder = try TemporaryFolder()
    place = FilePath(folder.url.path).appending("uploads")
  }

  private func desk(_ limits: UploadDesk.Limits = UploadDesk.Limits()) -> UploadDesk {
    UploadDesk(folder: place, limits: limits) { [clock] in clock.now }
  }

  private func upload(_ text: String, to desk: UploadDesk) async throws -> [WebRequest.Upload] {
    let file = try UploadedFile(in: try await desk.folderForFiles())
    try file.write(text.utf8)
    return [WebRequest.Upload(name: "a.txt", file)]
  }

  private func names() throws -> Int { try Folder.names(in: place).count }

  @Test func `what was held is taken once, by its session, and its files go with it`() async throws
  {
    let desk = desk()
    let id = try await desk.hold(try await upload("text", to: desk), of: "a")
    #expect(await desk.take(id, of: "b") == nil)
    #expect(await desk.take("other", of: "a") == nil)
    do {
      let taken = try #require(await desk.take(id, of: "a"))
      #expect(taken.map(\.name) == ["a.txt"] && taken.map(\.bytes) == [4])
      let file = try #require(taken.first?.file)
      #expect(try InputFile.contents(of: file, .found, limit: 100) == Array("text".utf8))
      #expect(try FileStatus(of: file, followingLinks: false).mode == 0o600)
      #expect(try FileStatus(of: place, followingLinks: false).mode == 0o700)
    }
    #expect(await desk.take(id, of: "a") == nil)
    #expect(try names() == 0)
  }

  @Test func `what waits longest has to go for what comes`() async throws {
    let desk = desk(UploadDesk.Limits(count: 2, bytes: 10))
    let first = try await desk.hold(try await upload("123", to: desk), of: "a")
    let second = try await desk.hold(try await upload("123", to: desk), of: "a")
    let third = try await desk.hold(try await upload("123", to: desk), of: "a")
    #expect(await desk.take(first, of: "a") == nil)
    #expect(try names() == 2)
    let large = try await desk.hold(try await upload("12345678", to: desk), of: "a")
    #expect(await desk.take(second, of: "a") == nil)
    #expect(await desk.take(third, of: "a") == nil)
    #expect(await desk.take(large, of: "a")?.count == 1)
  }

  @Test func `what is too much alone is refused, and nothing else goes for it`() async throws {
    let desk = desk(UploadDesk.Limits(count: 2, bytes: 4))
    let small = try await desk.hold(try await upload("1234", to: desk), of: "a")
    let large = try await upload("12345", to: desk)
    await #expect(throws: (any Error).self) { try await desk.hold(large, of: "a") }
    #expect(await desk.take(small, of: "a") != nil)
  }

  @Test func `half an hour is the end`() async throws {
    let desk = desk()
    let old = try await desk.hold(try await upload("1", to: desk), of: "a")
    clock.pass(seconds: 1_799)
    let new = try await desk.hold(try await upload("2", to: desk), of: "a")
    clock.pass(seconds: 1)
    #expect(await desk.take(old, of: "a") == nil)
    #expect(try names() == 1)
    #expect(await desk.take(new, of: "a") != nil)
  }

  @Test func `what a killed process left goes at the start, and what somebody wants stays`()
    async throws
  {
    let desk = desk()
    let id = try await desk.hold(try await upload("1", to: desk), of: "a")
    for name in ["upload-7.tmp", "named-x/1/a.html", "named-x/2/b.html"] {
      let path = place.appending(name)
      try Folder.make(path.removingLastComponent(), .owner)
      try Data("left".utf8).write(to: URL(fileURLWithPath: path.string))
    }
    // Of another process that is only beginning.
    try Folder.make(place.appending("named-y"), .owner)
    let taken = try NamedUploads(try await upload("2", to: desk))
    await desk.clearAbandoned()
    #expect(try Folder.names(in: place, startingWith: "upload-").count == 2)
    #expect(try Folder.names(in: place, startingWith: "named-").count == 2)
    #expect(!place.appending("named-x").exists && taken.paths[0].exists)
    #expect(await desk.take(id, of: "a") != nil)
  }
}
