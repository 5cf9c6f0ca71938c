import Files
import Foundation
import TestSupport
import Testing

@testable import Transports

/// Rclone as it is installed and configured, or is not.
struct RcloneSettingTests {
  private func reason(_ storage: RcloneStorage) async -> String {
    do {
      return "\(try await storage.list("library") { _ in true })"
    } catch {
      return error.reason
    }
  }

  @Test func `where there is no rclone it is told how to get it`() async throws {
    var rclone = Rclone()
    rclone.program = "rclone-that-nobody-installed"
    let storage = RcloneStorage("cloud:satchel", rclone)
    #expect(
      await reason(storage)
        == """
        rclone-that-nobody-installed is not installed here; get it from your system's packages \
        (apt-get install rclone, brew install rclone) and add the place with rclone config
        """)
  }

  @Test(.enabled(if: InstalledProgram.isHere("rclone"), "rclone is not installed"))
  func `a remote that is not there is told with those that are`() async throws {
    let storage = RcloneStorage("no-such-remote-here:satchel")
    #expect(
      await reason(storage).hasPrefix(
        "rclone: there is no remote named no-such-remote-here; there are: "))
  }

  @Test func `a path is the place's and the name`() {
    for (root, path) in [
      ("cloud:", "rclone:cloud:library/a"), ("cloud:dir", "rclone:cloud:dir/library/a"),
      ("cloud:dir/", "rclone:cloud:dir/library/a"), ("cloud:/", "rclone:cloud:/library/a"),
    ] {
      #expect(RcloneStorage(root).path(of: "library/a") == FilePath(path))
    }
  }
}

/// What is read of what rclone prints.
struct RcloneOutputTests {
  private func lines(_ text: String) -> [[UInt8]] {
    text.split(separator: "\n").map { Array($0.utf8) }
  }

  @Test func `a complaint is the first error in JSON, else what is plain, in one line`() {
    #expect(
      RcloneLog.complaint(
        lines(
          """
          {"level":"notice","msg":"no config"}
          {"level":"error","msg":"Failed to copy: AccessDenied\\n\\tstatus code: 403","object":"a"}
          {"level":"error","msg":"Attempt 1/1 failed"}
          2026/11/27 22:24:59 Failed to copy: AccessDenied
          """)) == "Failed to copy: AccessDenied status code: 403")
    #expect(
      RcloneLog.complaint(
        lines("2026/11/27 22:24:59 Failed to lsjson: \u{1B}[31mno\tsuch\u{202E} host\nstatus"))
        == "Failed to lsjson: [31mno such host status")
    #expect(RcloneLog.complaint([]) == "")
    #expect(RcloneLog.complaint(lines(String(repeating: "x", count: 1_000))).count == 300)
  }

  @Test func `progress is how many bytes were moved`() {
    #expect(
      RcloneLog.bytesMoved(Array(#"{"level":"warning","stats":{"bytes":131072}}"#.utf8)) == 131_072)
    #expect(RcloneLog.bytesMoved(Array(#"{"level":"error","msg":"no"}"#.utf8)) == nil)
    #expect(RcloneLog.bytesMoved(Array("{broken".utf8)) == nil)
  }

  @Test(arguments: [
    ("status code: 403, request id: 1", 403), ("503 Service Unavailable", 503),
    ("googleapi: Error 429: too many", 429), ("read metadata failed: 500 Internal", 500),
    ("dial tcp 10.0.0.1:443: connect: connection refused", nil),
    ("sizes differ 4040 and 12", nil), ("200 OK", nil),
  ])
  func `the number of an HTTP answer is found, and no port is one`(text: String, status: Int?) {
    #expect(RcloneFailure.httpStatus(in: text) == status)
  }

  @Test func `a listing gives well-formed names, and what is no listing is refused`() throws {
    let entries = try RcloneListing.entries(
      Array(
        #"""
        [{"Path":"a-1.satchel","Name":"x","Size":5,"IsDir":false},
         {"Path":"unknown","Size":-1,"IsDir":false}, {"Path":"../up","Size":1,"IsDir":false},
         {"Path":"a//b","Size":1,"IsDir":false}, {"Path":"","Size":1,"IsDir":false},
         {"Path":"folder","Size":-1,"IsDir":true}]
        """#.utf8))
    #expect(entries.map(\.name) == ["a-1.satchel", "folder"])
    #expect(entries.map(\.isFolder) == [false, true])
    #expect(entries.first?.length == 5)
    for broken in ["", "[", "{}", #"[{"Path":"a"}]"#, #"[{"Path":1,"Size":1,"IsDir":false}]"#] {
      #expect(throws: (any Error).self) { try RcloneListing.entries(Array(broken.utf8)) }
    }
  }
}

/// Where files lie here that come from a store or are to go there.
struct PrivateFolderTests {
  @Test func `a folder is its owner's, goes with its holder, and so does one that was left`() throws
  {
    let parent = try TemporaryFolder()
    let place = FilePath(parent.url.path)
    let left = place.appending("satchel-store-1")
    for folder in [left, place.appending("satchel-store-2"), place.appending("other")] {
      try Folder.make(folder)
      try Data([1]).write(to: folder.appending("file").url)
    }
    // What its process was killed over has a lock that nobody holds.
    try Data().write(to: left.appending("lock").url)
    do {
      let first = try PrivateFolder(in: place)
      PrivateFolder.clear(in: place)
      let second = try PrivateFolder(in: place)
      PrivateFolder.clear(in: place)
      #expect(first.path.isFolder && second.path.isFolder && !left.exists)
      #expect(try FileStatus(of: first.path, followingLinks: false).mode == 0o700)
    }
    #expect(try Folder.names(in: place).map(\.string) == ["other", "satchel-store-2"])
  }
}
