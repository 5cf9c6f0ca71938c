import Replication
import TestSupport
import Testing

/// What may be dropped where not every text is kept (Protocol 3.9).
struct TextKeepingLaws {
  /// Every text that a library shows is somewhere, whoever ceased to keep all when, and in whatever
  /// order reports arrive.
  @Test(arguments: Effort.seeds(3, 8))
  func noTextIsDroppedEverywhere(batch: UInt64) throws {
    for seed in batch * 400..<(batch + 1) * 400 {
      var machines = TextKeepingModel(seed: seed)
      for step in 0..<120 {
        machines.step()
        try #require(machines.lost.isEmpty, "seed \(seed), step \(step)")
      }
    }
  }

  /// Each condition is needed: without it there are runs that lose a text, found from some seed on.
  @Test(
    arguments: [
      (TextKeepingModel.Weakness.keepingEverything, 0), (.ceasing, 1_200), (.naming, 0),
      (.deleting, 0),
      (.completeList, 4_000),
    ] as [(TextKeepingModel.Weakness, UInt64)])
  func everyConditionIsNeeded(without weakness: TextKeepingModel.Weakness, from start: UInt64) {
    let losing = (start..<start + 100).contains { seed in
      var machines = TextKeepingModel(seed: seed, without: weakness)
      return (0..<120).contains { _ in
        machines.step()
        return !machines.lost.isEmpty
      }
    }
    #expect(losing)
  }

  /// Who has heard of a deletion that is unknown here may have emptied its bin.
  @Test func aReporterMustKnowNothingMore() throws {
    let (own, peer) = (Sample.replica(1), Sample.replica(2))
    let hash = try #require(ContentHash(bytes: [UInt8](repeating: 7, count: 32)))
    func keeper(_ known: Knowledge) -> TextKeeper? {
      let report = PeerReport(
        replica: peer, clock: .zero,
        knowledge: Knowledge([own: SequenceSet(1...2), peer: SequenceSet(1...1)]),
        fingerprint: .empty, wanted: [])
      return TextKeeper(report, known: known, ceased: Dot(replica: own, sequence: 2))
    }
    #expect(keeper(Knowledge([own: SequenceSet(1...2)])) == nil)
    let all = Knowledge([own: SequenceSet(1...3), peer: SequenceSet(1...1)])
    let willing = try #require(keeper(all))
    #expect(willing.holds(hash, namedBy: Dot(replica: own, sequence: 1), deleted: nil))
    #expect(!willing.holds(hash, namedBy: Dot(replica: own, sequence: 3), deleted: nil))
  }
}

/// A few machines that name texts, delete and restore articles, cease to keep every text and begin
/// again, and send each other what they know, in messages that arrive late, twice, or never.
struct TextKeepingModel {
  /// A condition of the rule that is left out.
  enum Weakness: CaseIterable {
    case keepingEverything, completeList, ceasing, naming, deleting
  }

  fileprivate struct Write: Hashable {
    enum What: Hashable {
      case names(ContentHash)
      case deletes(Bool)
    }

    let article: Int
    let what: What
    let stamp: Int
  }

  fileprivate struct Machine {
    let id: ReplicaID
    var issued: UInt64 = 0
    var clock = 0
    var writes: [Dot: Write] = [:]
    /// Operations that say nothing of an article are known all the same.
    var known = Knowledge()
    var held: Set<ContentHash> = []
    var ceased: Dot?
    var reports: [ReplicaID: PeerReport] = [:]
  }

  fileprivate struct Message {
    let writes: [Dot: Write]
    let known: Knowledge
    let bodies: Set<ContentHash>
    let report: PeerReport
  }

  private var machines: [Machine]
  private var post: [Message] = []
  private var texts: UInt8 = 0
  private var generator: SeededGenerator
  private let weakness: Weakness?

