import Files
import Testing

@testable import Satchel

struct SyncTargetTests {
  @Test(arguments: [
    ("/media/stick", "folder"), ("nas", "folder"), ("./nas:7282", "folder"),
    ("nas:folder", "folder"), ("nas:7282", "host"), ("[fe80::1%eth0]:7282", "host"),
    ("[fe80::1%wl-p3_0]:7282", "host"), ("ssh://[fe80::1%wl-p3_0]/srv/library", "ssh"),
    ("192.168.0.2:1", "host"), ("ssh://nas", "ssh"), ("ssh://me@nas:22/~/library", "ssh"),
    ("ssh://[::1]/srv/library", "ssh"), ("rclone:cloud:", "rclone"),
    ("rclone:cloud:books/satchel", "rclone"), ("rclone::s3,region=x:bucket", "rclone"),
    ("rclone:7282", "host"), ("./rclone:cloud:", "folder"), ("rclone", "folder"),
  ])
  func `text is read as a kind of target, and what is remembered of it reads back`(
    text: String, kind: String
  ) throws {
    let target = try SyncTarget(text)
    switch kind {
    case "folder": #expect(target.folder == FilePath(text).absolute)
    case "host": #expect(target.kind is HostTarget)
    case "rclone": #expect(target.kind is RcloneTarget)
    default: #expect(target.kind is SSHTarget)
    }
    if kind != "folder" { #expect(target.folder == nil && target.description == text) }
    #expect(try SyncTarget(target.text) == target)
  }

  @Test(arguments: [
    "", "nas:0", "nas:65536", "[::1]:70000", "ssh://", "ssh://-oProxyCommand=x", "ssh://-x@nas",
    "ssh://nas:0/", "ssh://nas:x", "rclone:", "rclone:cloud", "rclone:/srv/books", "rclone::",
    "rclone:--config:x", "rclone:cloud:a\nb",
  ])
  func `what is no target is refused before anything is done with it`(text: String) {
    #expect {
      _ = try SyncTarget(text)
    } throws: {
      guard case LibraryError.invalid = $0 else { return false }
      return true
    }
  }

  @Test func `every byte of a folder's path is remembered`() throws {
    let path = FilePath(bytes: Array("/media/".utf8) + [0xC4, 0xFF])
    let target = SyncTarget.folder(path)
    #expect(target.description == "/media/\\xC4\\xFF")
    #expect(try SyncTarget(target.text).folder == path)
  }

  @Test func `a store is not listed by somebody who only looks`() async throws {
    let library = try await Library.inMemory()
    let (store, folder) = (try SyncTarget("rclone:cloud:books"), try SyncTarget("/nowhere"))
    #expect(await store.kind.files(of: library) == nil)
    #expect(await folder.kind.files(of: library) == [:])
    #expect(store.holdsFiles && folder.holdsFiles)
    #expect(try !SyncTarget("nas:7282").holdsFiles)
  }

  @Test func `targets are equal where they are remembered alike`() throws {
    #expect(try SyncTarget("nas:7282") == .host("nas", port: 7_282))
    #expect(SyncTarget.folder("/nas") != .host("nas", port: 7_282))
  }
}
