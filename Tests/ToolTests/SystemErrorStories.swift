import Foundation
import TestSupport
import Testing

/// The tool meets a system that refuses, in the middle of whatever it does: its exit code and one line
/// say so, nothing is left over, and it does the same again when all is well.
@Suite(.ownThreads)
struct SystemErrorStories {
  @Test(.enabled(if: FailingCalls.isPossible, "this needs Linux and a C compiler"))
  func `Whichever call fails, the exit code and a line say so, and the next run is fine`() throws {
    var generator = SeededGenerator(seed: 4)
    var (attempts, failures) = (0, 0)
    for round in 0..<(Effort.isLong ? 60 : 1) {
      let world = try World()
      let disk = try world.makeFolder("disk")
      try Errand.prepare(disk)
      for errand in Errand.all {
        let fault = try #require(FailingCalls.Fault.all.randomElement(using: &generator))
        let counted = try attempt(errand, on: disk, in: world, fault, first: .max) { _, _ in }
        counted.result.expect(0)
        let first = Int.random(in: 0..<max(1, counted.calls), using: &generator)
        let text = "round \(round): \(errand), \(fault) at \(first) of \(counted.calls)"
        _ = try attempt(errand, on: disk, in: world, fault, first: first) { copy, result in
          attempts += 1
          failures += result.code == 0 ? 0 : 1
          errand.expectTold(result, text)
          // What cannot be taken away on a disk that cannot be written stays, as does the journal of
          // an index on one that cannot be flushed.
          if fault.code == ENOSPC { #expect(try Errand.strays(on: copy) == [], "\(text)") }
          try errand.expectWell(
            on: copy, in: world, mayLeave: fault.code == EROFS && result.code == 0, text)
        }
        try errand.run(on: disk, in: world).expect(0)
      }
    }
    print("the tool's errors: \(attempts) attempts, \(failures) ended with an error")
    #expect(attempts >= Errand.all.count)
    #expect(failures * 3 > attempts)
  }

  /// Runs an errand on a copy of the disk. Returns how many calls there were that could have failed.
  private func attempt(
    _ errand: Errand, on disk: String, in world: World, _ fault: FailingCalls.Fault, first: Int,
    _ look: (_ copy: String, _ result: ToolResult) throws -> Void
  ) throws -> (result: ToolResult, calls: Int) {
    let (copy, count) = (world.path("copy"), world.path("count"))
    try FileManager.default.copyItem(atPath: disk, toPath: copy)
    defer { for path in [copy, count] { try? FileManager.default.removeItem(atPath: path) } }
    let result = try errand.run(on: copy, in: world) {
      FailingCalls.load(into: &$0, below: copy, fault, first: first, count: count)
    }
    try look(copy, result)
    let text = (try? String(contentsOfFile: count, encoding: .utf8)) ?? ""
    return (result, Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0)
  }

  @Test(.enabled(if: Disk.isPossible, "this needs Linux and root"))
  func `Whatever a full disk ends says so, and space lets it be done`() throws {
    var generator = SeededGenerator(seed: 5)
    var failures = 0
    for round in 0..<(Effort.isLong ? 20 : 1) {
      let world = try World()
      let source = try world.makeFolder("source")
      try Errand.prepare(source)
      for errand in Errand.all {
        let disk = try Disk(in: world, megabytes: 4)
        defer { disk.eject() }
        let place = "\(disk.path)/a"
        try FileManager.default.copyItem(atPath: source, toPath: place)
        let free = Int.random(in: 0..<96, using: &generator) * 4_096
        try disk.fill(leaving: free)
        let result = try errand.run(on: place, in: world)
        failures += result.code == 0 ? 0 : 1
        let text = "round \(round): \(errand) with \(free) bytes free"
        errand.expectTold(result, text)
        #expect(try Errand.strays(on: place) == [], "\(text)")
        try disk.grow(megabytes: 32)
        try errand.expectWell(on: place, in: world, text)
        try errand.run(on: source, in: world).expect(0)
      }
    }
    print("full disks: \(failures) commands ended with an error")
    #expect(failures > 0)
  }

  @Test(arguments: Effort.isLong ? [9, 12, 16] : [12])
  func `Too few descriptors are told`(limit: Int) throws {
    let world = try World()
    let disk = try world.makeFolder("disk")
    try Errand.prepare(disk)
    for errand in Errand.all {
      let result = try errand.run(on: disk, in: world) {
        $0.launcher = ["/bin/sh", "-c", "ulimit -n \(limit); exec \"$@\"", "sh"]
      }
      let text = "\(errand) with \(limit) descriptors"
      errand.expectTold(result, text)
      #expect(try Errand.strays(on: disk) == [], "\(text)")
      if result.code != 0 { try errand.expectWell(on: disk, in: world, text) }
    }
  }
}
