import Files
import Foundation
import LibraryStore
import Replication
import StorageSupport
import TestSupport
import Transports

@testable import Satchel
@testable import SatchelTool

// Sessions over lines that may be poor.
extension World {
  mutating func session(
    _ machine: Machine, _ other: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    guard machine !== other else { return World.nothing }
    var weather = SimulatedLine.Weather(
      seed: generator.next(), isSealed: .random(using: &generator), fault: scenario.fault)
    if Int.random(in: 0..<3, using: &generator) == 0 {
      // As often early as late.
      let limit = 1 << Int.random(in: 6...14, using: &generator)
      weather.cut = .random(in: 0..<limit, using: &generator)
    }
    if Int.random(in: 0..<4, using: &generator) == 0 { weather.faultEvery = 6 }
    if Int.random(in: 0..<6, using: &generator) == 0 {
      // A line over which frames are cut short.
      try await machine.library.store.noteLongestFrame(1, over: "simulated", now: 0)
    }
    let direction: SyncDirection =
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: .push
      case 1: .pull
      default: .both
      }
    return try await session(machine, other, weather, direction)
  }

  /// Holds one session; where its line is good it must succeed.
  mutating func session(
    _ machine: Machine, _ other: Machine, _ weather: SimulatedLine.Weather,
    _ direction: SyncDirection = .both
  ) async throws -> String {
    let log = LineLog()
    let line = SimulatedLine(try await other.library, weather, log)
    var outcome = "whole"
    do {
      let summary = try await machine.library.sync(
        with: SyncTarget(line), SyncOptions(direction)
      ).result()
      outcome += " \(summary.merged.newOperations) \(summary.sentOperations)"
    } catch let error as LibraryError {
      if case .unexpected(let reason) = error { throw Violation(.sessionsEnd, reason) }
      outcome = "ended: \(error)"
    }
    let summary = log.summary
    tally.count("sessions")
    tally.count("line faults", summary.faults)
    if summary.isCut { tally.count("cuts") }
    if summary.isAudited { tally.count("audits") }
    let failures = summary.failures.filter { !$0.isEmpty }
    guard summary.isCut || summary.faults > 0 || failures.isEmpty && outcome.hasPrefix("whole")
    else { throw Violation(.sessionsEnd, "over a good line: \(outcome), \(failures)") }
    return "\(outcome), \(summary.bytes) bytes \(summary.failures)"
  }
}

// Bundles on sticks.
extension World {
  mutating func writeBundle(
    _ machine: Machine, _ other: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let library = try await machine.library
    var options = BundleOptions()
    let receiver = try await other.library.replicaID()
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<6 where try await library.replicaID() != receiver: options.basis = .replica(receiver)
    case 6:
      if let path = post.randomElement(using: &generator)?.first {
        options.basis = .bundle(path: path)
      }
    case 7:
      let ids = try await library.articleIDs(.all).sorted { $0.key < $1.key }
      options.selection = ids.filter { _ in .random(using: &generator) }
    default: break
    }
    options.isOpen = Int.random(in: 0..<3, using: &generator) == 0
    options.includesBodies = Int.random(in: 0..<6, using: &generator) > 0
    if Int.random(in: 0..<4, using: &generator) == 0 { options.partLimit = 16_000 }
    do {
      let written = try await library.createBundle(
        at: newPath("satchel"), options: options
      ).result()
      tally.count("bundles")
      if !written.paths.isEmpty { post.append(written.paths) }
      if written.paths.count > 1 { tally.count("split bundles") }
      return "\(written.paths.count) \(written.bytes) \(written.operations) \(written.bodies)"
    } catch .bundleNotWritten(_, .partTooSmall(let needed)) {
      return "too small \(needed)"
    } catch {
      throw Violation(.verbsSucceed, "createBundle: \(error)")
    }
  }

  private mutating func newPath(_ ending: String) -> FilePath {
    count += 1
    return home.appending("bundle-\(count).\(ending)")
  }

  mutating func mergeBundle(
    _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    guard var paths = post.randomElement(using: &generator) else { return World.nothing }
    if paths.count > 1, Bool.random(using: &generator) {
      paths.remove(at: .random(in: paths.indices, using: &generator))
    }
    paths.shuffle(using: &generator)
    if Int.random(in: 0..<4, using: &generator) == 0, let path = paths.first {
      return try await mergeDamaged(path, machine, using: &generator)
    }
    do {
      let summary = try await machine.library.merge(paths).result()
      tally.count("merges")
      return "\(summary.bundles) \(summary.passedOver.count) \(summary.newOperations)"
    } catch {
      throw Violation(
        .verbsSucceed, "merge: \(error)", exitCode: (error as? LibraryError)?.exitCode)
    }
  }

  /// A copy that was damaged is refused and changes nothing; what is whole of it may be taken.
  private mutating func mergeDamaged(
    _ path: FilePath, _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    let copy = newPath("satchel")
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path.string)))
    World.spoil(&bytes, using: &generator)
    try Data(bytes).write(to: URL(fileURLWithPath: copy.string))
    let library = try await machine.library
    // Any merge makes up for what the library has not decided yet about the texts it keeps.
    _ = try await library.store.settleKeeping(now: machine.clock.read())
    let before = try await library.store.report()
    var outcome = "passed over"
    do {
      let summary = try await library.merge([copy]).result()
      guard summary.bundles == 0 else {
        throw Violation(.damageIsRefused, "a damaged bundle was merged")
      }
    } catch let error as LibraryError {
      outcome = "\(error)".replacing(home.string, with: "")
      tally.count("refused")
    }
    guard try await library.store.report() == before else {
      throw Violation(.damageIsRefused, "a damaged bundle changed something: \(outcome)")
    }
    guard Bool.random(using: &generator) else { return outcome }
    do {
      let summary = try await library.merge([copy], salvage: true).result()
      tally.count("salvages", summary.salvaged.count)
      return "\(outcome), salvaged \(summary.newOperations)"
    } catch {
      return "\(outcome), nothing salvaged"
    }
  }

  /// Changes a bit, or leaves the end out.
  private static func spoil(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let index = Int.random(in: bytes.indices, using: &generator)
    if Bool.random(using: &generator) {
      bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    } else {
      bytes.removeSubrange(index...)
    }
  }
}

