import Files
import Foundation
import TestSupport
import Testing

/// A file appears whole, in its mode, and over nothing unless it is asked to.
@Suite struct OutputFileTests {
  private let folder = try? TemporaryFolder()

  private func place(_ name: String) throws -> FilePath {
    FilePath(try #require(folder).url.path).appending(name)
  }

  private func contents(_ path: FilePath) throws -> String {
    String(decoding: try InputFile.contents(of: path, .found, limit: 100), as: UTF8.self)
  }

  @Test func `nothing is there before the commit, and nothing is left without one`() throws {
    let path = try place("file")
    do {
      let file = try OutputFile(path, .umask)
      try file.write(Array("half".utf8))
      #expect(!path.exists)
    }
    #expect(try Folder.names(in: path.folder).isEmpty)
  }

  @Test func `a taken name is left as it is, unless it is to be replaced`() throws {
    let path = try place("file")
    try OutputFile.write(Array("one".utf8), to: path, .owner, .new)
    #expect(throws: FileError(path, .taken)) {
      try OutputFile.write(Array("two".utf8), to: path, .owner, .new)
    }
    #expect(try contents(path) == "one")
    try OutputFile.write(Array("two".utf8), to: path, .owner, .replacing)
    #expect(try contents(path) == "two")
    #expect(try Folder.names(in: path.folder).count == 1)
  }

  @Test func `what a killed process left goes, and what somebody writes stays`() throws {
    let home = try place("home")
    try Folder.make(home)
    for name in ["one-1.tmp", "two-1.tmp", "one-1.satchel", "one.tmp"] {
      try OutputFile.write([1], to: home.appending(name), .umask, .new)
    }
    let file = try OutputFile(home.appending("file"), .umask, by: "one")
    OutputFile.clearAbandoned(in: home, by: "one")
    let names = try Folder.names(in: home).map(\.string)
    #expect(names.count == 4)
    #expect(!names.contains("one-1.tmp"))
    try file.commit()
    #expect(home.appending("file").exists)
    // Also by whoever writes one file there, with what SQLite had beside it.
    for name in ["two-2.tmp", "two-2.tmp-journal"] {
      try OutputFile.write([1], to: home.appending(name), .umask, .new)
    }
    _ = try OutputFile(home.appending("more"), .umask, by: "two", clearing: true)
    #expect(try Folder.names(in: home).count == 3)
    // A folder that is not there is told when one writes in it.
    OutputFile.clearAbandoned(in: home.appending("none"), by: "one")
  }

  @Test func `what is its owner's has mode 0600`() throws {
    let path = try place("secret")
    try OutputFile.write([1], to: path, .owner, .new)
    #expect(try FileStatus(of: path, followingLinks: false).mode == 0o600)
  }

  @Test func `a name may hold any bytes`() throws {
    let path = try #require(folder).url.path
    let name = FilePath(bytes: Array(path.utf8) + [0x2F, 0xD6, 0xD0, 0x2E, 0x78])
    try OutputFile.write([1], to: name, .umask, .new)
    #expect(try Folder.names(in: name.folder).map(\.bytes) == [[0xD6, 0xD0, 0x2E, 0x78]])
  }

  @Test func `a folder that is not there is told with its path`() throws {
    let path = try place("none/file")
    #expect(throws: FileError(path, .system(ENOENT))) { try OutputFile(path, .umask) }
  }

  @Test func `folders are made as deep as it needs, and names come in byte order`() throws {
    let deep = try place("a/b/c")
    try Folder.make(deep, .owner)
    try Folder.make(deep, .owner)
    #expect(try FileStatus(of: deep, followingLinks: false).mode == 0o700)
    for name in ["b", "B", "é", "a"] {
      try OutputFile.write([], to: deep.appending(name), .umask, .new)
    }
    #expect(try Folder.names(in: deep).map(\.string) == ["B", "a", "b", "é"])
    try OutputFile.write([], to: try place("file"), .umask, .new)
    #expect(throws: FileError.self) { try Folder.make(try place("file")) }
    #expect(throws: FileError.self) { try Folder.make(try place("file/sub")) }
  }
}
