import Articles
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Registers packed into rows: what was put in is found, however many there are and however long.
struct RegisterRunTests {
  @Test(arguments: UInt64(0)..<20)
  func `a run holds what was set last, ascending`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var run = RegisterRun()
    var expected: [Int64: [Int64]] = [:]
    for _ in 0..<60 {
      let field = Int64.random(in: 1...300, using: &generator)
      let numbers = (0..<4).map { _ in Int64.random(in: 0...(.max), using: &generator) >> 20 }
      let value = [UInt8](repeating: 7, count: .random(in: 0...200, using: &generator))
      try run.set(
        field: field, stamp: numbers[0], replica: numbers[1], sequence: numbers[2],
        siblings: numbers[3], value: value)
      expected[field] = numbers + [Int64(value.count)]
    }
    var last: Int64 = 0
    var found: [Int64: [Int64]] = [:]
    try run.walk { register, value in
      #expect(register.field > last, "seed \(seed)")
      last = register.field
      found[register.field] = [
        register.stamp, register.replica, register.sequence, register.siblings, Int64(value.count),
      ]
      #expect(value.allSatisfy { $0 == 7 })
    }
    #expect(found == expected, "seed \(seed)")
    for field in Int64(1)...300 {
      #expect(try run.register(field)?.stamp == expected[field]?[0], "seed \(seed)")
    }
  }

  @Test func `a run that is cut anywhere within a register does not read`() throws {
    var run = RegisterRun()
    try run.set(field: 300, stamp: 1, replica: 2, sequence: 300, siblings: 0, value: [4, 65, 66])
    for length in 1..<run.bytes.count {
      let cut = RegisterRun(bytes: Array(run.bytes.prefix(length)))
      #expect(throws: StoreError.self) { try cut.walk { _, _ in } }
    }
  }

  @Test func `a number past 63 bits does not read`() throws {
    let tooLong = [UInt8](repeating: 0xff, count: 9) + [1]
    let run = RegisterRun(bytes: tooLong + [UInt8](repeating: 0, count: 20))
    #expect(throws: StoreError.self) { try run.walk { _, _ in } }
  }

  /// Hundreds of registers of one entity, some longer than a row may be, merged, written and looked
  /// at in random order.
  @Test(arguments: UInt64(0)..<6)
  func `an entity of many registers is kept in rows of bounded length`(
    seed: UInt64
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    var reference = ReferenceReplica(id: Sample.replica(1))
    for round in UInt64(0)..<12 {
      let operations = try (0..<120).map { index in
        try Operation(
          dot: Dot(replica: Sample.replica(2), sequence: 120 * round + index + 1),
          stamp: Sample.stamp(.random(in: 1...40, using: &generator)),
          register: register(using: &generator), value: value(using: &generator))
      }
      _ = try await test.store.merge(
        operations: [Sample.frame(operations)], bodies: [], now: Sample.now)
      reference.apply(Delta(operations: operations, statement: nil))
      let edit = Edit(try register(using: &generator), try value(using: &generator))
      let before = try await test.store.report().knowledge
      try await test.store.write([edit], now: Sample.now)
      for operation in try await test.store.letter(since: before).operations() {
        try reference.write(operation.value, to: operation.register, now: Sample.now)
      }
      try #require(try await test.store.registers() == reference.registers, "seed \(seed)")
    }
    #expect(try await test.store.report().fingerprint == reference.fingerprint)
    #expect(try await test.store.check(deep: false, repair: false).damage == [])
    #expect(try await test.store.count("SELECT count(*) FROM register_run") > 40)
    var greatest = 0
    try await test.store.read { db in
      try RegisterRunTable(db).walk { _, run in
        var count = 0
        try run.walk { _, _ in count += 1 }
        if count > 1 { greatest = max(greatest, run.bytes.count) }
      }
    }
    #expect(900...RegisterRun.greatestCount ~= greatest)
  }

  private func register(using generator: inout SeededGenerator) throws -> RegisterID {
    let number = Int.random(in: 0..<700, using: &generator)
    return RegisterID(
      Sample.entity(.random(in: 1...2, using: &generator)),
      try Field(bytes: Array("field\(number)".utf8)))
  }

  private func value(using generator: inout SeededGenerator) throws -> Value {
    let isLong = Int.random(in: 0..<20, using: &generator) == 0
    let count = Int.random(in: isLong ? 1_500...4_000 : 0...120, using: &generator)
    return try .data([UInt8](repeating: 9, count: count))
  }

  @Test func `what is counted as superseded goes with its frame`() async throws {
    let test = try TestStore(1)
    for round in Int64(0)..<30 {
      let edits = (UInt64(0)..<100).filter { $0 % 3 == 0 || round == 0 }.map {
        Edit(RegisterID(Sample.entity($0), Field("size")), .integer(round))
      }
      try await test.store.write(edits, now: Sample.now + round)
      let orphans = try await test.store.count(
        "SELECT count(*) FROM superseded WHERE frame NOT IN (SELECT id FROM frame)")
      #expect(orphans == 0)
    }
    #expect(try await test.store.count("SELECT count(*) FROM superseded") > 0)
  }

  @Test func `registers that do not read are made anew from the log`() async throws {
    let (test, other) = (try TestStore(1), try TestStore(2))
    for store in [test.store, other.store] {
      for round in 0..<5 {
        let edits = try (UInt64(0)..<40).map {
          Sample.article($0).edit(
            ArticleField.note, try .text("\(round) \(store === test.store)"), .author)
        }
        try await store.write(edits, now: Sample.now + Int64(round))
      }
    }
    try await test.store.take(try await other.store.letter())
    let registers = try await test.store.registers()
    let report = try await test.store.report()
    let conflicts = try await test.store.conflicts()
    #expect(!conflicts.isEmpty)
    try await test.store.tamper(
      "UPDATE register_run SET registers = x'ff' WHERE entity % 3 = 0")
    let damage = try await test.store.check(deep: false, repair: false).damage
    #expect(damage.contains { $0.hasPrefix("the registers of entity") })
    let repaired = try await test.store.check(deep: false, repair: true).repaired
    #expect(repaired.contains("the registers and the article table, from the log"))
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    #expect(try await test.store.registers() == registers)
    #expect(try await test.store.report().fingerprint == report.fingerprint)
    #expect(try await test.store.conflicts() == conflicts)
  }
}
