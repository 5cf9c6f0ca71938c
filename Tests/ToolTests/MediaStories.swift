import Foundation
import Testing

/// Sticks that are FAT, full, or cannot be written; disks that are full.
@Suite(.ownThreads)
struct MediaStories {
  @Test(.enabled(if: FATImage.isPossible, "this needs root, mkfs.vfat, and fusefat or vfat"))
  func `A FAT stick carries bundles and is an exchange folder`() throws {
    let world = try World()
    let stick = try FATImage(in: world, megabytes: 8)
    defer { stick.eject() }
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let c = try world.joined("c", to: a)
    try a.run("bundle", "create", stick.path).expect(0)
    try b.run("merge", stick.path).expect(0)
    #expect(try b.articleIDs().count == 12)
    try a.run("sync", stick.path).expect(0)
    try c.run("sync", stick.path).expect(0)
    try c.run("mark", "read", try c.articleIDs()[0]).expect(0)
    for laptop in [c, a, b, a, b, c] { try laptop.run("sync", stick.path).expect(0) }
    #expect(Set(try [a, b, c].map { try $0.fingerprint() }).count == 1)

    // What is on it is still there when it comes back, and can be read where it cannot be written.
    try stick.plugInAgain(readOnly: true)
    let d = try world.joined("d", to: a)
    let readOnly = try d.run("sync", stick.path).expect(18)
    #expect(readOnly.messages.contains(" that were merged stay."), "\(readOnly)")
    #expect(try d.articleIDs().count == 12)
    try d.run("sync", stick.path, "--pull").expect(0)
    try d.run("bundle", "create", stick.path).expect(18)
  }

  @Test(.enabled(if: FATImage.isPossible, "this needs root, mkfs.vfat, and fusefat or vfat"))
  func `A full FAT stick is said to be full, and nothing unfinished is left`() throws {
    let world = try World()
    let stick = try FATImage(in: world, megabytes: 1)
    defer { stick.eject() }
    let a = try world.laptopWithMuch(megabytes: 2)
    for command in [["bundle", "create", stick.path], ["sync", stick.path]] {
      let full = try ToolResult(a.process(command), input: nil).expect(18)
      #expect(full.messages.split(separator: "\n").count == 1, "\(full)")
    }
    let files = FileManager.default.enumerator(atPath: stick.path)?.compactMap { $0 as? String }
    #expect(files?.contains { $0.hasSuffix(".satchel") } == false, "\(files ?? [])")
    try a.run("check").expect(0)
  }

  @Test(.enabled(if: Disk.isPossible, "this needs Linux and root"))
  func `A disk that is full ends a sync on either side, and space lets it go on`() throws {
    let world = try World()
    let disk = try Disk(in: world, megabytes: 3)
    defer { disk.eject() }
    let a = try world.laptopWithMuch(megabytes: 4)
    var b = world.laptop("b")
    b.library = "\(disk.path)/library"
    let code = world.path("invitation")
    try a.run("invite", "--file", code).expect(0)
    try b.run("join", code, "--name", "b").expect(0)

    // Whoever runs out tells the other, every time.
    let sender = try a.serve()
    for _ in 1...3 {
      let full = try b.run("sync", sender.address).expect(18)
      #expect(full.messages.contains("the library cannot be written: the disk is full"))
    }
    try sender.process.wait("three lines") {
      sender.process.messages.split(separator: "\n").count == 3
    }
    for line in sender.process.messages.split(separator: "\n") {
      #expect(line.contains("with 127.0.0.1: it gave up (the disk is full)"), "\(line)")
    }
    let receiver = try b.serve()
    for _ in 1...3 {
      let full = try a.run("sync", receiver.address).expect(18)
      #expect(full.messages.contains("it gave up (the disk is full)"), "\(full)")
    }
    try b.run("check", "--deep").expect(0)

    try disk.grow(megabytes: 64)
    try a.run("sync", receiver.address).expect(0)
    #expect(try a.fingerprint() == b.fingerprint())
    try b.run("check", "--deep").expect(0)
  }

  @Test(.enabled(if: Disk.isPossible, "this needs Linux and root"))
  func `A library that cannot be written says so`() throws {
    let world = try World()
    let disk = try Disk(in: world, megabytes: 16)
    defer { disk.eject() }
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let server = try a.serve()
    try FileManager.default.copyItem(atPath: b.library, toPath: "\(disk.path)/library")
    try disk.protect()
    var readOnly = b
    readOnly.library = "\(disk.path)/library"
    try readOnly.run("sync", server.address).expect(18)
    try readOnly.run("serve", "--port", "0").expect(18)
  }
}
