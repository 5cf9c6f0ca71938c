import Foundation
import TestSupport
import Testing

/// Machines that hold one database, or wrote under one id, and meet over whatever there is.
@Suite(.ownThreads)
struct CloneStories {
  enum Accident: CaseIterable {
    /// The folder of a library is copied, and the copy used.
    case copiedLibrary
    /// A machine is copied with everything on it.
    case clonedMachine
    /// A home is put back to what it was, and with it the library and what is known of its past.
    case restoredHome
    /// The library alone is put back.
    case restoredLibrary
  }

  /// Each with each where there is time, else each with one.
  private static let cases: [(Accident, Carrier)] = Accident.allCases.enumerated().flatMap {
    number, accident in
    Carrier.allCases.enumerated().filter { Effort.isLong || $0.offset == number }
      .filter(\.element.isThere).map { (accident, $0.element) }
  }

  @Test(arguments: cases)
  func `nothing that was written is lost, and few ids are used`(
    accident: Accident, carrier: Carrier
  ) throws {
    let world = try World()
    let way = try Way(carrier, in: world)
    defer { way.stick?.eject() }
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try way.meet(a, b)
    let ids = try a.articleIDs()
    var written: [(id: String, note: String)] = []
    func write(_ laptop: Laptop, _ note: String) throws {
      try laptop.run("note", ids[written.count], "-m", note).expect(0)
      written.append((ids[written.count], note))
    }

    let (library, state) = (a.library, world.path("a/state"))
    var twin = world.laptop("twin")
    switch accident {
    case .copiedLibrary, .clonedMachine:
      _ = try world.makeFolder("twin")
      try copy(library, to: twin.library)
      if accident == .clonedMachine {
        try copy(state, to: world.path("twin/state"))
      } else {
        // On the same machine.
        twin.environment = a.environment
      }
    case .restoredHome, .restoredLibrary:
      try copy(library, to: world.path("kept-library"))
      try copy(state, to: world.path("kept-state"))
      // Others hear of it, and it alone is forgotten here.
      try write(a, "before it was put back")
      try way.meet(a, b)
      try FileManager.default.removeItem(atPath: library)
      try copy(world.path("kept-library"), to: library)
      if accident == .restoredHome {
        try FileManager.default.removeItem(atPath: state)
        try copy(world.path("kept-state"), to: state)
      }
      twin = a
    }

    try write(twin, "first by the twin")
    if twin.library != a.library { try write(a, "first by a") }
    try write(b, "first by b")
    try write(twin, "second by the twin")
    let laptops = twin.library == a.library ? [a, b] : [a, b, twin]
    for _ in 1...3 {
      for (one, other) in zip(laptops, laptops.dropFirst() + laptops.prefix(1)) {
        try way.meet(one, other)
      }
    }
    #expect(Set(try laptops.map { try $0.fingerprint() }).count == 1)
    for laptop in laptops {
      for (id, note) in written {
        #expect(try laptop.json("show", id)["note"] as? String == note, "\(laptop.name): \(note)")
      }
      try laptop.run("check", "--deep").expect(0)
    }
    let replicas = try #require(try b.json("replica", "list")["replicas"] as? [Any])
    #expect(replicas.count <= laptops.count + 2, "\(replicas)")
  }

  private func copy(_ from: String, to: String) throws {
    try FileManager.default.copyItem(atPath: from, toPath: to)
  }
}

/// How laptops meet.
enum Carrier: CaseIterable {
  case bundles, folder, network, ssh, stick, store

  var isThere: Bool {
    switch self {
    case .stick: FATImage.isPossible
    case .store: RcloneStories.isInstalled
    default: true
    }
  }
}

/// A carrier with what it needs.
private struct Way {
  let carrier: Carrier
  let world: World
  let stick: FATImage?

  init(_ carrier: Carrier, in world: World) throws {
    self.carrier = carrier
    self.world = world
    stick = carrier == .stick ? try FATImage(in: world, megabytes: 16) : nil
    if carrier == .store {
      let store = try world.makeFolder("store")
      try world.write(
        Data("[cloud]\ntype = alias\nremote = \(store)\n".utf8), to: "rclone.conf")
    }
  }

  /// Each tells the other all it has.
  func meet(_ one: Laptop, _ other: Laptop) throws {
    switch carrier {
    case .bundles:
      for (from, to) in [(one, other), (other, one)] {
        let bundle = world.path("\(UUID().uuidString).satchel")
        try from.run("bundle", "create", bundle).expect(0)
        // Nothing is written where there is nothing to tell.
        if FileManager.default.fileExists(atPath: bundle) { try to.run("merge", bundle).expect(0) }
      }
    case .folder: try meet(one, other, at: world.makeFolder("share"))
    case .stick: if let stick { try meet(one, other, at: stick.path) }
    case .store: try meet(one, other, at: "rclone:cloud:books")
    case .network:
      let server = try other.serve()
      try one.run("sync", server.address).expect(0)
      server.process.end()
    case .ssh:
      var caller = one
      caller.environment["SATCHEL_SSH"] = try login(to: other)
      try caller.run("sync", "ssh://there\(other.library)").expect(0)
    }
  }

  private func meet(_ one: Laptop, _ other: Laptop, at place: String) throws {
    for var laptop in [one, other, one] {
      if carrier == .store { laptop.environment["RCLONE_CONFIG"] = world.path("rclone.conf") }
      try laptop.run("sync", place).expect(0)
    }
  }

  /// What runs a command as a login at that laptop does.
  private func login(to laptop: Laptop) throws -> String {
    let folder = "login-\(UUID().uuidString)"
    _ = try world.makeFolder(folder)
    try world.script("\(folder)/satchel", "exec '\(Repository.tool.path)' \"$@\"")
    let exports = laptop.environment.filter { $0.key != "PATH" }
      .map { "export \($0.key)='\($0.value)'" }.joined(separator: "\n")
    try world.script(
      "\(folder)/ssh",
      """
      while [ $# -gt 1 ]; do shift; done
      \(exports)
      export PATH='\(world.path(folder))':/usr/bin:/bin
      exec sh -c "$1"
      """)
    return world.path("\(folder)/ssh")
  }
}
