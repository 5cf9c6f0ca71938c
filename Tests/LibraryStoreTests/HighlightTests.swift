import Articles
import Coding
import Foundation
import GRDB
import Replication
import TestSupport
import Testing

@testable import LibraryStore

/// Highlights in the store (Protocol 5.12, 6.6).
struct HighlightTests {
  private let test: TestStore
  private let text = "Hot tea and cold tea."

  init() throws { test = try TestStore(1) }

  private func id(_ number: UInt64) -> HighlightID {
    HighlightID(key: Identifier(high: number, low: 3))
  }

  private func highlight(
    _ scalars: Range<Int>, of article: UInt64 = 1, note: String? = nil, color: String? = nil
  ) -> Highlight {
    let made = HighlightText(text, of: ContentHash(of: Array(text.utf8)), version: 1)
    return Highlight(
      article: Sample.article(article), anchor: made.anchor(of: scalars), color: color, note: note,
      addedMilliseconds: Sample.now)
  }

  private func quotes(_ article: UInt64 = 1) async throws -> [String] {
    try await test.store.highlights(of: Sample.article(article)).map(\.highlight.anchor.quote)
  }

  @Test func `what is written is listed in the order of the text, until it is deleted`()
    async throws
  {
    try await test.store.put(1, title: "drinks", text: text)
    let (first, second) = (highlight(12..<20, note: "brr", color: "blue"), highlight(0..<7))
    try await test.store.write(first.edits(for: id(1)) + second.edits(for: id(2)), now: Sample.now)
    let rows = try await test.store.highlights(of: Sample.article(1))
    #expect(rows.map(\.id) == [id(2), id(1)] && rows.map(\.highlight) == [second, first])
    #expect(rows.allSatisfy { !$0.hasConflict })
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
    try await test.store.write([id(2).delete(true)], now: Sample.now)
    #expect(try await quotes() == ["cold tea"])
    #expect(try await test.store.highlight(id(2))?.highlight.isDeleted == true)
    #expect(try await test.store.highlights(named: id(2).description).isEmpty)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `ids are short, and tell highlights from others alone`() async throws {
    let near = HighlightID(key: Identifier(high: 1, low: 3 | 1 << 20))
    for number in [id(1), near] {
      try await test.store.write(highlight(0..<3).edits(for: number), now: Sample.now)
    }
    let names = try await test.store.shortIDs(of: [id(1), near])
    let (one, other) = (try #require(names[id(1)]), try #require(names[near]))
    #expect(one.count > 8 && one != other)
    #expect(try await test.store.highlights(named: one).map(\.id) == [id(1)])
    #expect(try await test.store.highlights(named: String(one.prefix(6))).count == 2)
    #expect(try await test.store.highlights(named: "?").isEmpty)
  }

  @Test func `a highlight that arrives before its article is there when that is`() async throws {
    let other = try TestStore(2)
    let edits = try highlight(0..<3, of: 7).edits(for: id(1))
    try await test.store.write(edits, now: Sample.now)
    try await send(from: test.store, to: other.store)
    #expect(try await other.store.found("is:highlighted") == [])
    #expect(try await other.store.found("highlight:hot") == [])
    try await other.store.put(7, title: "later", text: text)
    #expect(try await other.store.found("is:highlighted") == [7])
    #expect(try await other.store.found("highlight:hot") == [7])
    #expect(try await other.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `words of quotes and notes are found, and followed as they change`() async throws {
    for number in UInt64(1)...3 { try await test.store.put(number, title: "t", text: text) }
    #expect(try await test.store.found("is:highlighted") == [])
    try await test.store.write(
      highlight(8..<16, of: 2, note: "brr").edits(for: id(1)), now: Sample.now)
    #expect(try await test.store.found("highlight:\"and cold\"") == [2])
    #expect(try await test.store.found("highlight:brr") == [2])
    #expect(try await test.store.found("brr") == [2])
    #expect(try await test.store.found("title:brr") == [])
    #expect(try await test.store.found("highlight:tea") == [])
    #expect(try await test.store.found("-is:highlighted") == [1, 3])
    let shown = try await test.store.shown(RegisterID(id(1).entity, HighlightField.note))
    try await test.store.write([id(1).note("chilly", over: shown)], now: Sample.now)
    #expect(try await test.store.found("brr") == [])
    #expect(try await test.store.found("chilly") == [2])
    try await test.store.write([Sample.article(2).delete(true)], now: Sample.now)
    #expect(try await test.store.found("is:highlighted") == [])
    #expect(try await test.store.found("is:deleted chilly") == [2])
    try await test.store.write([Sample.article(2).delete(false)], now: Sample.now)
    #expect(try await test.store.found("is:highlighted chilly") == [2])
    try await test.store.write([id(1).delete(true)], now: Sample.now)
    #expect(try await test.store.found("chilly") == [])
    #expect(try await test.store.found("is:highlighted") == [])
  }

  @Test func `what is no highlight has no row, and one that ceases to be loses it`() async throws {
    try await test.store.put(1, title: "drinks", text: text)
    let edits = try highlight(0..<3).edits(for: id(1))
    let withoutQuote = edits.filter { $0.register.field != HighlightField.quote }
    try await test.store.write(withoutQuote, now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM highlight") == 0)
    try await test.store.write(edits, now: Sample.now)
    #expect(try await quotes() == ["Hot"])
    #expect(try await test.store.found("highlight:hot") == [1])
    let moved = Edit(
      RegisterID(id(1).entity, HighlightField.article), try .data(Sample.article(2).key.bytes))
    try await test.store.write([moved], now: Sample.now)
    #expect(try await quotes() == [])
    #expect(try await quotes(2) == ["Hot"])
    #expect(try await test.store.found("highlight:hot") == [])
    try await test.store.write(
      [Edit(RegisterID(id(1).entity, HighlightField.quote), .flag(true))], now: Sample.now)
    #expect(try await test.store.count("SELECT count(*) FROM highlight") == 0)
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `notes written apart are a conflict, and settled once`() async throws {
    let other = try TestStore(2)
    try await test.store.put(1, title: "drinks", text: text)
    try await test.store.write(highlight(0..<3, note: "first").edits(for: id(1)), now: Sample.now)
    try await send(from: test.store, to: other.store)
    let register = RegisterID(id(1).entity, HighlightField.note)
    for (store, note, later) in [(test.store, "here", 1), (other.store, "there", 2)] {
      let shown = try await store.shown(register)
      try await store.write([id(1).note(note, over: shown)], now: Sample.now + Int64(later))
    }
    try await send(from: other.store, to: test.store)
    let conflict = try #require(try await test.store.conflicts().first)
    #expect(conflict.register == register && conflict.lost.value.text == "here")
    #expect(try await test.store.highlights(of: Sample.article(1)).map(\.hasConflict) == [true])
    #expect(try await test.store.highlight(id(1))?.highlight.note == "there")
    try await test.store.write(
      [id(1).note("both", over: conflict.shown)], now: Sample.now + 3)
    #expect(try await test.store.conflictCount() == 0)
    try await send(from: test.store, to: other.store)
    #expect(try await other.store.conflictCount() == 0)
    #expect(try await other.store.report().fingerprint == test.store.report().fingerprint)
    #expect(try await other.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `adding, noting and taking away are undone, and what an import made comes again`()
    async throws
  {
    func act(_ edits: [Edit]) async throws {
      try await test.store.write(edits, action: ActionLabel("act"), now: Sample.now)
    }
    func undo() async throws {
      _ = try #require(try await test.store.undo(as: ActionLabel("undo"), now: Sample.now))
    }
    try await test.store.put(1, title: "drinks", text: text)
    try await act(highlight(0..<3, note: "first").edits(for: id(1)))
    try await undo()
    #expect(try await quotes() == [])
    #expect(try await test.store.withdrawals(among: [id(1), id(2)]) == [id(1): true])
    try await undo()
    #expect(try await quotes() == ["Hot"])
    #expect(try await test.store.withdrawals(among: [id(1)]) == [id(1): false])
    try await act([id(1).delete(true)])
    #expect(try await quotes() == [])
    #expect(try await test.store.withdrawals(among: [id(1)]) == [id(1): false])
    try await undo()
    #expect(try await quotes() == ["Hot"])
    let shown = try await test.store.shown(RegisterID(id(1).entity, HighlightField.note))
    try await act([id(1).note("second", over: shown)])
    try await undo()
    #expect(try await test.store.highlight(id(1))?.highlight.note == "first")
    #expect(try await test.store.check(deep: true, repair: false).damage == [])
  }

  @Test func `check finds a table that differs, and makes it anew`() async throws {
    try await test.store.put(1, title: "drinks", text: text)
    try await test.store.write(highlight(0..<3).edits(for: id(1)), now: Sample.now)
    for sql in [
      "UPDATE highlight SET quote = 'other'", "DELETE FROM highlight",
      "UPDATE highlight SET deleted = 1", "UPDATE highlight SET first = 1",
    ] {
      try await test.store.tamper(sql)
      #expect(try await test.store.check(deep: false, repair: false).damage != [], "\(sql)")
      _ = try await test.store.check(deep: false, repair: true)
      #expect(try await test.store.check(deep: false, repair: false).damage == [], "\(sql)")
      #expect(try await quotes() == ["Hot"], "\(sql)")
    }
  }
}
