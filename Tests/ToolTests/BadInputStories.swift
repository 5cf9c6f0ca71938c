import Foundation
import Testing

/// What a stick can bring: each gets one clear error, its exit code, and a library unchanged.
@Suite(.ownThreads)
struct BadInputStories {
  @Test func `Files that are no bundle of this library are refused and change nothing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stranger = try world.laptopWithSamples("stranger")
    try a.run("bundle", "create", world.path("good.satchel")).expect(0)
    try a.run("bundle", "create", world.path("open.satchel"), "--open").expect(0)
    try stranger.run("bundle", "create", world.path("foreign.satchel")).expect(0)
    try stranger.run("bundle", "create", world.path("foreign-open.satchel"), "--open").expect(0)
    let good = try world.read("good.satchel")
    let open = try world.read("open.satchel")

    try world.write(Data("a page of text".utf8), to: "text.satchel")
    try world.write(Data(), to: "empty.satchel")
    try world.write(good.prefix(good.count / 2), to: "cut.satchel")
    try world.write(open.prefix(open.count / 2), to: "open-cut.satchel")
    try world.write(open.flipped(at: open.count / 2), to: "open-flipped.satchel")
    try world.write(good.flipped(at: good.count / 2), to: "flipped.satchel")
    try world.write(open.replacing([0, 99], at: 10), to: "newer.satchel")

    let before = try b.fingerprint()
    let cases: [(String, Int32)] = [
      ("text.satchel", 13), ("empty.satchel", 13), ("cut.satchel", 13), ("open-cut.satchel", 13),
      ("flipped.satchel", 13), ("open-flipped.satchel", 13), ("newer.satchel", 14),
      ("foreign.satchel", 12), ("foreign-open.satchel", 12), ("nowhere.satchel", 4),
    ]
    for (name, code) in cases {
      let result = try b.run("merge", world.path(name)).expect(code)
      #expect(result.output == "", "\(name)")
      #expect(result.messages.split(separator: "\n").count == 1, "\(result)")
      #expect(result.messages.contains("Nothing"), "\(result)")
      try b.run("bundle", "verify", world.path(name)).expect(code)
    }
    #expect(try b.fingerprint() == before)
    #expect(try b.articleIDs().isEmpty)
    try b.run("merge", world.path("good.satchel")).expect(0)
    #expect(try b.articleIDs().count == 12)
  }

  @Test func `One bad file among several stops all of them`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("good.satchel")).expect(0)
    try world.write(Data("nothing".utf8), to: "bad.satchel")
    try b.run("merge", world.path("good.satchel"), world.path("bad.satchel")).expect(13)
    #expect(try b.articleIDs().isEmpty)
  }

  @Test func `A folder with strangers' files gives what is ours and lists the rest`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let stranger = try world.laptopWithSamples("stranger")
    let stick = world.path("stick")
    try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: true)
    try a.run("bundle", "create", stick).expect(0)
    try stranger.run("bundle", "create", stick).expect(0)
    try world.write(Data("holiday".utf8), to: "stick/photo.jpg")
    try world.write(Data("no bundle".utf8), to: "stick/broken.satchel")
    let result = try b.run("merge", stick).expect(3)
    #expect(result.messages.contains("another library"))
    #expect(result.messages.contains("not a bundle"))
    #expect(!result.messages.contains("photo"))
    #expect(try b.articleIDs().count == 12)
  }

  @Test func `Salvage takes the whole frames of a cut bundle and names what is missing`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try a.run("bundle", "create", world.path("open.satchel"), "--open").expect(0)
    let open = try world.read("open.satchel")
    try world.write(open.prefix(open.count - 60), to: "cut.satchel")
    try b.run("merge", world.path("cut.satchel")).expect(13)
    #expect(try b.articleIDs().isEmpty)
    let salvaged = try b.run("merge", world.path("cut.satchel"), "--salvage")
    #expect([0, 16].contains(salvaged.code), "\(salvaged)")
    #expect(salvaged.messages.contains("only the whole frames"))
    #expect(try b.articleIDs().count == 12)
    try a.run("bundle", "create", world.path("again.satchel")).expect(0)
    try b.run("merge", world.path("again.satchel")).expect(0)
    #expect(try b.json("status")["missing_bodies"] as? Int == 0)
  }

  @Test func `A bundle whose basis is lacking is applied and the gap is named`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let c = try world.joined("c", to: a)
    try a.run("bundle", "create", world.path("1.satchel")).expect(0)
    try b.run("merge", world.path("1.satchel")).expect(0)
    try b.run("bundle", "create", world.path("b.satchel")).expect(0)
    try a.run("merge", world.path("b.satchel")).expect(0)
    try a.run("mark", "read", try #require(a.articleIDs().first)).expect(0)
    try a.run("bundle", "create", world.path("2.satchel"), "--for", "b").expect(0)
    let result = try c.run("merge", world.path("2.satchel")).expect(16)
    #expect(result.messages.contains("still missing"))
    let summary = try c.json("merge", world.path("2.satchel"))
    #expect((summary["missing"] as? [String: Any])?.isEmpty == false)
    try c.run("merge", world.path("1.satchel")).expect(0)
    #expect(
      (try c.json("merge", world.path("b.satchel"))["missing"] as? [String: Any])?.isEmpty == true)
    try c.run("bundle", "create", world.path("c.satchel")).expect(0)
    try a.run("merge", world.path("c.satchel")).expect(0)
    #expect(try c.fingerprint() == a.fingerprint())
  }

  @Test func `Import lists bad files with reasons and takes the others`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try FileManager.default.createDirectory(
      atPath: world.path("pages"), withIntermediateDirectories: true)
    try world.write(Data("# Tea\n\nHot water.\n".utf8), to: "pages/tea.md")
    try world.write(Data([0x23, 0x20, 0xff, 0xfe, 0x41]), to: "pages/latin.md")
    try world.write(Data(), to: "pages/empty.md")
    try world.write(Data([0x41, 0x00, 0x42]), to: "pages/binary.md")
    try world.write(Data(count: 17 << 20), to: "pages/huge.md")
    let result = try a.run("import", world.path("pages"), "-v").expect(3)
    for name in ["latin.md", "empty.md", "binary.md", "huge.md"] {
      #expect(result.messages.contains(name), "\(result)")
    }
    #expect(try a.articleIDs().count == 1)
  }
}

extension Data {
  func flipped(at offset: Int) -> Data {
    var copy = Data(self)
    copy[copy.startIndex + offset] ^= 0x10
    return copy
  }

  func replacing(_ bytes: [UInt8], at offset: Int) -> Data {
    var copy = Data(self)
    for (index, byte) in bytes.enumerated() { copy[copy.startIndex + offset + index] = byte }
    return copy
  }
}