  init(seed: UInt64, without weakness: Weakness? = nil) {
    generator = SeededGenerator(seed: seed)
    self.weakness = weakness
    let count = UInt64.random(in: 2...3, using: &generator)
    machines = (1...count).map { Machine(id: Sample.replica($0)) }
  }

  /// Texts that all that was ever written shows, and no machine holds.
  var lost: Set<ContentHash> {
    machines.reduce(into: joined.named) { $0.subtract($1.held) }
  }

  /// A machine that knows all that was ever written.
  private var joined: Machine {
    var all = Machine(id: Sample.replica(0))
    for machine in machines { all.writes.merge(machine.writes) { first, _ in first } }
    return all
  }

  mutating func step() {
    let index = Int.random(in: 0..<machines.count, using: &generator)
    switch Int.random(in: 0..<16, using: &generator) {
    case 0: write(at: index)
    case 1: delete(at: index)
    case 2: machines[index].changeKeeping()
    case 3: compact(at: index)
    case 4..<7: evict(at: index)
    case 7..<10: post.append(message(from: index))
    default: deliver(to: index)
    }
  }

  private mutating func write(at index: Int) {
    let article = Int.random(in: 0..<2, using: &generator)
    texts &+= 1
    guard !machines[index].isDeleted(article),
      let hash = ContentHash(bytes: [UInt8](repeating: texts, count: 32))
    else { return }
    machines[index].held.insert(hash)
    machines[index].write(article, .names(hash))
  }

  /// Only who has its newest text brings an article back.
  private mutating func delete(at index: Int) {
    let article = Int.random(in: 0..<2, using: &generator)
    let machine = machines[index]
    guard let naming = machine.naming(article) else { return }
    guard machine.isDeleted(article) else { return machines[index].write(article, .deletes(true)) }
    if machine.held.contains(naming.hash), joined.naming(article)?.dot == naming.dot {
      machines[index].write(article, .deletes(false))
    }
  }

  /// What nothing shown names goes, whoever keeps what. Of deleted articles it goes where nobody has
  /// brought them back yet: a bin is kept for longer than that takes to be heard.
  private mutating func compact(at index: Int) {
    let all = joined
    let kept = (0..<2).filter { !machines[index].isDeleted($0) || !all.isDeleted($0) }
    machines[index].held.formIntersection(kept.compactMap { machines[index].naming($0)?.hash })
  }

  private mutating func evict(at index: Int) {
    let machine = machines[index]
    guard let ceased = machine.ceased else { return }
    let article = Int.random(in: 0..<2, using: &generator)
    guard let naming = machine.naming(article), !machine.isDeleted(article),
      machine.held.contains(naming.hash)
    else { return }
    let isKept = machine.reports.values.contains { report in
      vouches(
        report, to: machine, ceased: ceased, for: naming.hash, namedBy: naming.dot,
        deleted: machine.deletion(article))
    }
    if isKept { machines[index].held.remove(naming.hash) }
  }

  private func vouches(
    _ report: PeerReport, to machine: Machine, ceased: Dot, for hash: ContentHash,
    namedBy naming: Dot, deleted: Dot?
  ) -> Bool {
    var keeping = report.keeping ?? .everything
    if weakness == .keepingEverything { keeping.ceased = nil }
    if weakness == .completeList { keeping.wantsAll = true }
    let report = PeerReport(
      replica: report.replica, clock: report.clock, knowledge: report.knowledge,
      fingerprint: report.fingerprint, wanted: report.wanted, keeping: keeping)
    let keeper = TextKeeper(
      report, known: machine.known, ceased: weakness == .ceasing ? naming : ceased)
    return keeper?.holds(
      hash, namedBy: weakness == .naming ? ceased : naming,
      deleted: weakness == .deleting ? nil : deleted) ?? false
  }

