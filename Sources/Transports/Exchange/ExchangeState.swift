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
  private(set) var files: [File] = []
  /// What is remembered of files that are not listed, and of those that are.
  private var records: [String: ExchangeRecord]
  private var indices: [ExchangeName: Int] = [:]

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

// Reading.
extension ExchangeState {
  /// Those to read: not read whole, not passed over, not given up. Of a roll-up and the files it
  /// stands for, those are chosen that are shorter together.
  ///
  /// - Parameter tried: what is not to be read again now.
  func unread(but tried: Set<ExchangeName> = []) -> [ExchangeListing.File] {
    let unread = files.filter {
      $0.content == nil && !hasChanged($0) && !isGivenUp($0) && !tried.contains($0.name)
    }
    let writers = Dictionary(grouping: unread, by: \.name.replica)
    // The others are soon said of, mostly.
    guard writers.values.contains(where: { $0.count > 1 }) else { return unread.map(\.listed) }
    let contents = contentsByWriter()
    var chosen: Set<ExchangeName> = []
    for (writer, files) in writers { chosen.formUnion(choice(of: files, contents[writer] ?? [])) }
    return unread.filter { chosen.contains($0.name) }.map(\.listed)
  }

  /// Of one writer's unread files, those to read.
  private func choice(of files: [File], _ read: [Held]) -> Set<ExchangeName> {
    var chosen: Set<ExchangeName> = []
    var replaced: Set<ExchangeName> = []
    for file in files.sorted(by: { $0.name.numbers.count > $1.name.numbers.count })
    where !replaced.contains(file.name) {
      let inner = files.filter { $0.name != file.name && file.name.stands(for: $0.name) }
      let numbers = read.map(\.numbers) + inner.map(\.name.numbers)
      if file.name.isStoodFor(by: numbers), inner.reduce(0, { $0 + $1.length }) < file.length {
        continue
      }
      chosen.insert(file.name)
      replaced.formUnion(inner.map(\.name))
    }
    return chosen
  }

  /// What is read only while something is missing: files that were passed over, and damaged ones.
  var lastResort: [ExchangeListing.File] {
    files.filter { file in
      file.content?.isPassedOver ?? (!hasChanged(file) && isGivenUp(file))
    }.map(\.listed)
  }

  /// Whether it was read whole and has another length now: what it held is here.
  private func hasChanged(_ file: File) -> Bool {
    file.record.content.map { $0.length != file.length } ?? false
  }

  /// Whether it is named as damaged, and not changed since it could not be read here.
  private func isGivenUp(_ file: File) -> Bool {
    file.damagedSince != nil && file.record.fault?.length ?? file.length == file.length
  }

  /// Passes over what stands for files that were all read, and what a file that was read stands for;
  /// and notes files whose length changed. Returns what is to be remembered, and the files that are damaged since this time.
  mutating func settle() -> (records: [String: ExchangeRecord], damaged: [ExchangeListing.File]) {
    var changed: [String: ExchangeRecord] = [:]
    var damaged: [ExchangeListing.File] = []
    let contents = contentsByWriter()
    for index in files.indices {
      let file = files[index]
      if file.content != nil {
        guard file.record.fault != nil else { continue }
        files[index].record.fault = nil
      } else if hasChanged(file) {
        if noteFault(at: index) { damaged.append(file.listed) }
      } else if let carried = carried(passingOver: file, contents[file.name.replica] ?? []) {
        files[index].record.content = ExchangeRecord.Content(
          length: file.length, carried: carried, isPassedOver: true)
      }
      if files[index].record != file.record {
        changed[file.name.text] = files[index].record
        records[file.name.text] = files[index].record
      }
    }
    return (changed, damaged)
  }

  private typealias Held = (numbers: ClosedRange<Int>, carried: Knowledge)

  private func contentsByWriter() -> [ReplicaID: [Held]] {
    var contents: [ReplicaID: [Held]] = [:]
    for (text, record) in records {
      guard let content = record.content, let name = ExchangeName(text) else { continue }
      contents[name.replica, default: []].append((name.numbers, content.carried))
    }
    return contents
  }

