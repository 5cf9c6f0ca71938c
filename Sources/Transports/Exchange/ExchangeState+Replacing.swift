import Coding
import LibraryStore
import Replication

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
  /// stands for; for one that was not read itself, one that was checked will do. Also those that could
  /// never be read and were seen last long ago.
  ///
  /// - Parameter hasRead: whether what is unread was read; else what was read before is kept.
  func forgettable(hasRead: Bool) -> [String] {
    var read: [ReplicaID: [ClosedRange<Int>]] = [:]
    var checked: [ReplicaID: [ClosedRange<Int>]] = [:]
    for file in files {
      if file.content != nil { read[file.name.replica, default: []].append(file.name.numbers) }
      if file.found != nil { checked[file.name.replica, default: []].append(file.name.numbers) }
    }
    return unlisted.compactMap { name, record in
      // Own files may lie in another place.
      guard name.replica != replica, hasRead || record.content == nil else { return nil }
      let spans = record.content == nil ? checked : read
      let isSpanned = (spans[name.replica] ?? []).contains { $0.contains(name.numbers) }
      return isSpanned || isLongUnreadable(record) ? name.text : nil
    }
  }

  private func isLongUnreadable(_ record: ExchangeRecord) -> Bool {
    guard record.content == nil, let fault = record.fault else { return false }
    return isOld(fault.since, days: ExchangeState.rememberedDays)
  }

  /// Names of damaged files that need not be remembered any more: no file of such a name is listed.
  var forgettableDamage: [[UInt8]] {
    unlistedDamage.filter { isOld($0.value, days: ExchangeState.rememberedDays) }.map(\.key)
  }

  /// How long what could not be read is remembered that is not listed: it may lie in another place.
  private static let rememberedDays: Int64 = 30
}
