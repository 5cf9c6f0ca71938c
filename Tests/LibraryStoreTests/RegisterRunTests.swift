import Articles
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Registers packed into rows: what was put in is found, however many there are and however long.
struct RegisterRunTests {
  /// Registers of a few entities, some of them longer than a row may be.
  @Test(arguments: UInt64(0)..<12)
  func `what was set last is found, in rows of bounded length`(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let test = try TestStore(1)
    // What is written within a reading is taken back.
    try await test.store.read { db in
      let runs = try RegisterRunTable(db)
      var expected: [RegisterKey: [Int64]] = [:]
      for _ in 0..<120 {
        let entity = Int64.random(in: 1...8, using: &generator)
        let fields = Set((0..<5).map { _ in Int64.random(in: 1...60, using: &generator) })
        let registers = fields.map { unpacked(field: $0, using: &generator) }
        try runs.set(registers.shuffled(using: &generator), of: entity)
        for register in registers {
          expected[RegisterKey(entity: entity, field: register.field)] = numbers(register)
        }
      }
      #expect(try stored(runs) == expected, "seed \(seed)")
      var scan = try RegisterScan(db)
      defer { scan.close() }
      for entity in Int64(0)...9 {
        var fields: [Int64] = []
        try scan.walk(of: entity) { register, _ in fields.append(register.field) }
        let wanted = expected.keys.filter { $0.entity == entity }.map(\.field)
        #expect(fields == wanted.sorted(), "seed \(seed)")
        for field in Int64(1)...60 {
          let key = RegisterKey(entity: entity, field: field)
          let found = try runs.run(of: key).register(key)
          #expect(found.map { Int64($0.value.count) } == expected[key]?.last, "seed \(seed)")
        }
      }
    }
  }

  @Test func `a group of just the greatest length is split, since its head is longer still`() throws
  {
    for length in 880...910 {
      let registers = [1, 2].map {
        UnpackedRegister(
          field: $0, stamp: 1, replica: 1, sequence: 1, siblings: 0,
          value: [UInt8](repeating: 7, count: length))
      }
      let builder = try RegisterRun().setting(registers[...], of: .max)
      for row in builder.rows {
        var count = 0
        let run = RegisterRun(lowest: row.lowest, bytes: Array(builder.bytes[row.bytes]))
        try run.walk { _, _, _ in count += 1 }
        #expect(count == 1 || run.bytes.count <= RegisterRun.maximumCount, "\(length)")
      }
    }
  }

  private func unpacked(
    field: Int64, using generator: inout SeededGenerator
  ) -> UnpackedRegister {
    let numbers = (0..<4).map { _ in Int64.random(in: 0...(.max), using: &generator) >> 20 }
    let isLong = Int.random(in: 0..<20, using: &generator) == 0
    let count = isLong ? 2_000 : Int.random(in: 0..<90, using: &generator)
    return UnpackedRegister(
      field: field, stamp: numbers[0], replica: numbers[1], sequence: numbers[2],
      siblings: numbers[3], value: [UInt8](repeating: 7, count: count))
  }

  private func numbers(_ register: UnpackedRegister) -> [Int64] {
    [register.stamp, register.replica, register.sequence, register.siblings]
      + [Int64(register.value.count)]
  }

  /// All that is stored; checks the order and length of rows on the way.
  private func stored(_ runs: RegisterRunTable) throws -> [RegisterKey: [Int64]] {
    var found: [RegisterKey: [Int64]] = [:]
    var last: RegisterKey?
    try runs.walk { run in
      if let last { #expect(last < run.lowest) } else { #expect(run.lowest == .zero) }
      var count = 0
      try run.walk { entity, register, value in
        let key = RegisterKey(entity: entity, field: register.field)
        #expect(key >= run.lowest)
        if let last { #expect(last < key) }
        last = key
        count += 1
        found[key] = [
          register.stamp, register.replica, register.sequence, register.siblings,
          Int64(value.count),
        ]
      }
      #expect(count == 1 || run.bytes.count <= RegisterRun.maximumCount)
    }
    return found
  }

  @Test func `a run that is cut anywhere within a register does not read`() throws {
    let register = UnpackedRegister(
      field: 300, stamp: 1, replica: 2, sequence: 300, siblings: 0, value: [4, 65, 66])
    let builder = try RegisterRun().setting([register], of: 500)
    for length in 1..<builder.bytes.count {
      let cut = RegisterRun(bytes: Array(builder.bytes.prefix(length)))
      #expect(throws: StoreError.self) { try cut.walk { _, _, _ in } }
    }
  }

  @Test func `a number past 63 bits does not read`() throws {
    let tooLong = [UInt8](repeating: 0xff, count: 9) + [1]
    for start in [[], [1, 40]] as [[UInt8]] {
      let run = RegisterRun(bytes: start + tooLong + [UInt8](repeating: 0, count: 30))
      #expect(throws: StoreError.self) { try run.walk { _, _, _ in } }
    }
  }

  /// Hundreds of registers of one entity, some longer than a row may be, merged, written and looked
  /// at in random order.
  @Test(arguments: Effort.seeds(3, 6))
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
    try await test.store.read { db in _ = try stored(RegisterRunTable(db)) }
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
      "UPDATE register_run SET registers = x'ff'")
    let damage = try await test.store.check(deep: false, repair: false).damage
    #expect(damage.contains { $0.hasPrefix("the registers from entity") })
    let mended = try await test.store.check(deep: false, repair: true)
    #expect(mended.repaired.contains("the registers and the article table, from the log"))
    #expect(mended.left == [])
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    #expect(try await test.store.registers() == registers)
    #expect(try await test.store.report().fingerprint == report.fingerprint)
    #expect(try await test.store.conflicts() == conflicts)
  }

  @Test func `registers that do not read stay as they are where the log does not read`()
    async throws
  {
    let test = try TestStore(1)
    let edits = try (UInt64(0)..<40).map {
      Sample.article($0).edit(ArticleField.title, try .text("title \($0)"))
    }
    try await test.store.write(edits, now: Sample.now)
    try await test.store.tamper("UPDATE register_run SET registers = x'ff'")
    try await test.store.tamper("UPDATE frame SET bytes = zeroblob(length(bytes))")
    let before = try await test.store.report()
    let report = try await test.store.check(deep: true, repair: true)
    #expect(report.repaired == [])
    #expect(report.left == report.damage)
    #expect(report.damage.contains { $0.hasPrefix("log frame 1 does not read") })
    #expect(report.damage.contains { $0.hasPrefix("the registers from entity") })
    #expect(try await test.store.report() == before)
    let kept = try await test.store.count(
      "SELECT count(*) FROM register_run WHERE registers = x'ff'")
    #expect(kept > 0)
  }

  @Test func `what is mended beside what cannot be is not taken for all`() async throws {
    let test = try TestStore(1)
    let edit = Sample.article(1).edit(ArticleField.title, try .text("a title"))
    try await test.store.write([edit], now: Sample.now)
    try await test.store.tamper("UPDATE frame SET bytes = zeroblob(length(bytes))")
    try await test.store.tamper("UPDATE tally SET articles = 99")
    let report = try await test.store.check(deep: false, repair: true)
    #expect(report.repaired == ["the tally, from what is there"])
    #expect(report.left.count == report.damage.count - 1)
    #expect(report.left.allSatisfy { $0.hasPrefix("log frame 1") })
  }
}
