import TestSupport
import Testing

/// Cuts the power after everything that a run did to its files, in all manners, and looks at what the
/// next run finds.
struct CutRun {
  /// How many there were.
  struct Count {
    var points = 0
    var cuts = 0
    /// Disks that differed, or on which another step was cut off.
    var disks = 0
    /// Found to hold a state that the run had not acknowledged yet.
    var new = 0

    static func += (left: inout Count, right: Count) {
      left.points += right.points
      left.cuts += right.cuts
      left.disks += right.disks
      left.new += right.new
    }
  }

  private let run: RecordedRun
  private let elsewhere: Elsewhere
  /// Which of the points are taken: one among so many.
  private let stride: Int
  private var generator: SeededGenerator
  private(set) var count = Count()
  private var known: [Key: Aftermath] = [:]
  /// Of each event, the first state that is committed after it.
  private let commits: [LibraryDigest?]

  private struct Key: Hashable {
    let image: Int
    let step: String
  }

  /// What the library may hold at a point.
  private struct Place {
    var step: Step
    /// What was acknowledged last; nil before there is a library.
    var acknowledged: LibraryDigest?
    /// Whether nothing is under way.
    var isAtRest = true
    var files = PublishedFiles()
  }

  init(_ run: RecordedRun, _ elsewhere: Elsewhere, stride: Int, seed: UInt64) {
    self.run = run
    self.elsewhere = elsewhere
    self.stride = stride
    generator = SeededGenerator(seed: seed)
    commits = run.commitsAhead
  }

  /// Takes every point once, or one among ``stride``, and with it `cuts` manners of the eight.
  mutating func cut(manners: Int = PowerCut.allCases.count) async throws {
    var disk = SimulatedDisk(run.start)
    var place = Place(step: Step.nothing, acknowledged: run.beginning)
    var next = Int.random(in: 0..<stride, using: &generator)
    for (index, event) in run.events.enumerated() {
      follow(event, disk, &place)
      disk.apply(event)
      guard event.isOfMedium || isEnd(event) else { continue }
      next -= 1
      guard next < 0 else { continue }
      next = stride - 1
      count.points += 1
      let chosen =
        manners == PowerCut.allCases.count
        ? PowerCut.allCases : Array(PowerCut.allCases.shuffled(using: &generator).prefix(manners))
      for cut in chosen { try await check(disk, cut, at: index, place) }
    }
  }

  /// Whether a step is done there, so that nothing is under way.
  private func isEnd(_ event: FileEvent) -> Bool {
    guard case .marked(let number) = event, case .done = run.note(number) else { return false }
    return true
  }

  /// Notes what is known at an event, before it happens to the disk.
  private func follow(_ event: FileEvent, _ disk: SimulatedDisk, _ place: inout Place) {
    place.files.follow(event, disk)
    guard case .marked(let number) = event else {
      if event.isOfMedium { place.isAtRest = false }
      return
    }
    switch run.note(number) {
    case .began(let step): place.step = step
    case .committed(let digest): place.acknowledged = digest
    case .done:
      place.isAtRest = true
      place.files.acknowledge()
    case nil: break
    }
  }

  private mutating func check(
    _ disk: SimulatedDisk, _ cut: PowerCut, at index: Int, _ place: Place
  ) async throws {
    let image = disk.image(after: cut, using: &generator)
    let text = "\(cut) after event \(index), \(run.events[index]), in \(place.step)".prefix(400)
    count.cuts += 1
    let key = Key(image: image.digest, step: place.step.description)
    if known[key] == nil {
      known[key] = await Aftermath(of: image, place.step, elsewhere)
      count.disks += 1
    }
    let aftermath = try #require(known[key])
    #expect(aftermath.problems == [], "\(text)")
    #expect(place.files.problems(in: image) == [], "\(text)")
    let next = commits[index]
    #expect(
      aftermath.state == place.acknowledged || aftermath.state == next && next != nil,
      "neither the old state nor the new one: \(text)")
    if aftermath.state != place.acknowledged { count.new += 1 }
    if place.isAtRest { #expect(aftermath.notices == [], "\(text)") }
  }
}
