import GRDB
import Replication
import Testing

@testable import LibraryStore

/// Names of fields are looked up when they are asked for, and only some are kept.
struct FieldNameTests {
  @Test func `more names than are kept all have their numbers`() async throws {
    let test = try TestStore(1)
    let fields = try (0..<FieldNames.maximumCount + 10).map {
      try Field(bytes: Array("tag/\($0)".utf8))
    }
    try await test.store.change { transaction in
      let numbers = try fields.map { try transaction.interner.number(of: $0) }
      #expect(Set(numbers).count == fields.count)
      for (field, number) in zip(fields, numbers) {
        #expect(try transaction.interner.number(of: field) == number)
        #expect(try transaction.interner.existingNumber(of: field) == number)
        #expect(try transaction.interner.field(number) == field)
      }
    }
    #expect(try await test.store.count("SELECT count(*) FROM field") == fields.count)
  }

  @Test func `a name nobody used has no number, and a number without a row is damage`() async throws
  {
    let test = try TestStore(1)
    try await test.store.read { db in
      let interner = try Interner(db)
      #expect(try interner.existingNumber(of: Field("never")) == nil)
      #expect { try interner.field(9_999) } throws: {
        if case StoreError.damaged = $0 { true } else { false }
      }
    }
  }

  @Test func `a name of a transaction that was taken back is looked up anew`() async throws {
    let test = try TestStore(1)
    let change: @Sendable (StoreTransaction) throws -> Int64 = {
      try $0.interner.number(of: Field("passing"))
    }
    _ = try await test.store.change(dryRun: true, change)
    #expect(try await test.store.count("SELECT count(*) FROM field") == 0)
    _ = try await test.store.change(change)
    #expect(try await test.store.count("SELECT count(*) FROM field") == 1)
  }
}
