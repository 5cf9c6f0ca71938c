/// What a cut of the power does to what was written and not flushed.
enum PowerCut: CaseIterable, Sendable {
  /// None of it is there; what happened to names may be.
  case dropped
  /// All of it is there.
  case kept
  /// The last write is there up to a sector's end.
  case tornAtSector
  /// What came first is there.
  case prefix
  /// Some writes are there, whichever order they were made in.
  case reordered
  /// Half of the last write is there, up to any byte.
  case lastTornInHalf
  /// Files have what was written, as far as they reached before.
  case lengthLost
  /// A sector that was being written holds anything.
  case garbage

  static let sectorLength = 512
}

extension SimulatedDisk {
  /// Whether a cut would leave but one thing.
  var isDurable: Bool { pendingNames.isEmpty && files.values.allSatisfy(\.pending.isEmpty) }

  /// What is there, as whoever looks sees it now.
  var image: DiskImage {
    var generator = SystemRandomNumberGenerator()
    return image(after: .kept, using: &generator)
  }

  /// What is there when the power comes back.
  func image(
    after cut: PowerCut, using generator: inout some RandomNumberGenerator
  ) -> DiskImage {
    let damage = Damage(cut, self, using: &generator)
    var (names, image) = (durableNames, DiskImage())
    for change in pendingNames where damage.keeps(change) { names.apply(change.event) }
    var contents: [Int: [UInt8]] = [:]
    image.folders = names.folders.filter { names.holds($0) }
    for (path, number) in names.files where names.holds(path) {
      let bytes = contents[number] ?? damage.content(of: files[number] ?? File(), &generator)
      contents[number] = bytes
      image.files[path] = bytes
    }
    return image
  }
}

extension SimulatedDisk.Names {
  /// Whether all folders above a path are there.
  fileprivate func holds(_ path: String) -> Bool {
    var path = path[...]
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      guard folders.contains(String(path)) else { return false }
    }
    return true
  }
}

/// One cut's choice among what was not flushed.
private struct Damage {
  private let cut: PowerCut
  /// What came later is gone: of names in each folder, and of bytes.
  private var lastName: [String: Int] = [:]
  private var lastChange: Int
  /// The write that is torn, and how much of it is there.
  private var torn: (order: Int, count: Int)?
  private var garbage: Int?
  private var kept: Set<Int>?

  init(
    _ cut: PowerCut, _ disk: SimulatedDisk, using generator: inout some RandomNumberGenerator
  ) {
    self.cut = cut
    lastChange = .max
    let changes = disk.files.values.flatMap(\.pending).sorted { $0.order < $1.order }
    let writes = changes.filter { $0.count > 0 }
    let orders = (changes.map(\.order) + disk.pendingNames.map(\.order)).sorted()
    switch cut {
    case .kept, .lengthLost: break
    case .dropped:
      lastChange = -1
      if Bool.random(using: &generator) { cutNames(at: { _ in -1 }, disk) }
    case .prefix:
      lastChange = orders.randomElement(using: &generator) ?? -1
      cutNames(at: { [lastChange] _ in lastChange }, disk)
    case .reordered:
      kept = Set(changes.map(\.order).filter { _ in Bool.random(using: &generator) })
      var last: [String: Int] = [:]
      for change in disk.pendingNames where Bool.random(using: &generator) {
        last[change.folder] = change.order
      }
      cutNames(at: { last[$0] ?? -1 }, disk)
    case .tornAtSector:
      if let last = writes.last {
        let sectors = (last.count - 1) / PowerCut.sectorLength
        torn = (
          last.order, Int.random(in: 0...sectors, using: &generator) * PowerCut.sectorLength
        )
      }
    case .lastTornInHalf: torn = writes.last.map { ($0.order, $0.count / 2) }
    case .garbage: garbage = writes.randomElement(using: &generator)?.order
    }
  }

  private mutating func cutNames(at last: (String) -> Int, _ disk: SimulatedDisk) {
    for change in disk.pendingNames { lastName[change.folder] = last(change.folder) }
  }

  func keeps(_ change: SimulatedDisk.NameChange) -> Bool {
    change.order <= lastName[change.folder] ?? .max
  }

  func content(
    of file: SimulatedDisk.File, _ generator: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = file.durable
    for change in file.pending where change.order <= lastChange {
      if let kept, !kept.contains(change.order) { continue }
      change.apply(to: &bytes, limit: torn?.order == change.order ? torn?.count ?? 0 : .max)
      if change.order == garbage, case .write(let place, let written) = change.kind {
        spoil(&bytes, from: place, count: written.count, &generator)
      }
    }
    if cut == .lengthLost, bytes.count > file.durable.count {
      bytes.removeLast(bytes.count - file.durable.count)
    }
    return bytes
  }

  /// Puts anything into one of the sectors that were written.
  private func spoil(
    _ bytes: inout [UInt8], from place: Int, count: Int,
    _ generator: inout some RandomNumberGenerator
  ) {
    let first = place / PowerCut.sectorLength
    let last = (place + count - 1) / PowerCut.sectorLength
    let start = Int.random(in: first...last, using: &generator) * PowerCut.sectorLength
    for index in start..<min(bytes.count, start + PowerCut.sectorLength)
    where index >= place && index < place + count {
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
    }
  }
}
