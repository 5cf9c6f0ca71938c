import Foundation
import TestSupport
import Testing

/// A library that is carried about, copied, restored, and killed in the middle of a write.
struct IdentityStories {
  @Test
  func `a library on a stick that goes between two machines again and again has two replicas`()
    throws
  {
    let world = try World()
    var (home, work) = (world.laptop("home"), world.laptop("work"))
    home.library = world.path("stick/library")
    work.library = home.library
    try home.run("init", "--name", "stick").expect(0)
    try home.run("add", "-", "--title", "Tea", input: "water and leaves").expect(0)
    let article = try home.articleIDs()[0]
    let journeys = Effort.isLong ? 50 : 14
    for journey in 0..<journeys {
      let laptop = journey.isMultiple(of: 2) ? home : work
      let noted = try laptop.run("note", article, "-m", "journey \(journey)").expect(0)
      // Who is new is told once.
      #expect(noted.messages.contains("another machine") == (journey == 1), "\(noted)")
    }
    #expect(try replicas(of: home).count == 2)
    #expect(try home.json("status")["operations"] as? Int ?? 0 > journeys)
    try home.run("check", "--deep").expect(0)
  }

  @Test func `a copied library takes in what its original wrote, and writes nothing again`() throws
  {
    let world = try World()
    let original = world.laptop("a")
    try original.run("init", "--name", "a").expect(0)
    try original.run("add", "-", "--title", "Tea", input: "water and leaves").expect(0)
    let article = try original.articleIDs()[0]
    try original.run("note", article, "-m", "first").expect(0)
    var copy = original
    copy.library = world.path("a/copy")
    try FileManager.default.copyItem(atPath: original.library, toPath: copy.library)
    try original.run("note", article, "-m", "second").expect(0)
    let bundle = world.path("bundle.satchel")
    try original.run("bundle", "create", bundle).expect(0)
    let merged = try copy.run("merge", bundle).expect(0)
    #expect(!merged.messages.contains("again"), "\(merged)")
    #expect(try copy.json("status")["conflicts"] as? Int == 0)
    #expect(
      try copy.json("status")["operations"] as? Int == original.json("status")["operations"] as? Int
    )
    #expect(try copy.fingerprint() == original.fingerprint())
    // Only when the copy writes it is another replica.
    #expect(try replicas(of: copy).count == 1)
    let noted = try copy.run("note", article, "-m", "third").expect(0)
    #expect(noted.messages.contains("as does a copy"), "\(noted)")
    #expect(try replicas(of: copy).count == 2)
    #expect(try copy.json("status")["conflicts"] as? Int == 0)
  }

  @Test func `a restored backup takes its own lost past for what it is`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    let article = try a.articleIDs()[0]
    let backup = world.path("backup")
    try FileManager.default.copyItem(atPath: a.library, toPath: backup)
    try a.run("note", article, "-m", "lost").expect(0)
    let (lost, reply) = (world.path("lost.satchel"), world.path("reply.satchel"))
    try a.run("bundle", "create", lost).expect(0)
    try b.run("merge", lost).expect(0)
    try b.run("note", article, "-m", "by b").expect(0)
    try b.run("bundle", "create", reply).expect(0)
    try FileManager.default.removeItem(atPath: a.library)
    try FileManager.default.moveItem(atPath: backup, toPath: a.library)
    let merged = try a.run("merge", reply).expect(0)
    #expect(!merged.messages.contains("again"), "\(merged)")
    try a.run("note", article, "-m", "after").expect(0)
    #expect(try replicas(of: a).count == 3)
    #expect(try a.json("status")["conflicts"] as? Int == 0)
  }

  @Test(.enabled(if: Strace.isPossible, "this needs strace, and leave to use it"))
  func `a write that is killed at any moment is made or not, and no sequence is issued twice`()
    throws
  {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    try a.run("add", "-", "--title", "Tea", input: "water and leaves").expect(0)
    let article = try a.articleIDs()[0]
    let (library, state) = (world.path("kept-library"), world.path("kept-state"))
    try FileManager.default.copyItem(atPath: a.library, toPath: library)
    try FileManager.default.copyItem(atPath: world.path("a/state"), toPath: state)
    var outcomes: Set<String> = []
    // In steps, since each is five runs of the tool.
    for moment in stride(from: 2, through: 120, by: 5) {
      for (kept, place) in [(library, a.library), (state, world.path("a/state"))] {
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.copyItem(atPath: kept, toPath: place)
      }
      var killed = a
      killed.launcher = Strace.killing(at: moment)
      let code = try killed.run("note", article, "-m", "killed").code
      let after = try a.run("note", article, "-m", "after").expect(0)
      let count = try replicas(of: a).count
      #expect((1...2).contains(count), "at moment \(moment)")
      outcomes.insert("\(code == 0 ? "not killed" : "killed"), \(count) replicas")
      #expect(!after.messages.contains("twin"), "\(after)")
      try a.run("check", "--deep").expect(0)
      if code == 0 { break }
    }
    // It was killed before the evidence was raised, and between evidence and commit.
    #expect(
      outcomes == ["not killed, 1 replicas", "killed, 1 replicas", "killed, 2 replicas"],
      "\(outcomes)")
  }

  @Test func `what is kept of a library is its owner's alone, whatever the umask`() throws {
    let world = try World()
    var a = world.laptop("a")
    a.launcher = ["/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"]
    try a.run("init", "--name", "a").expect(0)
    try a.run("add", "-", "--title", "Tea", input: "water and leaves").expect(0)
    try a.run("search", "water").expect(0)
    let state = world.path("a/state/satchel")
    #expect(try mode(of: state) == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: state)
    #expect(names.count >= 2, "\(names)")
    for name in names { #expect(try mode(of: "\(state)/\(name)") == 0o600, "\(name)") }
    let kept = try FileManager.default.contentsOfDirectory(atPath: a.library)
    #expect(Set(kept).isSuperset(of: ["library.sqlite", "search.sqlite", "secret"]), "\(kept)")
    for name in kept { #expect(try mode(of: "\(a.library)/\(name)") == 0o600, "\(name)") }
  }

  @Test func `a secret that others can read is told, and only then`() throws {
    let world = try World()
    let a = world.laptop("a")
    try a.run("init", "--name", "a").expect(0)
    #expect(!(try a.run("list").expect(0).messages.contains("chmod")))
    let secret = "\(a.library)/secret"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
    let told = try a.run("list").expect(0)
    #expect(told.messages.contains("others on this machine can read \(secret)"), "\(told)")
    let answered = try a.run("list", "--json").expect(0)
    #expect(answered.output.split(separator: "\n").count == 1, "\(answered)")
    #expect(answered.messages.contains(#""type":"warning""#), "\(answered)")
    // Nobody gets at it through a folder that is closed.
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: a.library)
    #expect(!(try a.run("list").expect(0).messages.contains("chmod")))
  }

  private func replicas(of laptop: Laptop) throws -> [Any] {
    try #require(try laptop.json("replica", "list")["replicas"] as? [Any])
  }

  private func mode(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}

/// A program that ends another at one of its calls of the system.
enum Strace {
  static let isPossible: Bool = {
    guard let world = try? World() else { return false }
    var laptop = world.laptop("a")
    laptop.launcher = killing(at: 1)
    return (try? laptop.run("init").code).map { $0 != 0 && $0 != 127 } ?? false
  }()

  /// Before the `number`th call by which something is written, in whichever thread.
  static func killing(at number: Int) -> [String] {
    let calls =
      "mkdir,rename,link,unlink,write,pwrite64,fsync,fdatasync,ftruncate,flock,fchmod,chmod"
    return [
      "/usr/bin/env", "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
      "inject=\(calls):signal=KILL:when=\(number)",
    ]
  }
}
