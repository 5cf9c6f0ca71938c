import Articles
import Coding
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// What a log and a list of conflicts show is read in pages, and is what it would be in one.
struct HistoryTests {
  private static let histories = Effort.seeds(3, 8)

  @Test(arguments: histories)
  func `the log is what holding everything finds, after any history`(seed: UInt64) async throws {
    for isHostile in [false, true] {
      var tandem = try Tandem(seed: seed, isHostile: isHostile)
      for _ in 0..<40 { _ = try await tandem.step() }
      for test in tandem.stores {
        let store = test.store
        let filters: [(EntityID?, ReplicaID?, Int64)] = [
          (nil, nil, 0), (Sample.article(1).entity, nil, 0), (nil, Sample.replica(2), 0),
          (nil, nil, Sample.now), (Sample.article(0).entity, Sample.replica(1), 1),
        ]
        for (entity, replica, since) in filters {
          let expected = try await LogOracle.entries(of: store, entity, replica, since: since)
          let log = try await store.log(of: entity, replica: replica, since: since)
          if !isHostile {
            #expect(log == expected.sorted { $1.operation.beats($0.operation) }, "seed \(seed)")
          }
          // Twins' operations of one stamp have no order among themselves.
          #expect(log.map(Name.init) == expected.map(Name.init).sorted(), "seed \(seed)")
          #expect(LogOracle.counts(log) == LogOracle.counts(expected), "seed \(seed)")
          let whole = try await store.log(
            of: entity, replica: replica, since: since, pageLength: 1_000)
          #expect(log == whole, "seed \(seed)")
          for limit in [0, 1, 5, 1_000] {
            let places = try await store.logPlaces(
              of: entity, replica: replica, since: since, limit: limit)
            #expect(places.count == expected.count, "seed \(seed)")
            let newest = try await store.logEntries(at: places.indices, of: places)
            #expect(newest == log.suffix(limit), "seed \(seed), \(limit)")
          }
        }
      }
    }
  }

  @Test(arguments: [0, 1, 7, 600, 5_000])
  func `the newest places are kept, and all are counted`(limit: Int) throws {
    var generator = SeededGenerator(seed: UInt64(limit))
    var gathering = LogPlaceGathering(limit: limit)
    let places = try (0..<UInt64(4_000)).map { sequence in
      LogPlace(
        stamp: try Sample.stamp(.random(in: 0...500, using: &generator)), sequence: sequence,
        frame: 0, position: 0, length: 0, replica: .random(in: 0...3, using: &generator))
    }
    for place in places { gathering.add(place) }
    gathering.trim()
    let expected = places.sorted { $0.precedes($1) }.suffix(limit)
    #expect(gathering.places.map(\.sequence) == expected.map(\.sequence))
    #expect(gathering.count == places.count)
    #expect(MemoryLayout<LogPlace>.stride == 32)
  }

  @Test func `operations are found where frames were joined, and left out where they were dropped`()
    async throws
  {
    let test = try TestStore(1)
    let register = RegisterID(Sample.entity(1), Field("size"))
    for number in Int64(1)...20 {
      let other = RegisterID(Sample.entity(100 + UInt64(number)), Field("size"))
      try await test.store.write(
        [Edit(register, .integer(number)), Edit(other, .integer(1))], now: Sample.now)
    }
    let before = try await test.store.log()
    let places = try await test.store.logPlaces()
    #expect(places.count == 40)
    for number in UInt64(0)..<60 {
      let other = RegisterID(Sample.entity(200 + number), Field("size"))
      try await test.store.write([Edit(other, .integer(1))], now: Sample.now)
    }
    let joined = try await test.store.logEntries(at: places.indices, of: places)
    #expect(joined == before)
    #expect(try await test.store.compact(now: Sample.now).operations == 19)
    let kept = try await test.store.logEntries(at: places.indices, of: places)
    #expect(kept == before.filter { $0.standing == .winner })
  }

  @Test func `replaced text that goes meanwhile is left out`() async throws {
    let test = try TestStore(1)
    for text in ["first", "second", "third"] {
      try await test.store.write([try Sample.article(1).note(text)], now: Sample.now)
    }
    _ = try await test.store.compact(now: Sample.now)
    let places = try await test.store.logPlaces()
    #expect(places.count == 3)
    try await test.store.tamper("DELETE FROM replaced WHERE id = 1")
    let log = try await test.store.logEntries(at: places.indices, of: places)
    #expect(log.map(\.operation.value.text) == ["second", "third"])
    #expect(log.map(\.standing) == [.superseded, .winner])
  }