  /// What a file is taken to carry that need not be read; nil where it has to be. One that lies
  /// within a listed one's numbers that was read is taken to carry nothing: that one does.
  private func carried(passingOver file: File, _ read: [Held]) -> Knowledge? {
    let inner = read.filter { file.name.numbers.contains($0.numbers) }
    if file.name.isStoodFor(by: inner.map(\.numbers)) {
      return inner.reduce(into: Knowledge()) { $0.formUnion($1.carried) }
    }
    let outer = read.filter { $0.numbers.contains(file.name.numbers) }.map(\.numbers)
    guard !outer.isEmpty else { return nil }
    let isReplaced = files.contains {
      $0.content != nil && $0.name != file.name && $0.name.stands(for: file.name)
    }
    return isReplaced ? Knowledge() : nil
  }

  /// A file was read whole, and its header named these as damaged. Returns what is to be remembered
  /// of it, and of the named those that are listed and were not known to be damaged.
  mutating func noteRead(
    _ listed: ExchangeListing.File, _ header: BundleHeader
  ) -> (record: ExchangeRecord, damaged: [BundleHeader.DamagedName]) {
    let record = ExchangeRecord(
      content: ExchangeRecord.Content(
        length: listed.length, carried: header.statement.carried, part: header.part.number,
        parts: header.part.count))
    if let index = indices[listed.name] {
      files[index].record.content = record.content
      files[index].record.fault = nil
    }
    records[listed.name.text] = record
    return (record, noteDamage(header.damaged))
  }

  private mutating func noteDamage(
    _ names: [BundleHeader.DamagedName]
  ) -> [BundleHeader.DamagedName] {
    guard !names.isEmpty else { return [] }
    let named = Set(names)
    var damaged: [BundleHeader.DamagedName] = []
    for index in files.indices where files[index].damagedSince == nil {
      let name = BundleHeader.DamagedName(of: files[index].name.text)
      guard named.contains(name) else { continue }
      files[index].damagedSince = now
      damaged.append(name)
    }
    return damaged
  }

  /// A file could not be read. Returns what is to be remembered of it, and whether it is damaged
  /// since this time: it was so at this length a day ago.
  mutating func noteUnreadable(
    _ listed: ExchangeListing.File
  ) -> (record: ExchangeRecord, isDamaged: Bool)? {
    guard let index = indices[listed.name] else { return nil }
    let isDamaged = noteFault(at: index)
    return (files[index].record, isDamaged)
  }

  private mutating func noteFault(at index: Int) -> Bool {
    let file = files[index]
    // What is cut under the own id is nobody else's to write anew.
    if isOwn(file), file.record.replaced == nil { files[index].record.replaced = now }
    guard let fault = file.record.fault, fault.length == file.length else {
      files[index].record.fault = ExchangeRecord.Fault(length: file.length, since: now)
      return false
    }
    guard isDayOld(fault.since), file.damagedSince == nil, !isOwn(file) else { return false }
    files[index].damagedSince = now
    return true
  }
}

// What lies there.
extension ExchangeState {
  /// What the files carry that count.
  var coverage: Knowledge { coverage { _ in true } }

  /// What those carry that count and that `isTaken` takes.
  private func coverage(_ isTaken: (File) -> Bool) -> Knowledge {
    files.filter { counts($0) && isTaken($0) }
      .reduce(into: Knowledge()) { $0.formUnion($1.content?.carried ?? Knowledge()) }
  }

  /// Whether what a file carries is taken to lie there.
  func counts(_ file: File) -> Bool {
    guard let content = file.content, file.record.replaced == nil else { return false }
    return !isWrittenAnew(file) && (content.parts == 1 || hasAllParts(file, content))
  }

