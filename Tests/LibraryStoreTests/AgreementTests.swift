import Articles
import Coding
import LibraryStore
import Replication
import TestSupport
import Testing

/// The durable store does what the in-memory reference does, whatever happens.
struct AgreementTests {
  private static let histories = Effort.seeds(5, 16)
  private static let stepsPerHistory = 40

  @Test(arguments: histories)
  func `the store agrees with the reference at every step of any history`(seed: UInt64) async throws
  {
    try await follow(seed: seed, isHostile: false)
  }

  @Test(arguments: histories)
  func `the store agrees with the reference when operations are hostile`(seed: UInt64) async throws
  {
    try await follow(seed: seed, isHostile: true)
  }

  @Test(arguments: histories)
  func `one full exchange makes all stores one`(seed: UInt64) async throws {
    for isHostile in [false, true] {
      var tandem = try Tandem(seed: seed, isHostile: isHostile)
      for _ in 0..<AgreementTests.stepsPerHistory { _ = try await tandem.step() }
      // Dots that were used twice are told only when everything is sent.
      try await tandem.exchangeEverything(full: isHostile)
      let first = try await tandem.stores[0].store.report()
      let conflicts = try await tandem.stores[0].store.conflicts()
      for test in tandem.stores {
        let report = try await test.store.report()
        #expect(report.knowledge == first.knowledge, "seed \(seed)")
        #expect(report.fingerprint == first.fingerprint, "seed \(seed)")
        #expect(try await test.store.conflicts() == conflicts, "seed \(seed)")
        #expect(try await test.store.check(deep: true, repair: false).damage == [], "seed \(seed)")
      }
    }
  }

  @Test(arguments: histories)
  func `the log makes lost registers anew after any history`(seed: UInt64) async throws {
    for isHostile in [false, true] {
      var tandem = try Tandem(seed: seed, isHostile: isHostile)
      for _ in 0..<AgreementTests.stepsPerHistory { _ = try await tandem.step() }
      for test in tandem.stores {
        let (registers, report) = (try await test.store.registers(), try await test.store.report())
        for sql in ["UPDATE register_run SET registers = x'ff'", "DELETE FROM register_run"] {
          try await test.store.tamper(sql)
          _ = try await test.store.check(deep: false, repair: true)
          #expect(try await test.store.registers() == registers, "seed \(seed)")
          #expect(try await test.store.report().fingerprint == report.fingerprint, "seed \(seed)")
          #expect(try await test.store.check(deep: true, repair: false).damage == [])
        }
      }
    }
  }

  @Test(arguments: histories)
  func `repair keeps registers that read where the log has lost frames`(seed: UInt64) async throws {
    var tandem = try Tandem(seed: seed, isHostile: false)
    for _ in 0..<AgreementTests.stepsPerHistory { _ = try await tandem.step() }
    for test in tandem.stores {
      let registers = try await test.store.registers()
      try await test.store.tamper(
        "DELETE FROM frame; UPDATE state SET fingerprint = randomblob(16)")
      _ = try await test.store.check(deep: false, repair: true)
      #expect(try await test.store.registers() == registers, "seed \(seed)")
      #expect(try await test.store.check(deep: true, repair: false).damage == [], "seed \(seed)")
      for sql in [
        "UPDATE register_run SET registers = x'ff' WHERE entity > 0",
        "UPDATE register_run SET registers = x'ff' WHERE entity = 0",
        "DELETE FROM register_run WHERE entity = 0",
      ] {
        let before = try await test.store.registers()
        let isFirstKept = sql.contains("> 0") && !before.isEmpty
        try await test.store.tamper(sql)
        _ = try await test.store.check(deep: false, repair: true)
        let kept = try await test.store.registers()
        #expect(kept.allSatisfy { before[$0.key] == $0.value }, "seed \(seed): \(sql)")
        #expect(!isFirstKept || !kept.isEmpty, "seed \(seed): \(sql)")
        // What is left can be written beside, and goes on reading.
        let article = Sample.article(900)
        try await test.store.write(
          [article.edit(ArticleField.title, .text(sql))], now: Sample.now)
        let after = try await test.store.registers()
        #expect(kept.allSatisfy { $0.key.entity == article.entity || after[$0.key] == $0.value })
        #expect(after.count > 0, "seed \(seed): \(sql)")
        #expect(try await test.store.check(deep: true, repair: false).damage == [], "seed \(seed)")
      }
    }
  }

