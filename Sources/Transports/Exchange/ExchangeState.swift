import Coding
import LibraryStore
import Replication

/// A place as it is known during one synchronization: what was listed, what is remembered of it and
/// what was done since. All that is decided about files is decided here, without looking anywhere
/// (Protocol 7.3 to 7.7).
struct ExchangeState {
  /// Who synchronizes.
  let replica: ReplicaID
  /// Milliseconds since 1970.
  let now: Int64
  /// Those that are listed, by writer and then by number; files that were written meanwhile last.
  var files: [File]
  /// What is remembered of files that are not listed.
  private(set) var unlisted: [(name: ExchangeName, record: ExchangeRecord)] = []
  /// Names of damaged files that are not listed, and since when they are known.
  let unlistedDamage: [[UInt8]: Int64]
  /// How many files were listed.
  private let listedCount: Int

  static let dayMilliseconds: Int64 = 86_400_000

  /// A listed file with what is remembered of it.
  struct File {
    let listed: ExchangeListing.File
    var record: ExchangeRecord
    /// Since when it is known to be damaged.
    var damagedSince: Int64?
    /// Whether it is not to be read again now.
    var isTried = false
    var name: ExchangeName { listed.name }
    var length: Int { listed.length }

    /// What it holds, if it has the length at which it was read or written whole.
    var content: ExchangeRecord.Content? {
      record.content.flatMap { $0.length == length ? $0 : nil }
    }

    /// The same, or what it was found to hold at this length without being merged.
    var found: ExchangeRecord.Content? {
      content ?? record.checked.flatMap { $0.length == length ? $0 : nil }
    }
  }

  /// - Parameter records: what is remembered, by names as text; no name comes twice.
  init(
    _ listing: ExchangeListing, records: some Sequence<(key: String, value: ExchangeRecord)>,
    damage: [[UInt8]: Int64], replica: ReplicaID, now: Int64
  ) {
    self.replica = replica
    self.now = now
    listedCount = listing.files.count
    files = listing.files.map { File(listed: $0, record: ExchangeRecord()) }
    var damage = damage
    // Mostly nothing is, and each name costs a hash.
    if !damage.isEmpty {
      for index in files.indices {
        let name = BundleHeader.DamagedName(of: files[index].name.text)
        files[index].damagedSince = damage.removeValue(forKey: name.bytes)
      }
    }
    unlistedDamage = damage
    for (text, record) in records {
      guard let name = ExchangeName(text) else { continue }
      if let index = index(of: name) {
        files[index].record = record
      } else {
        unlisted.append((name, record))
      }
    }
  }

  /// Where a file stands; nil for one that neither was listed nor written meanwhile.
  func index(of name: ExchangeName) -> Int? {
    var range = 0..<listedCount
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if files[middle].name == name { return middle }
      range =
        files[middle].name < name ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return files[listedCount...].firstIndex { $0.name == name }
  }

  func isOwn(_ file: File) -> Bool { file.name.replica == replica }

  /// Whether a day has passed since. A time that is yet to come was noted by a wrong clock, and is
  /// past.
  func isDayOld(_ time: Int64) -> Bool { isOld(time, days: 1) }

  /// The same of so many days.
  func isOld(_ time: Int64, days: Int64) -> Bool {
    time > now || now - time >= days * ExchangeState.dayMilliseconds
  }
}

// What lies there.
extension ExchangeState {
  /// What the files carry that count.
  var coverage: Knowledge { coverage { _ in true } }

  /// What those carry that count and that `isTaken` takes.
  func coverage(_ isTaken: (File) -> Bool) -> Knowledge {
    files.filter { counts($0) && isTaken($0) }
      .reduce(into: Knowledge()) { $0.formUnion($1.found?.carried ?? Knowledge()) }
  }

  /// Whether what a file carries is taken to lie there.
  func counts(_ file: File) -> Bool {
    guard let content = file.found, file.record.replaced == nil else { return false }
    return !isWrittenAnew(file) && (content.parts == 1 || hasAllParts(file, content))
  }

  /// Whether it is named as damaged, and it is this replica's turn to see to it.
  func isWrittenAnew(_ file: File) -> Bool {
    file.damagedSince.map { isOwn(file) || isDayOld($0) } ?? false
  }

  /// The parts of one delta have consecutive last numbers.
  private func hasAllParts(_ file: File, _ content: ExchangeRecord.Content) -> Bool {
    let first = file.name.numbers.upperBound - content.part + 1
    return (1...content.parts).allSatisfy { part in
      files.contains {
        $0.name.replica == file.name.replica && $0.name.numbers.upperBound == first + part - 1
          && $0.found?.part == part && $0.found?.parts == content.parts
      }
    }
  }

  /// This replica's newest file there, as its header has it.
  var told: BundleHeader? {
    files.last { isOwn($0) && $0.content != nil && $0.record.header != nil }
      .flatMap { $0.record.header }.flatMap { try? BundleHeader(payload: $0) }
  }

  /// The lowest number that no listed file of this replica's has.
  var nextNumber: Int { (files.filter(isOwn).map(\.name.numbers.upperBound).max() ?? 0) + 1 }

  /// Names of files that cannot be read here, to be told to others.
  var namedDamage: [BundleHeader.DamagedName] {
    let names = files.filter {
      $0.damagedSince != nil && $0.record.fault?.length == $0.length && !isOwn($0)
    }.map { BundleHeader.DamagedName(of: $0.name.text) }
    return Array(names.sorted().prefix(Limits.damagedFiles))
  }
}