  /// Some messages carry not all that their sender knows; what it says of itself is the same.
  private mutating func message(from index: Int) -> Message {
    let machine = machines[index]
    let isWhole = Int.random(in: 0..<4, using: &generator) > 0
    var known = machine.known
    if !isWhole {
      let left = Sample.replica(UInt64.random(in: 1...UInt64(machines.count), using: &generator))
      known = known.subtracting(Knowledge([left: known[left]]))
    }
    let hasBodies = Bool.random(using: &generator)
    return Message(
      writes: machine.writes.filter { known.contains($0.key) }, known: known,
      bodies: hasBodies ? machine.held : [], report: machine.report)
  }

  private mutating func deliver(to index: Int) {
    guard let message = post.randomElement(using: &generator),
      message.report.replica != machines[index].id
    else { return }
    let isKeeping = machines[index].ceased == nil
    let wanted = message.bodies.sorted().filter { _ in isKeeping || Bool.random(using: &generator) }
    machines[index].take(message, bodies: Set(wanted))
  }
}

extension TextKeepingModel.Machine {
  fileprivate mutating func write(_ article: Int, _ what: TextKeepingModel.Write.What) {
    clock += 1
    writes[nextDot()] = TextKeepingModel.Write(article: article, what: what, stamp: clock)
  }

  private mutating func nextDot() -> Dot {
    issued += 1
    let dot = Dot(replica: id, sequence: issued)
    known.insert(dot)
    return dot
  }

  fileprivate mutating func changeKeeping() {
    let dot = nextDot()
    ceased = ceased == nil ? dot : nil
  }

  fileprivate var named: Set<ContentHash> {
    Set((0..<2).compactMap { isDeleted($0) ? nil : naming($0)?.hash })
  }

  fileprivate func naming(_ article: Int) -> (dot: Dot, hash: ContentHash)? {
    winner(article) { if case .names(let hash) = $0 { hash } else { nil } }
      .map { ($0.dot, $0.value) }
  }

  fileprivate func deletion(_ article: Int) -> Dot? { deletedRegister(article)?.dot }

  fileprivate func isDeleted(_ article: Int) -> Bool { deletedRegister(article)?.value ?? false }

  private func deletedRegister(_ article: Int) -> (dot: Dot, value: Bool)? {
    winner(article) { if case .deletes(let isDeleted) = $0 { isDeleted } else { nil } }
  }

  private func winner<Value>(
    _ article: Int, _ value: (TextKeepingModel.Write.What) -> Value?
  ) -> (dot: Dot, value: Value)? {
    var best: (stamp: Int, dot: Dot, value: Value)?
    for (dot, write) in writes where write.article == article {
      guard let value = value(write.what) else { continue }
      if let best, (write.stamp, dot.replica) < (best.stamp, best.dot.replica) { continue }
      best = (write.stamp, dot, value)
    }
    return best.map { ($0.dot, $0.value) }
  }

  /// At most one body is asked for, so that lists are often cut.
  fileprivate var report: PeerReport {
    let lacking = ceased == nil ? named.subtracting(held).sorted() : []
    return PeerReport(
      replica: id, clock: Stamp(wallMilliseconds: Int64(issued) * 1_000 + Int64(clock)),
      knowledge: known, fingerprint: .empty, wanted: Array(lacking.prefix(1)),
      keeping: TextKeeping(wantsAll: lacking.count <= 1, ceased: ceased?.sequence))
  }

  fileprivate mutating func take(
    _ message: TextKeepingModel.Message, bodies: Set<ContentHash>
  ) {
    writes.merge(message.writes) { first, _ in first }
    known.formUnion(message.known)
    clock = max(clock, message.writes.values.map(\.stamp).max() ?? 0)
    let lacking = named.subtracting(held)
    held.formUnion(bodies.intersection(lacking))
    let report = message.report
    if let old = reports[report.replica] {
      let knowsMore = old.knowledge != report.knowledge && old.knowledge.dominates(report.knowledge)
      if old.clock > report.clock || old.clock == report.clock && knowsMore { return }
    }
    reports[report.replica] = report
  }
}
