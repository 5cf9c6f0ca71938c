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
  var files: [File] = []
  /// What is remembered of files that are not listed, and of those that are.
  var records: [String: ExchangeRecord]
  var indices: [ExchangeName: Int] = [:]

  static let dayMilliseconds: Int64 = 86_400_000

  /// A listed file with what is remembered of it.
  struct File {
    let listed: ExchangeListing.File
    var record: ExchangeRecord
    /// Since when it is known to be damaged.
    var damagedSince: Int64?
    var name: ExchangeName { listed.name }
    var length: Int { listed.length }

    /// What it holds, if it has the length at which it was read or written whole.
    var content: ExchangeRecord.Content? {
      record.content.flatMap { $0.length == length ? $0 : nil }
    }
  }

  init(
    _ listing: ExchangeListing, records: [String: ExchangeRecord], damage: [[UInt8]: Int64],
    replica: ReplicaID, now: Int64
  ) {
    self.replica = replica
    self.now = now
    self.records = records
    files = listing.files.map { listed in
      let text = listed.name.text
      return File(
        listed: listed, record: records[text] ?? ExchangeRecord(),
        // Mostly nothing is, and each name costs a hash.
        damagedSince: damage.isEmpty ? nil : damage[BundleHeader.DamagedName(of: text).bytes])
    }
    for (index, file) in files.enumerated() { indices[file.name] = index }
  }

  func isOwn(_ file: File) -> Bool { file.name.replica == replica }

  /// Whether a day has passed since. A time that is yet to come was noted by a wrong clock, and is
  /// past.
  func isDayOld(_ time: Int64) -> Bool {
    time > now || now - time >= ExchangeState.dayMilliseconds
  }
}

// What lies there.
extension ExchangeState {
  /// What the files carry that count.
  var coverage: Knowledge { coverage { _ in true } }

  /// What those carry that count and that `isTaken` takes.
  func coverage(_ isTaken: (File) -> Bool) -> Knowledge {
    files.filter { counts($0) && isTaken($0) }
      .reduce(into: Knowledge()) { $0.formUnion($1.content?.carried ?? Knowledge()) }
  }

  /// Whether what a file carries is taken to lie there.
  func counts(_ file: File) -> Bool {
    guard let content = file.content, file.record.replaced == nil else { return false }
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
          && $0.content?.part == part && $0.content?.parts == content.parts
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
