import TestSupport

/// All that decides how a simulation runs: the same scenario is the same run, bit for bit.
struct Scenario: Sendable {
  let seed: UInt64
  let sort: Sort
  /// How many machines there are at the beginning.
  let machineCount: Int
  /// What goes between the machines when all is to become well again.
  let healing: Healing
  var steps: [Step]
  /// A fault that is planted in the simulation, to see that it is found.
  var fault: Fault?

  /// What may become of machines.
  enum Sort: String, Sendable {
    /// They crash, and their clocks jump.
    case plain
    /// Databases are copied and rolled back, too.
    case restoring
    /// Machines are cloned together with their evidence, and homes restored with it, too.
    case cloning
  }

  enum Healing: String, Sendable {
    case sessions, bundles, exchange
  }

  enum Fault: Sendable {
    /// Lines lose the frames that carry tags, and whoever should have had them believes to.
    case losesTags
    /// A crash takes what was written last, and the evidence of it.
    case forgetsWrites
  }

  /// Seeds below play short scenarios, so that many are played in a while; those of long runs play
  /// hundreds of steps.
  static let firstLongSeed: UInt64 = 1_000
  static let maximumMachines = 8

  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    self.seed = seed
    let sort: Sort = [.plain, .restoring, .restoring, .cloning][Int(seed % 4)]
    let machineCount = Int.random(in: 2...5, using: &generator)
    // A bundle for oneself holds nothing, and twins have one name until they meet.
    let healings: [Healing] = [
      .sessions, .exchange, .sessions, sort == .cloning ? .exchange : .bundles,
    ]
    let healing = healings[Int.random(in: 0..<healings.count, using: &generator)]
    let weights = Step.Kind.allCases.map { $0.weight(in: sort) }
    let sum = weights.reduce(0, +)
    let stepCount =
      seed < Scenario.firstLongSeed ? 70 : Int.random(in: 40...300, using: &generator)
    // Somebody begins with something.
    let first = (0..<machineCount).map { Step(.addText, $0, 0, generator.next()) }
    steps =
      first
      + (0..<stepCount).map { _ in
        var left = Int.random(in: 0..<sum, using: &generator)
        let index = weights.firstIndex { weight in
          left -= weight
          return left < 0
        }
        return Step(
          Step.Kind.allCases[index ?? 0],
          Int.random(in: 0..<Scenario.maximumMachines, using: &generator),
          Int.random(in: 0..<Scenario.maximumMachines, using: &generator), generator.next())
      }
    (self.sort, self.machineCount, self.healing) = (sort, machineCount, healing)
  }

  init(
    seed: UInt64, _ sort: Sort, machines: Int, healing: Healing, fault: Fault? = nil,
    steps: [Step]
  ) {
    (self.seed, self.sort, self.healing) = (seed, sort, healing)
    (machineCount, self.fault, self.steps) = (machines, fault, steps)
  }

  /// The same with other steps.
  func with(_ steps: [Step]) -> Scenario {
    var scenario = self
    scenario.steps = steps
    return scenario
  }
}

extension Scenario: CustomStringConvertible {
  /// As it is written in a test.
  var description: String {
    """
      @Test func `seed \(seed) heals`() async throws {
        let scenario = Scenario(
          seed: \(seed), .\(sort.rawValue), machines: \(machineCount), healing: .\(healing.rawValue),
          steps: [
    \(steps.map { "        \($0)," }.joined(separator: "\n"))
          ])
        #expect(try await Simulation.run(scenario).violation == nil)
      }
    """
  }
}
