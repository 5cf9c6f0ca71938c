import Foundation
import TestSupport
import Testing

/// Whole replicas in one process: a few machines with real libraries to which anything happens that
/// happens to people's, over lines, sticks and a place that are no better than theirs. Then all is
/// well again, and they must hold the same, and all of what was acknowledged.
///
/// `SATCHEL_SEED=7 swift test --filter SimulationTests` runs one seed and prints its trace;
/// `SATCHEL_SOAK=600` plays new seeds for so many seconds.
struct SimulationTests {
  private static let seedCount: UInt64 = 32

  private static let environment = ProcessInfo.processInfo.environment
  private static let chosenSeed = environment["SATCHEL_SEED"].flatMap { UInt64($0) }
  private static let soakSeconds = environment["SATCHEL_SOAK"].flatMap { Double($0) }

  @Test(.enabled(if: chosenSeed == nil, "one seed was chosen"))
  func `whatever happens, all replicas come to hold the same and lose nothing`() async throws {
    let (_, tally) = try await SimulationTests.play(from: 0) { $0 < SimulationTests.seedCount }
    print(tally)
    // What never happens proves nothing; a file that stays damaged for days takes more seeds than these.
    for kind in Step.Kind.allCases {
      #expect(tally[kind.rawValue] > 0, "no \(kind) found anything to do")
    }
    for what in [
      "cuts", "line faults", "split bundles", "refused", "salvages", "rolled up", "torn writes",
      "full disks", "clones", "twins", "audits",
    ] {
      #expect(tally[what] > 0, "no \(what)")
    }
  }

  @Test(.enabled(if: chosenSeed == nil, "one seed was chosen"), arguments: [UInt64(1)])
  func `one seed is one run`(seed: UInt64) async throws {
    let scenario = Scenario(seed: 100 + seed)
    let (first, second) = (
      try await Simulation.run(scenario), try await Simulation.run(scenario)
    )
    let pair = zip(first.trace, second.trace).first { $0 != $1 }
    #expect(first.hash == second.hash, "\(pair.map { "\($0)\n\($1)" } ?? "one is longer")")
    #expect(try await Simulation.run(Scenario(seed: 200 + seed)).hash != first.hash)
  }

  @Test(.enabled(if: chosenSeed != nil, "SATCHEL_SEED chooses one"))
  func `the chosen seed`() async throws {
    let seed = try #require(SimulationTests.chosenSeed)
    let outcome = try await Simulation.run(Scenario(seed: seed))
    for line in outcome.trace { print(line) }
    print("seed \(seed): \(outcome.hash)\n\(outcome.tally)")
    #expect(outcome.violation == nil)
  }

  @Test(.enabled(if: soakSeconds != nil, "only in long runs"))
  func `new seeds for as long as there is time`() async throws {
    let end = Date(timeIntervalSinceNow: SimulationTests.soakSeconds ?? 0)
    let first = SimulationTests.chosenSeed ?? Scenario.firstLongSeed
    let (seed, tally) = try await SimulationTests.play(from: first) { _ in Date() < end }
    print("up to seed \(seed): \(tally)")
  }

  /// Plays seeds for as long as the next is wanted, on all processors; gives the first that it did not
  /// play. Each run drives itself alone, so they disturb each other no more than machines do.
  private static func play(
    from first: UInt64, while isWanted: (UInt64) -> Bool
  ) async throws -> (next: UInt64, Tally) {
    var (next, tally) = (first, Tally())
    try await withThrowingTaskGroup(of: Tally.self) { group in
      func begin() {
        guard isWanted(next) else { return }
        group.addTask { [next] in try await played(next) }
        next += 1
      }
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { begin() }
      while let played = try await group.next() {
        tally.add(played)
        if tally.seeds.isMultiple(of: 100) { print(tally) }
        begin()
      }
    }
    return (next, tally)
  }

  /// Plays a seed; where it breaks a law, the fewest steps that do are found and told.
  private static func played(_ seed: UInt64) async throws -> Tally {
    let scenario = Scenario(seed: seed)
    let outcome = try await Simulation.run(scenario)
    guard let violation = outcome.violation else { return outcome.tally }
    var shrinker = Shrinker()
    let smallest = try await shrinker.shrink(scenario, breaking: violation.law)
    let least = try await Simulation.run(smallest).violation
    Issue.record(
      "seed \(seed) breaks \(violation)\nThe fewest steps that do (\(least ?? violation)):\n\(smallest)"
    )
    return outcome.tally
  }
}

/// Faults that are planted in the simulation are found, and told by a few steps.
struct PlantedFaultTests {
  @Test(.enabled(if: Effort.isLong, "only in long runs"))
  func `a line that loses tags is found, and shrinks to a few steps`() async throws {
    let smallest = try await expectFound(.losesTags, breaking: .equalKnowledgeIsEqualState)
    #expect(
      smallest.steps.contains { [.tag, .addText, .addAgain, .addRecorded].contains($0.kind) })
  }

  @Test(.enabled(if: Effort.isLong, "only in long runs"))
  func `a medium that forgets what was written is found, and shrinks to a few steps`()
    async throws
  {
    let smallest = try await expectFound(.forgetsWrites, breaking: .acknowledgedIsKept)
    #expect(smallest.steps.contains { $0.kind == .crash })
  }

  /// Looks for a seed that shows the fault, and shrinks it.
  private func expectFound(
    _ fault: Scenario.Fault, breaking law: Violation.Law
  ) async throws -> Scenario {
    for seed in stride(from: UInt64(0), to: 40, by: 4) {
      var scenario = Scenario(seed: seed)
      scenario.fault = fault
      guard try await Simulation.run(scenario).violation?.law == law else { continue }
      #expect(try await Simulation.run(Scenario(seed: seed)).violation == nil)
      var shrinker = Shrinker(runLimit: 80)
      let smallest = try await shrinker.shrink(scenario, breaking: law)
      #expect(smallest.steps.count <= 6, "\(smallest)")
      #expect("\(smallest)".contains("Scenario("))
      return smallest
    }
    throw Violation(law, "no seed showed \(fault)")
  }
}