  /// Of one entity there are more operations than are sorted by hand, of others one or none.
  @Test(arguments: [0, 1, 100, 3_000])
  func `a batch of one entity's operations and of many's is folded as one by one`(
    crowd: Int
  ) async throws {
    let test = try TestStore(1)
    var generator = SeededGenerator(seed: UInt64(crowd))
    var expected: [RegisterID: Register] = [:]
    var items: [Letter.Item] = []
    for replica in UInt64(2)...4 {
      var entities = (0..<400).map { _ in UInt64.random(in: 1...900, using: &generator) }
      entities += [UInt64](repeating: 450, count: crowd)
      entities.shuffle(using: &generator)
      let operations = try entities.enumerated().map { index, entity in
        try Operation(
          dot: Dot(replica: Sample.replica(replica), sequence: UInt64(index + 1)),
          stamp: Sample.stamp(.random(in: 1...500, using: &generator)),
          register: RegisterID(
            Sample.entity(entity), Field(bytes: [.random(in: 1...70, using: &generator)])),
          value: .integer(.random(in: 0...3, using: &generator)))
      }
      for operation in operations {
        expected[operation.register, default: Register(operation)].apply(operation)
      }
      items.append(try Sample.frame(operations))
    }
    _ = try await test.store.merge(operations: items, bodies: [], now: Sample.now)
    #expect(try await test.store.registers() == expected)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  /// A crowd wrote one note; some had read what others wrote.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `a register with many siblings is joined as one by one, in parts and again`(
    seed: UInt64
  ) async throws {
    let test = try TestStore(1)
    var generator = SeededGenerator(seed: seed)
    let note = RegisterID(Sample.article(1).entity, ArticleField.note)
    var expected: Register?
    for part in UInt64(0)..<6 {
      var items: [Letter.Item] = []
      for replica in UInt64(10)..<40 {
        let operations = try (1...5 as ClosedRange<UInt64>).map { number in
          try Operation(
            dot: Dot(replica: Sample.replica(replica), sequence: part * 5 + number),
            stamp: Sample.stamp(.random(in: 1...500, using: &generator)), register: note,
            value: .integer(.random(in: 0...50, using: &generator)),
            context: crowdContext(but: replica, &generator))
        }
        items.append(try Sample.frame(operations))
      }
      for _ in 0..<2 {
        _ = try await test.store.merge(
          operations: items.shuffled(using: &generator), bodies: [], now: Sample.now)
      }
      let operations = try items.flatMap { try $0.block.operations() }
      var register = expected ?? Register(operations[0])
      register.join(operations)
      expected = register
      try #require(
        try await test.store.registers()[note] == register.asStored(), "seed \(seed), \(part)")
      #expect(try await test.store.check(deep: false, repair: false).damage == [], "seed \(seed)")
    }
    #expect((expected?.siblings.count ?? 0) > 100)
  }

  private func crowdContext(but replica: UInt64, _ generator: inout SeededGenerator) -> Context {
    Context(
      (0..<Int.random(in: 0...2, using: &generator)).compactMap { _ in
        let other = UInt64.random(in: 10..<40, using: &generator)
        guard other != replica else { return nil }
        return Context.Entry(
          replica: Sample.replica(other), sequence: .random(in: 1...8, using: &generator))
      })
  }

  private func follow(seed: UInt64, isHostile: Bool) async throws {
    var tandem = try Tandem(seed: seed, isHostile: isHostile)
    for step in 0..<AgreementTests.stepsPerHistory {
      let index = try await tandem.step()
      let store = tandem.stores[index].store
      let reference = tandem.references[index]
      let report = try await store.report()
      let place = Comment(rawValue: "seed \(seed), step \(step), replica \(index + 1)")
      try #require(report.knowledge == reference.knowledge, place)
      let registers = try reference.registers.mapValues { try $0.asStored() }
      try #require(try await store.registers() == registers, place)
      try #require(report.fingerprint == reference.fingerprint, place)
      try #require(
        try await store.conflicts().map { [$0.kept, $0.lost] }
          == ConflictOracle.conflicts(of: registers).map { [$0.kept, $0.lost] }, place)
      try #require(try await store.check(deep: false, repair: false).damage == [], place)
    }
  }
}
