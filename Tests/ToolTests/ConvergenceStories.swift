import Foundation
import TestSupport
import Testing

/// Three replicas that write and meet at random, each in processes of its own, are equal in the
/// end: over TCP, over a folder, and with all means mixed.
@Suite(.ownThreads)
struct ConvergenceStories {
  enum Means: CaseIterable { case tcp, folder, mixed }

  @Test(arguments: Means.allCases, [1] as [UInt64])
  func `Three replicas converge whatever they do in whatever order`(
    means: Means, seed: UInt64
  ) throws {
    var schedule = try Schedule(means, SeededGenerator(seed: seed))
    for _ in 0..<(Effort.isLong ? 20 : 9) { try schedule.step() }
    try schedule.settle()
    let laptops = schedule.laptops
    let note = Comment(rawValue: "\(means), seed \(seed):\n\(schedule.history)")
    #expect(Set(try laptops.map { try $0.fingerprint() }).count == 1, note)
    let lists = try laptops.map { try $0.run("list", "--all", "--json").expect(0).output }
    #expect(Set(lists).count == 1, note)
    let conflicts = try laptops.map { try $0.run("conflicts", "--json").expect(0).output }
    #expect(Set(conflicts).count == 1, note)
    for laptop in laptops { try laptop.run("check", "--deep").expect(0) }
    try laptops[0].expectFold(note)
  }
}

/// What happens, drawn from a seed.
private struct Schedule {
  let laptops: [Laptop]
  private(set) var history = ""
  private let means: ConvergenceStories.Means
  private let world: World
  private let servers: [Server]
  private let share: String
  private let ids: [String]
  private var generator: SeededGenerator
  private var sticks: [String] = []

  init(_ means: ConvergenceStories.Means, _ generator: SeededGenerator) throws {
    world = try World()
    self.means = means
    self.generator = generator
    share = try world.makeFolder("share")
    let a = try world.laptopWithSamples()
    laptops = [a, try world.joined("b", to: a), try world.joined("c", to: a)]
    var servers: [Server] = []
    for laptop in laptops where means != .folder { servers.append(try laptop.serve()) }
    self.servers = servers
    ids = try a.articleIDs()
  }

  mutating func step() throws {
    if Bool.random(using: &generator) { try write() } else { try meet() }
  }

  /// Until each has heard of all: A of the others, then they of it.
  mutating func settle() throws {
    for _ in 1...2 {
      for number in laptops.indices {
        if means == .folder {
          try run(number, "sync", share)
        } else if number > 0 {
          try run(number, "sync", servers[0].address)
        }
      }
    }
    if means == .folder { try run(0, "sync", share) }
  }

  private mutating func write() throws {
    let number = laptops.indices.randomElement(using: &generator) ?? 0
    // One that has heard of nothing yet has nothing to mark.
    guard let id = try laptops[number].articleIDs().randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: try run(number, "mark", "read", id)
    case 1: try run(number, "mark", "starred", id)
    case 2: try run(number, "tag", "add", id, "weekend")
    case 3: try run(number, "tag", "rm", id, "weekend")
    case 4: try run(number, "note", id, "-m", "\(history.count) from \(number)")
    default: try run(number, "rm", id)
    }
  }

  private mutating func meet() throws {
    let number = laptops.indices.randomElement(using: &generator) ?? 0
    let other = (number + Int.random(in: 1...2, using: &generator)) % laptops.count
    switch (means, Int.random(in: 0..<4, using: &generator)) {
    case (.folder, _), (.mixed, 0): try run(number, "sync", share)
    case (.tcp, _), (.mixed, 1): try run(number, "sync", servers[other].address)
    case (.mixed, 2):
      sticks.append(world.path("stick-\(history.count).satchel"))
      try run(number, "bundle", "create", sticks[sticks.count - 1])
    default:
      // Any stick, old ones too; it may need what its basis left out.
      guard let stick = sticks.randomElement(using: &generator) else { return }
      try run(number, "merge", stick, codes: [0, 16])
    }
  }

  private mutating func run(_ number: Int, _ words: String..., codes: Set<Int32> = [0]) throws {
    history += "\(laptops[number].name): \(words.joined(separator: " "))\n"
    let result = try ToolResult(laptops[number].process(words), input: nil)
    #expect(codes.contains(result.code), "\(history)\(result)")
  }
}
