import Replication

/// Runs scenarios.
enum Simulation {
  /// What one run came to.
  struct Outcome: Sendable {
    let violation: Violation?
    let hash: ContentHash
    let trace: [String]
    let tally: Tally
  }

  /// Plays a scenario from its first step until all is healed, or until something is wrong.
  static func run(_ scenario: Scenario) async throws -> Outcome {
    var world = try await World(scenario)
    var violation: Violation?
    do {
      for step in scenario.steps { try await world.perform(step) }
      try await world.heal()
    } catch let found as Violation {
      violation = found
    } catch {
      violation = Violation(.verbsSucceed, "\(error)")
    }
    if let violation { world.tell("\(violation.law.rawValue)") }
    world.tally.seeds = 1
    return Outcome(
      violation: violation, hash: world.traceHash, trace: world.trace, tally: world.tally)
  }
}

/// Finds the fewest steps of a scenario that break the same law: delta debugging, which leaves out
/// ever smaller pieces for as long as the rest still fails (Zeller and Hildebrandt, 2002).
struct Shrinker {
  /// How many runs it may take.
  var runLimit = 200
  private(set) var runs = 0

  mutating func shrink(_ scenario: Scenario, breaking law: Violation.Law) async throws -> Scenario {
    // What comes after the step that broke it is of no matter.
    let played = try await Simulation.run(scenario).tally["steps"]
    var smallest = scenario.with(Array(scenario.steps.prefix(played + 1)))
    runs += 1
    var size = max(1, smallest.steps.count / 2)
    while runs < runLimit {
      var start = 0
      var isSmaller = false
      while start < smallest.steps.count, runs < runLimit {
        var steps = smallest.steps
        steps.removeSubrange(start..<min(start + size, steps.count))
        runs += 1
        if try await Simulation.run(smallest.with(steps)).violation?.law == law {
          smallest = smallest.with(steps)
          isSmaller = true
        } else {
          start += size
        }
      }
      if size == 1, !isSmaller { break }
      if !isSmaller || size > smallest.steps.count { size = max(1, size / 2) }
    }
    return smallest
  }
}