  /// Whether it is named as damaged, and it is this replica's turn to see to it.
  private func isWrittenAnew(_ file: File) -> Bool {
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

// Writing.
extension ExchangeState {
  /// A file that is to be written.
  struct Draft: Equatable {
    /// What whoever reads it is taken to know.
    var basis: Knowledge
    /// Bodies that others want.
    var wanted: [ContentHash]
  }

  /// The file this replica has to write; nil where it has nothing to tell (Protocol 7.4).
  ///
  /// - Parameters:
  ///   - held: the operations its log holds.
  ///   - wanted: bodies here that others want and that were not put there since.
  ///   - hasDiverged: whether a file was read whose writer knew the same and held another result.
  func draft(
    report: PeerReport, held: Knowledge, wanted: [ContentHash], hasDiverged: Bool
  ) -> Draft? {
    let coverage = coverage
    guard
      hasDiverged || !wanted.isEmpty || !held.subtracting(coverage).isEmpty
        || hasToReport(report)
    else { return nil }
    return Draft(basis: hasDiverged ? Knowledge() : coverage.intersection(held), wanted: wanted)
  }

  /// Whether a file is due that tells of this replica alone: it wants more than it told, or what it
  /// knows changed and a day has passed.
  private func hasToReport(_ report: PeerReport) -> Bool {
    guard let told else { return true }
    if !Set(report.wanted).subtracting(told.sender.wanted).isEmpty { return true }
    // Others hold it for diverged until they hear that it is not.
    if told.sender.hasDiverged(from: report) { return true }
    let isTold =
      told.sender.knowledge == report.knowledge && told.sender.fingerprint == report.fingerprint
      && told.sender.wanted == report.wanted && told.damaged == namedDamage
    return !isTold && isDayOld(told.createdMilliseconds)
  }

  /// A file was written.
  mutating func noteWritten(_ listed: ExchangeListing.File, _ record: ExchangeRecord) {
    indices[listed.name] = files.count
    files.append(File(listed: listed, record: record))
    records[listed.name.text] = record
  }
}

// Keeping the number of files small.
extension ExchangeState {
  /// A file that is to stand for others.
  struct RollUp {
    var rolled: [ExchangeName]
    /// What those carried.
    var carried: Knowledge
    /// What all other files carry.
    var others: Knowledge
    /// The newest of them.
    var newest: BundleHeader
    var numbers: ClosedRange<Int>
  }

  /// The newest own files that should become one: while the next older is at most twice as long as
  /// all newer together. Nil where there are no two.
  var rollUp: RollUp? {
    let own = files.filter { isOwn($0) && counts($0) }.sorted { $0.name < $1.name }
    guard let last = own.last, isRollable(last),
      let newest = last.record.header.flatMap({ try? BundleHeader(payload: $0) })
    else { return nil }
    var rolled = [last]
    var length = last.length
    for file in own.dropLast().reversed() {
      // A roll-up stands for all between its first and its last.
      guard isRollable(file), file.length <= 2 * length,
        file.length + length < BundlePacking.maximumPart
      else { break }
      rolled.insert(file, at: 0)
      length += file.length
    }
    guard rolled.count >= 2 else { return nil }
    let names = rolled.map(\.name)
    let taken = Set(names)
    return RollUp(
      rolled: names, carried: coverage { taken.contains($0.name) },
      others: coverage { !taken.contains($0.name) }, newest: newest,
      numbers: rolled[0].name.numbers.lowerBound...last.name.numbers.upperBound)
  }

  /// Whether it is a whole delta that this replica remembers writing.
  private func isRollable(_ file: File) -> Bool {
    file.record.header != nil && file.content?.parts == 1
  }

  /// Notes that own files are replaced. Returns what is to be remembered of them.
  mutating func noteReplaced(_ names: [ExchangeName]) -> [String: ExchangeRecord] {
    var changed: [String: ExchangeRecord] = [:]
    for index in files.indices where names.contains(files[index].name) {
      files[index].record.replaced = now
      changed[files[index].name.text] = files[index].record
    }
    return changed
  }
}

// Taking away.
extension ExchangeState {
  /// Own files that are named as damaged, cut, or were replaced at a time that is yet to come: they
  /// are replaced from now on. Returns what is to be remembered of them.
  mutating func replaceFaulty() -> [String: ExchangeRecord] {
    let names = files.filter { file in
      guard isOwn(file) else { return false }
      if let replaced = file.record.replaced { return replaced > now }
      return isWrittenAnew(file) || hasChanged(file)
    }.map(\.name)
    return noteReplaced(names)
  }

  /// Own files that have been replaced for a day.
  var deletable: [ExchangeListing.File] {
    files.filter { file in
      isOwn(file)
        && file.record.replaced.map { now - $0 >= ExchangeState.dayMilliseconds } ?? false
    }.map(\.listed)
  }

  /// What need not be remembered any more: files that are not listed, and that a file which was read
  /// stands for.
  var forgettable: [String] {
    let listed = Set(files.map(\.name.text))
    var spans: [ReplicaID: [ClosedRange<Int>]] = [:]
    for file in files where file.content != nil {
      spans[file.name.replica, default: []].append(file.name.numbers)
    }
    return records.compactMap { text, _ in
      // Own files may lie in another place.
      guard !listed.contains(text), let name = ExchangeName(text), name.replica != replica
      else { return nil }
      let isSpanned = (spans[name.replica] ?? []).contains { $0.contains(name.numbers) }
      return isSpanned ? text : nil
    }
  }
}