  @Test func `a register's many conflicts are one list in pages of any length`() async throws {
    let test = try await crowd(9)
    let whole = try await test.store.conflicts(pageLength: 100)
    #expect(whole.map(\.lost.value.text) == (1...8).map { "note \($0)" })
    #expect(Set(whole.map(\.kept.value.text)) == ["note 9"])
    for pageLength in 1...9 {
      let conflicts = try await test.store.conflicts(pageLength: pageLength)
      #expect(conflicts == whole)
      #expect(conflicts.map(\.shown) == whole.map(\.shown))
    }
    #expect(try await test.store.conflictCount() == 8)
    let edit = Edit(whole[3].lost.value, over: whole[3].shown)
    try await test.store.write([edit], now: Sample.now)
    #expect(try await test.store.conflicts().isEmpty)
  }

  @Test func `a conflict that is settled meanwhile is left out, and one that came is not covered`()
    async throws
  {
    let test = try await crowd(4)
    let places = try await test.store.conflictPlaces()
    let first = try await test.store.conflicts(at: 0..<1, of: places)
    let late = try Operation(
      dot: Dot(replica: Sample.replica(99), sequence: 1), stamp: Sample.stamp(50),
      register: RegisterID(Sample.article(1).entity, ArticleField.note), value: .text("late"),
      context: Context([Context.Entry(replica: Sample.replica(12), sequence: 1)]))
    _ = try await test.store.merge(
      operations: [Sample.frame([late])], bodies: [], now: Sample.now)
    let rest = try await test.store.conflicts(at: 1..<3, of: places, after: first.last)
    #expect(rest.map(\.lost.value.text) == ["note 3"])
    let conflict = try #require(rest.first)
    #expect(conflict.kept.value.text == "note 4")
    try await test.store.write(
      [Edit(conflict.lost.value, over: conflict.shown)], now: Sample.now)
    #expect(try await test.store.conflicts().map(\.lost.value.text) == ["late"])
  }

  /// A store with a note that so many replicas wrote, none of whom had read another's.
  private func crowd(_ count: UInt64) async throws -> TestStore {
    let test = try TestStore(1)
    let items = try (1...count).map { number in
      try Sample.frame([
        Operation(
          dot: Dot(replica: Sample.replica(10 + number), sequence: 1),
          stamp: Sample.stamp(number),
          register: RegisterID(Sample.article(1).entity, ArticleField.note),
          value: .text("note \(number)"), context: .empty)
      ])
    }
    _ = try await test.store.merge(operations: items, bodies: [], now: Sample.now)
    return test
  }
}

/// What tells an operation from another, in the order of a log.
private struct Name: Comparable {
  let stamp: Stamp
  let dot: Dot

  init(_ entry: LogEntry) {
    (stamp, dot) = (entry.operation.stamp, entry.operation.dot)
  }

  static func < (left: Name, right: Name) -> Bool {
    (left.stamp, left.dot) < (right.stamp, right.dot)
  }
}

/// The log, said once more by holding all of it.
private enum LogOracle {
  /// In no order.
  static func entries(
    of store: ReplicaStore, _ entity: EntityID?, _ replica: ReplicaID?, since: Int64
  ) async throws -> [LogEntry] {
    let registers = try await store.registers()
    let floor = Stamp(wallMilliseconds: since)
    func isWanted(_ operation: Operation) -> Bool {
      operation.stamp >= floor && (entity == nil || operation.register.entity == entity)
        && (replica == nil || operation.dot.replica == replica)
    }
    let (logged, replaced) = try await store.read { db in
      let transaction = try StoreTransaction(db)
      let (log, table) = (FrameLog(transaction), ReplacedTable(transaction))
      let logged = try transaction.interner.replicas.flatMap { replica in
        try log.entries(of: transaction.interner.number(of: replica)).flatMap {
          try log.block($0.id).operations()
        }
      }
      let replaced = try Int64.fetchAll(db, sql: "SELECT id FROM replaced")
        .compactMap { try table.operation($0) }
      return (logged.filter(isWanted), replaced.filter(isWanted))
    }
    let dots = Set(logged.map(\.dot))
    return logged.map { LogEntry(operation: $0, standing: standing(of: $0, registers)) }
      + replaced.filter { !dots.contains($0.dot) }
      .map { LogEntry(operation: $0, standing: .superseded) }
  }

  private static func standing(
    of operation: Operation, _ registers: [RegisterID: Register]
  ) -> LogEntry.Standing {
    guard let register = registers[operation.register] else { return .superseded }
    if register.winner.dot == operation.dot, register.winner.value == operation.value {
      return .winner
    }
    let isConflict =
      operation.context != nil && register.conflicts.contains { $0.dot == operation.dot }
    return isConflict ? .conflict : .superseded
  }

  /// How often each is there.
  static func counts(_ log: [LogEntry]) -> [Operation: [LogEntry.Standing: Int]] {
    var counts: [Operation: [LogEntry.Standing: Int]] = [:]
    for entry in log { counts[entry.operation, default: [:]][entry.standing, default: 0] += 1 }
    return counts
  }
}
