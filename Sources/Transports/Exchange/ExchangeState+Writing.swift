import Coding
import LibraryStore
import Replication

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
  ///   - awaited: operations of others that wait to hear that they are known here.
  func draft(
    report: PeerReport, held: Knowledge, wanted: [ContentHash], hasDiverged: Bool,
    awaited: Knowledge = Knowledge()
  ) -> Draft? {
    let coverage = coverage
    guard
      hasDiverged || !wanted.isEmpty || !held.subtracting(coverage).isEmpty
        || hasToReport(report, awaited)
    else { return nil }
    return Draft(basis: hasDiverged ? Knowledge() : coverage.intersection(held), wanted: wanted)
  }

  /// Whether a file is due that tells of this replica alone: it wants more than it told, others wait
  /// for its word, or what it knows changed and a day has passed.
  private func hasToReport(_ report: PeerReport, _ awaited: Knowledge) -> Bool {
    guard let told else { return true }
    if !Set(report.wanted).subtracting(told.sender.wanted).isEmpty { return true }
    if told.sender.keeping != report.keeping { return true }
    // Who drops texts may want one again, for which its want must have ended.
    if report.keeping?.ceased != nil, told.sender.wanted != report.wanted { return true }
    // What others drop waits for one who keeps every text and knows that they do not.
    let unanswered = awaited.intersection(report.knowledge).subtracting(told.sender.knowledge)
    if report.keeping?.ceased == nil, !unanswered.isEmpty { return true }
    // Others hold it for diverged until they hear that it is not.
    if told.sender.hasDiverged(from: report) { return true }
    let isTold =
      told.sender.knowledge == report.knowledge && told.sender.fingerprint == report.fingerprint
      && told.sender.wanted == report.wanted && told.damaged == namedDamage
    return !isTold && isDayOld(told.createdMilliseconds)
  }

  /// A file was written.
  mutating func noteWritten(_ listed: ExchangeListing.File, _ record: ExchangeRecord) {
    files.append(File(listed: listed, record: record))
  }
}
