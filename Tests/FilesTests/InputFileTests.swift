import Files
import Foundation
import TestSupport
import Testing

/// What may be opened, and what is refused by its name.
@Suite struct InputFileTests {
  private let folder = try? TemporaryFolder()

  private func place(_ name: String) throws -> FilePath {
    FilePath(try #require(folder).url.path).appending(name)
  }

  private func refusal(_ path: FilePath, _ origin: InputFile.Origin) -> FileError.Problem? {
    do {
      _ = try InputFile(path, origin)
      return nil
    } catch {
      return error.problem
    }
  }

  @Test func `a file is read to its end`() throws {
    let path = try place("file")
    let bytes = [UInt8](repeating: 7, count: 200_000)
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
    for origin in [InputFile.Origin.found, .named, .piped] {
      #expect(try InputFile.contents(of: path, origin, limit: 200_000) == bytes)
    }
    #expect(throws: FileError(path, .tooLarge(limit: 199_999))) {
      try InputFile.contents(of: path, .named, limit: 199_999)
    }
  }

  @Test func `a pipe is refused without waiting for a writer, unless one may pipe`() throws {
    let path = try place("x.satchel")
    #expect(mkfifo(path.string, 0o600) == 0)
    #expect(refusal(path, .found) == .notAFile(.pipe))
    #expect(refusal(path, .named) == .notAFile(.pipe))
    let writer = Thread {
      let handle = open(path.string, O_WRONLY)
      _ = write(handle, "hello", 5)
      close(handle)
    }
    writer.start()
    #expect(try InputFile.contents(of: path, .piped, limit: 5) == Array("hello".utf8))
  }

  @Test func `folders, devices and sockets are refused by their names`() throws {
    let folder = try place("folder")
    try Folder.make(folder)
    for origin in [InputFile.Origin.found, .named, .piped] {
      #expect(refusal(folder, origin) == .notAFile(.folder))
    }
    #expect(refusal("/dev/zero", .found) == .notAFile(.device))
    #expect(refusal("/dev/zero", .named) == .notAFile(.device))
    #expect(throws: FileError("/dev/zero", .tooLarge(limit: 1_000))) {
      try InputFile.contents(of: "/dev/zero", .piped, limit: 1_000)
    }
    let socketPath = try place("s")
    let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.bytes) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    for origin in [InputFile.Origin.found, .named, .piped] {
      #expect(refusal(socketPath, origin) == .notAFile(.socket))
    }
  }

  @Test func `a link is followed only where a person named it`() throws {
    let (file, link, dangling) = (try place("file"), try place("link"), try place("dangling"))
    try Data("text".utf8).write(to: URL(fileURLWithPath: file.string))
    #expect(symlink("file", link.string) == 0)
    #expect(symlink("nowhere", dangling.string) == 0)
    #expect(refusal(link, .found) == .notAFile(.link))
    #expect(refusal(link, .named) == nil)
    #expect(refusal(dangling, .found) == .notAFile(.link))
    #expect(refusal(dangling, .named) == .danglingLink)
    #expect(refusal(try place("none"), .named) == .system(ENOENT))
  }

  @Test func `a huge file of holes is refused by its length`() throws {
    let path = try place("holes")
    #expect(FileManager.default.createFile(atPath: path.string, contents: nil))
    #expect(truncate(path.string, 1 << 40) == 0)
    #expect(throws: FileError(path, .tooLarge(limit: 1 << 20))) {
      try InputFile.contents(of: path, .named, limit: 1 << 20)
    }
  }
}
