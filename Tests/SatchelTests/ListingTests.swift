import Foundation
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Satchel

/// A log and a list of conflicts hold no more at a time than a page, whatever members wrote.
struct ListingTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `pages cover all, none is empty, and none is longer than it may be`(
    seed: UInt64
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    let lengths = (0..<300).map { _ in
      Int.random(in: 0...9, using: &generator) == 0
        ? Int.random(in: 0...200, using: &generator) : Int.random(in: 0...9, using: &generator)
    }
    var pages = ListingPages<Int>(
      lengths.indices, count: 20, bytes: 100, length: { [lengths] in lengths[$0] },
      read: { numbers, previous in
        #expect(previous ?? -1 == numbers.lowerBound - 1)
        return Array(numbers)
      })
    var start = 0
    while let page = try await pages.nextPage() {
      let next = start..<start + page.count
      #expect(page == Array(next) && (1...20).contains(page.count))
      #expect(next.count == 1 || lengths[next].reduce(0, +) <= 100)
      // One more would be too much.
      let more = lengths[next].reduce(0, +) + (next.upperBound < 300 ? lengths[next.upperBound] : 0)
      #expect(next.count == 20 || next.upperBound == 300 || more > 100)
      start = next.upperBound
    }
    #expect(start == lengths.count)
  }

  @Test func `long texts are read a few at a time, in the log and in conflicts`() async throws {
    let house = try Household()
    let study = try await house.create("study")
    let kitchen = try await house.join(study, as: "kitchen")
    var ids: [ArticleID] = []
    for number in 1...3 { ids.append(try await study.add(house.draft(number)).id) }
    try await house.carry("1.satchel", from: study, to: kitchen)
    let text = String(repeating: "1234567 ", count: 3 << 16)
    for (number, id) in ids.enumerated() {
      _ = try await study.setNote(id, "\(number) study \(text)")
      _ = try await kitchen.setNote(id, "\(number) kitchen \(text)")
    }
    try await house.carry("2.satchel", from: kitchen, to: study)

    let log = try await study.log()
    #expect(log.count == log.listedCount)
    let entries = try await pages(log) { $0.operation.value.bytes.count }
    #expect(entries.count == log.count)
    #expect(entries.map(\.operation) == entries.map(\.operation).sorted { $1.beats($0) })
    let newest = try await study.log(limit: 5)
    #expect(newest.count == log.count && newest.listedCount == 5)
    #expect(try await all(newest) == entries.suffix(5))

    let listing = try await study.conflicts()
    #expect(listing.count == 3)
    let conflicts = try await pages(listing) {
      $0.kept.value.bytes.count + $0.lost.value.bytes.count
    }
    #expect(conflicts.map(\.register) == conflicts.map(\.register).sorted())
    #expect(conflicts.count == 3)
    for number in -1...3 {
      let conflict = try await listing.conflict(at: number)
      #expect(conflict == (conflicts.indices.contains(number) ? conflicts[number] : nil))
    }
    try await study.restore(conflicts[1])
    #expect(try await listing.conflict(at: 1) == nil)
    #expect(try await all(listing).count == 2)
  }

  /// All of a log, each page of which is held against the bytes it may have.
  private func pages(_ log: LogListing, length: (LogEntry) -> Int) async throws -> [LogEntry] {
    var iterator = log.makeAsyncIterator()
    var entries: [LogEntry] = []
    while let page = try await iterator.nextPage() {
      #expect(page.map(length).reduce(0, +) <= 4 << 20)
      entries += page
    }
    return entries
  }

  private func pages(
    _ listing: ConflictListing, length: (Conflict) -> Int
  ) async throws -> [Conflict] {
    var iterator = listing.makeAsyncIterator()
    var conflicts: [Conflict] = []
    while let page = try await iterator.nextPage() {
      #expect(page.map(length).reduce(0, +) <= 4 << 20)
      conflicts += page
    }
    return conflicts
  }
}
