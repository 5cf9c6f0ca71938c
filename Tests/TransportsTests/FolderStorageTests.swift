import Files
import Foundation
import TestSupport
import Testing

@testable import Transports

/// What a folder may hold that no other storage does.
struct FolderStorageTests {
  private let folder: TemporaryFolder
  private let storage: FolderStorage
  private let share: FilePath

  init() async throws {
    folder = try TemporaryFolder()
    share = FilePath(folder.url.path).appending("share")
    try Folder.make(share)
    storage = FolderStorage(share)
    try await storage.prepare("library/replica", for: "writer")
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
    let file = try storage.create(in: "library/replica", for: "writer")
    try file.write([1])
    try file.commit(as: name)
    #expect(try await storage.list("library") { _ in true }.map(\.name) == [name])
    #expect(try await storage.contents(of: name) == [1])
  }

  @Test func `of what lies there only unfinished files of the writer's own are taken away`()
    async throws
  {
    let names: [FilePath.Component] = [
      "one-1.tmp", "one-1.satchel", "one1-1.tmp", "two-1.tmp", "one.txt",
    ]
    for name in names {
      try OutputFile.write([1], to: share.pushing("library").appending(name), .umask, .new)
    }
    try await storage.prepare("library", for: "one")
    #expect(
      try await storage.names(in: "library") == [
        "library/one-1.satchel", "library/one.txt", "library/one1-1.tmp", "library/two-1.tmp",
      ])
  }

  @Test func `an unfinished file's name begins with its writer`() throws {
    let file = try storage.create(in: "library", for: "one")
    let names = try Folder.names(in: share.pushing("library")).map(\.string)
    #expect(names.contains { $0.hasPrefix("one-") })
    withExtendedLifetime(file) {}
  }

  #if os(Linux)
    @Test func `a folder that hands its group on does so to folders in it`() async throws {
      #expect(chmod(share.string, 0o2775) == 0)
      try await storage.prepare("new/folder", for: "one")
      #expect(try mode(of: "new/folder") & 0o2000 == 0o2000)
    }
  #endif

  private func mode(of name: FilePath) throws -> mode_t {
    try FileStatus(of: share.pushing(name), followingLinks: false).mode
  }

  @Test func `what is written lies in the folder that was listed, or it is told`() async throws {
    _ = try await storage.list("library") { _ in true }
    // As a stick that is unmounted leaves another folder at its path.
    let away = share.folder.appending("away")
    try FileManager.default.moveItem(atPath: share.string, toPath: away.string)
    try Folder.make(share)
    await #expect(throws: FileError(share, .anotherFolder)) {
      try await storage.prepare("library", for: "writer")
    }
    let file = try storage.create(in: "library", for: "writer")
    try file.write([1])
    try file.commit(as: "library/a")
    await #expect(throws: FileError(share, .anotherFolder)) { try await storage.flush() }
    #expect(try Folder.names(in: share).isEmpty)
    #expect(away.pushing("library/a").exists)
    // Where it is back, nothing is wrong.
    try FileManager.default.removeItem(atPath: share.string)
    try FileManager.default.moveItem(atPath: away.string, toPath: share.string)
    try await storage.flush()
    #expect(try await storage.contents(of: "library/a") == [1])
  }

  @Test func `the folder itself is never made`() async throws {
    let path = FilePath(folder.url.path).appending("nowhere")
    let nowhere = FolderStorage(path)
    #expect(try await nowhere.names(in: "library").isEmpty)
    await #expect(throws: FileError(path, .noFolder)) {
      try await nowhere.prepare("library/replica", for: "writer")
    }
    #expect(!path.exists)
  }
}
