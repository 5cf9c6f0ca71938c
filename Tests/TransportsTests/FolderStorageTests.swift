import Files
import Foundation
import TestSupport
import Testing

@testable import Transports

/// What a folder may hold that no other storage does.
struct FolderStorageTests {
  private let fixture: BundleFixture
  private let storage: FolderStorage
  private let share: FilePath

  init() async throws {
    fixture = try BundleFixture()
    share = fixture.path("share")
    try Folder.make(share)
    storage = FolderStorage(share)
    try await storage.prepare("library/replica")
  }

  @Test func `links, pipes and folders within are not listed`() async throws {
    let home = share.pushing("library/replica")
    try await storage.put([1], in: "library/replica", as: "file")
    try FileManager.default.createSymbolicLink(
      atPath: home.appending("link").string, withDestinationPath: "file")
    #expect(mkfifo(home.appending("pipe").string, 0o600) == 0)
    try Folder.make(home.appending("folder"))
    try FileManager.default.createSymbolicLink(
      atPath: share.pushing("library/linked").string, withDestinationPath: "replica")
    #expect(try await storage.names(in: "library") == ["library/replica/file"])
  }

  @Test func `a link that took a file's place is not followed`() async throws {
    let path = storage.path(of: "library/replica/link")
    try FileManager.default.createSymbolicLink(
      atPath: path.string, withDestinationPath: "/etc/hostname")
    let file = try #require(await storage.read(["library/replica/link"]).first)
    #expect(throws: FileError(path, .notAFile(.link))) { _ = try file.open() }
  }

  @Test func `a name is its bytes`() async throws {
    let name = FilePath(bytes: Array("library/replica/".utf8) + [0xC4, 0xFF])
    let file = try storage.create(in: "library/replica")
    try file.write([1])
    try file.commit(as: name)
    #expect(try await storage.list("library") { _ in true }.map(\.name) == [name])
    #expect(try await storage.contents(of: name) == [1])
  }

  @Test func `what an interrupted run left is taken away, in its own folder alone`() async throws {
    try await storage.prepare("library/other")
    for folder in ["library/replica", "library/other"] as [FilePath] {
      try OutputFile.write([1], to: share.pushing(folder).appending("satchel-1.tmp"), .umask, .new)
      try OutputFile.write([1], to: share.pushing(folder).appending("notes.txt"), .umask, .new)
    }
    try await storage.prepare("library/replica")
    #expect(
      try await storage.names(in: "library") == [
        "library/other/notes.txt", "library/other/satchel-1.tmp", "library/replica/notes.txt",
      ])
  }

  @Test func `the folder itself is never made`() async throws {
    let nowhere = FolderStorage(fixture.path("nowhere"))
    #expect(try await nowhere.names(in: "library").isEmpty)
    await #expect(throws: FileError(fixture.path("nowhere"), .noFolder)) {
      try await nowhere.prepare("library/replica")
    }
    #expect(!fixture.path("nowhere").exists)
  }
}
