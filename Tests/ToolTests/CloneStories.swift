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

  enum Carrier: CaseIterable { case bundles, folder, network }

  /// Each with each where there is time, else each with one.
  private static let cases: [(Accident, Carrier)] = Accident.allCases.enumerated().flatMap {
    number, accident in
    Carrier.allCases.enumerated().filter { Effort.isLong || $0.offset == number % 3 }.map {
      (accident, $0.element)
    }
  }

  @Test(arguments: cases)
  func `nothing that was written is lost, and few ids are used`(
    accident: Accident, carrier: Carrier
  ) throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let b = try world.joined("b", to: a)
    try meet(a, b, by: carrier, in: world)
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
      try meet(a, b, by: carrier, in: world)
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
        try meet(one, other, by: carrier, in: world)
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

  /// Each tells the other all it has.
  private func meet(_ one: Laptop, _ other: Laptop, by carrier: Carrier, in world: World) throws {
    switch carrier {
    case .bundles:
      for (from, to) in [(one, other), (other, one)] {
        let stick = world.path("stick-\(UUID().uuidString).satchel")
        try from.run("bundle", "create", stick).expect(0)
        // Nothing is written where there is nothing to tell.
        if FileManager.default.fileExists(atPath: stick) { try to.run("merge", stick).expect(0) }
      }
    case .folder:
      let share = try world.makeFolder("share")
      for laptop in [one, other, one] { try laptop.run("sync", share).expect(0) }
    case .network:
      let server = try other.serve()
      try one.run("sync", server.address).expect(0)
      server.process.end()
    }
  }

  private func copy(_ from: String, to: String) throws {
    try FileManager.default.copyItem(atPath: from, toPath: to)
  }
}
