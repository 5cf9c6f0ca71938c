import Foundation
import Testing

/// A folder that several machines share, and the names they give it.
@Suite(.ownThreads)
struct SyncStories {
  @Test func `Three machines converge over one folder mixed with a stick`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let c = try world.joined("c", to: a)
    try a.run("sync", share).expect(0)
    try b.run("sync", share).expect(0)
    let ids = try b.articleIDs()
    #expect(ids.count == 12)
    try b.run("note", ids[0], "-m", "from b").expect(0)
    try a.run("note", ids[0], "-m", "from a").expect(0)
    // C hears of A by stick only, and of B by the folder.
    try a.run("bundle", "create", world.path("stick.satchel")).expect(0)
    try c.run("merge", world.path("stick.satchel")).expect(0)
    for laptop in [b, c, a, b, c, a, b, c] { try laptop.run("sync", share).expect(0) }
    let fingerprints = try [a, b, c].map { try $0.fingerprint() }
    #expect(Set(fingerprints).count == 1)
    let conflicts = try [a, b, c].map { try $0.run("conflicts", "--json").expect(0).output }
    #expect(Set(conflicts).count == 1)
    #expect(conflicts[0].contains("from a") && conflicts[0].contains("from b"))
  }

  @Test func `What came by a stick is nothing new in a folder`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    for _ in 0..<3 { for laptop in [a, b] { try laptop.run("sync", share).expect(0) } }
    try a.run("mark", "read", try a.articleIDs()[0]).expect(0)
    try a.run("bundle", "create", world.path("stick.satchel")).expect(0)
    try a.run("sync", share).expect(0)
    try b.run("merge", world.path("stick.satchel")).expect(0)
    #expect(try b.run("sync", share).expect(0).output == "Nothing new at \(share).\n")
  }

  @Test func `Sync without a target does all remotes and goes on past one that fails`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    try a.run("sync").expect(64)
    try a.run("remote", "add", "gone", world.path("gone")).expect(0)
    try a.run("remote", "add", "share", share).expect(0)
    let result = try a.run("sync").expect(3)
    #expect(result.messages.contains("gone"), "\(result)")
    #expect(result.output.contains("share"), "\(result)")
    try a.run("sync", "gone").expect(17)
    try a.run("sync", "share").expect(0)
    let remotes = try #require(try a.json("status")["remotes"] as? [[String: Any]])
    #expect(remotes.compactMap { $0["name"] as? String } == ["gone", "share"])
    try a.run("remote", "remove", "gone").expect(0)
    try a.run("remote", "remove", "gone").expect(4)
    try a.run("sync").expect(0)
  }

  @Test func `A dry run of sync writes nothing`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let result = try a.run("sync", share, "-n").expect(0)
    #expect(result.output.contains("send 145 operations"), "\(result)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: share).isEmpty)
  }

  @Test func `Operations that no file brings are told of each time until one does`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let (b, c) = (try world.joined("b", to: a), try world.joined("c", to: a))
    for laptop in [a, b] { try laptop.run("sync", share).expect(0) }
    let id = try #require(a.json("status")["replica"] as? [String: Any])["id"] as? String ?? "-"
    for file in try files(in: share) where file.contains("/\(id)-") {
      try FileManager.default.removeItem(atPath: file)
    }
    for _ in 0..<3 {
      let result = try c.run("sync", share).expect(16)
      #expect(result.messages.contains("A replica that holds them"), "\(result)")
      for arguments in [["sync", share, "--json"], ["sync", share, "--json", "-n"]] {
        let missing =
          try ToolResult(c.process(arguments), input: nil).expect(16).object()["missing"]
          as? [String: Any]
        #expect(missing?.keys.contains(id) == true)
      }
    }
    #expect(try c.run("sync", share, "-n").expect(16).messages.contains("still missing"))
    try b.run("sync", share).expect(0)
    let plan = try c.run("sync", share, "-n", "--json").expect(0).object()
    #expect((plan["received"] as? [String: Any])?["new"] as? Int == 145)
    try c.run("sync", share).expect(0)
    #expect(try c.articleIDs().count == 12)
  }

  @Test func `A dry run tells what would be left out, with the keys of a real run`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("sync", share).expect(0)
    for file in try files(in: share) where file.hasSuffix(".satchel") {
      try Data(count: 1_000).write(to: URL(filePath: file))
    }
    let real = try b.run("sync", share, "--json").expect(3).object()
    let plan = try b.run("sync", share, "--json", "-n").expect(3).object()
    #expect(plan.keys.sorted() == real.keys.sorted())
    #expect((plan["skipped"] as? [Any])?.count == 1)
    let told = try b.run("sync", share).expect(3)
    #expect(told.messages.contains("tried again"), "\(told)")
  }

  @Test func `Who finds nothing of the library and knows nobody is asked whether it is the place`()
    throws
  {
    let world = try World()
    let (share, typo) = (try folder("share", in: world), try folder("typo", in: world))
    let a = try world.laptopWithSamples()
    try a.run("sync", share).expect(0)
    let b = try world.joined("b", to: a)
    for arguments in [["sync", typo, "-n"], ["sync", typo]] {
      let result = try ToolResult(b.process(arguments), input: nil).expect(0)
      #expect(result.messages.contains("nothing of this library lay in"), "\(result)")
    }
    #expect(try b.run("sync", share).expect(0).messages.isEmpty)
    let other = try folder("other", in: world)
    #expect(try b.run("sync", other).expect(0).messages.isEmpty)
  }

  @Test func `Places that are none are told by what they are`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    try world.write(Data([1]), to: "file")
    let result = try a.run("sync", world.path("file")).expect(17)
    #expect(!result.messages.contains("no such folder"), "\(result)")
    let added = try a.run("remote", "add", "x", world.path("nowhere")).expect(0)
    #expect(added.messages.contains("there is no folder"), "\(added)")
    try a.run("remote", "add", "y", world.path("elsewhere")).expect(0)
    let lines = try a.run("sync", "--json").messages.split(separator: "\n")
    let remotes = try lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }.compactMap { $0?["remote"] as? String }
    #expect(remotes == ["x", "y"])
  }

  /// The files in a shared folder.
  private func files(in share: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: share).map { "\(share)/\($0)" }
  }

  @Test func `Another library's folder is refused unless it is meant, and is left alone`() throws {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    let stranger = try world.laptopWithSamples("stranger")
    try a.run("sync", share).expect(0)
    let refused = try stranger.run("sync", share).expect(12)
    #expect(refused.messages.contains("files of another library"), "\(refused)")
    #expect(refused.messages.contains("satchel sync --here"), "\(refused)")
    try stranger.run("sync", share, "--here").expect(0)
    try stranger.run("sync", share).expect(0)
    let before = try a.fingerprint()
    try a.run("sync", share).expect(0)
    #expect(try a.fingerprint() == before)
  }

  @Test func `A place in which nothing is left of the library is refused unless it is meant`()
    throws
  {
    let world = try World()
    let share = try folder("share", in: world)
    let a = try world.laptopWithSamples()
    try a.run("remote", "add", "stick", share).expect(0)
    try a.run("sync").expect(0)
    // As if it was not mounted.
    try FileManager.default.removeItem(atPath: share)
    _ = try folder("share", in: world)
    for target in ["stick", share] {
      let refused = try a.run("sync", target).expect(17)
      #expect(refused.messages.contains("another stick"), "\(refused)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: share).isEmpty)
    }
    try a.run("sync", "-n").expect(17)
    try a.run("sync", "--here").expect(0)
    try a.run("sync").expect(0)
  }

  @Test(arguments: ["002", "027", "077"])
  func `Folders and files in a shared folder have the modes that the umask leaves them`(
    mask: String
  ) throws {
    let world = try World()
    let share = try folder("share", in: world)
    var a = try world.laptopWithSamples()
    a.launcher = ["/bin/sh", "-c", "umask \(mask); exec \"$@\"", "sh"]
    try a.run("sync", share).expect(0)
    let taken = try #require(Int(mask, radix: 8))
    let names = try FileManager.default.subpathsOfDirectory(atPath: share)
    #expect(names.count == 3)
    for name in names {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(share)/\(name)")
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      let mode = try #require(attributes[.posixPermissions] as? Int)
      #expect(mode & 0o777 == (isFolder ? 0o777 : 0o666) & ~taken, "\(name)")
    }
  }

  private func folder(_ name: String, in world: World) throws -> String {
    let path = world.path(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}