// The place that all share.
extension World {
  mutating func exchange(
    _ machine: Machine, using generator: inout SeededGenerator
  ) async throws -> String {
    var weather = WeatheredStorage.Weather(isNear: .random(using: &generator))
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1:
      weather.visible = placeBefore
      weather.writer = "\(try await machine.library.replicaID())"
    case 2: weather.refusesReading = true
    case 3: weather.refusesWriting = true
    case 4: weather.refusesDeleting = true
    default: break
    }
    let direction: SyncDirection =
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: .push
      case 1: .pull
      default: .both
      }
    // Some of what is found out takes days.
    machine.clock.advance(by: .random(in: 0...2, using: &generator) * 86_400_000)
    let files = try await placeFiles()
    if Bool.random(using: &generator) { placeBefore = Set(files) }
    return try await exchange(machine, weather, direction)
  }

  mutating func exchange(
    _ machine: Machine, _ weather: WeatheredStorage.Weather, _ direction: SyncDirection = .both
  ) async throws -> String {
    let target = SyncTarget(SimulatedPlace(place, weather))
    tally.count("exchanges")
    do {
      let summary = try await machine.library.sync(
        with: target, SyncOptions(direction, takesAnyPlace: true)
      ).result()
      tally.count("rolled up", summary.rolledUpFiles)
      tally.count("damaged files", summary.damagedFiles.count)
      return "\(summary.merged.bundles) \(summary.merged.newOperations) \(summary.sentOperations)"
        + " \(summary.merged.skipped.count) \(summary.rolledUpFiles) \(summary.deletedFiles)"
    } catch {
      guard !weather.isFine else { throw Violation(.verbsSucceed, "exchange: \(error)") }
      return "refused"
    }
  }

  /// What lies there, in an order that is always the same.
  private func placeFiles() async throws -> [FilePath] {
    try await place.list(FilePath()) { _ in true }.map(\.name).sorted { $0.string < $1.string }
  }

  /// A file rots, is lost, or comes again.
  mutating func spoilPlace(using generator: inout SeededGenerator) async throws -> String {
    let bundles = try await placeFiles().filter { $0.string.hasSuffix(".satchel") }
    guard let name = bundles.randomElement(using: &generator) else { return World.nothing }
    let bytes = try await place.contents(of: name)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      var spoilt = bytes
      World.spoil(&spoilt, using: &generator)
      try await replace(name, with: spoilt)
    case 1:
      lostFiles.append((name, bytes))
      try await place.delete([name])
    default:
      guard !lostFiles.isEmpty else { return World.nothing }
      let file = lostFiles.remove(at: .random(in: lostFiles.indices, using: &generator))
      try await replace(file.name, with: file.bytes)
    }
    tally.count("spoilt files")
    return "\(bytes.count)"
  }

  private func replace(_ name: FilePath, with bytes: [UInt8]) async throws {
    guard let component = name.lastComponent else { return }
    try await place.delete([name])
    try await place.put(bytes, in: name.removingLastComponent(), as: component)
  }
}
