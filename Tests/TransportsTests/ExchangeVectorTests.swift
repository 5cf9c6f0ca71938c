import Coding
import Files
import LibraryStore
import Replication
import TestSupport
import Testing

@testable import Transports

/// The decisions of an exchange, held against `Protocol/vectors/exchange.json`.
struct ExchangeVectorTests {
  @Test func `listings give the decisions of the vectors`() throws {
    let vectors: [ExchangeVector] = try VectorFile.cases(in: "exchange")
    #expect(vectors.count >= 30)
    for vector in vectors {
      var state = try vector.state()
      _ = state.settle()
      let read = state.unread().map { state.files[$0].name.text }
      if let checks = vector.checks {
        let unchecked = state.unchecked(of: state.unread()).map { state.files[$0].name.text }
        #expect(unchecked == checks, "\(vector.name)")
      }
      if let missing = vector.missing {
        let known = try vector.report.known.knowledge()
        #expect(state.missing(beyond: known).lines == missing, "\(vector.name)")
      }
      if let waits = vector.waits {
        #expect(state.left().map { state.files[$0].name.text } == waits, "\(vector.name)")
      }
      _ = state.replaceFaulty()
      let draft = state.draft(
        report: try vector.report.report(of: state.replica), held: try vector.held.knowledge(),
        wanted: try vector.asked.hashes(), hasDiverged: false,
        awaited: try vector.awaited?.knowledge() ?? Knowledge())
      let rollUp = state.rollUp
      let outcome = ExchangeVector.Outcome(
        read: read, coverage: state.coverage.lines, basis: draft?.basis.lines,
        roll: rollUp.map {
          ExchangeVector.Roll(
            files: $0.rolled.map(\.text), numbers: [$0.numbers.lowerBound, $0.numbers.upperBound])
        },
        delete: state.deletable.map(\.name.text))
      #expect(outcome == vector.value, "\(vector.name)")
    }
  }
}

/// A case of `Protocol/vectors/exchange.json`.
struct ExchangeVector: Decodable {
  let name: String
  let replica: String
  let now: Int64
  let listed: [Listed]
  let remembered: [Remembered]
  let damaged: [Damaged]
  let held: [String]
  let report: Report
  let asked: [String]
  let awaited: [String]?
  let checks: [String]?
  let missing: [String]?
  let waits: [String]?
  let value: Outcome

  struct Listed: Decodable {
    let name: String
    let length: Int
  }

  struct Remembered: Decodable {
    let name: String
    let length: Int?
    let carried: [String]?
    let part: Int?
    let parts: Int?
    let checked: Bool?
    let unreadable: Unreadable?
    let replaced: Int64?
    let says: Report?
    let lacking: [String]?
  }

  struct Unreadable: Decodable {
    let length: Int
    let since: Int64
    let tried: Int64?
  }

  struct Damaged: Decodable {
    let name: String
    let since: Int64
  }

  struct Report: Decodable {
    let known: [String]
    let fingerprint: String
    let wanted: [String]
    let ceased: UInt64?
    let created: Int64?
  }

  struct Roll: Decodable, Equatable {
    let files: [String]
    let numbers: [Int]
  }

  struct Outcome: Decodable, Equatable {
    let read: [String]
    let coverage: [String]
    let basis: [String]?
    let roll: Roll?
    let delete: [String]
  }

  func state() throws -> ExchangeState {
    let writer = try #require(ExchangeName.replica(replica))
    let folder: FilePath = "0123456789abcdef0123456789abcdef"
    let listing = ExchangeListing(
      listed.map { StoredFile(name: folder.appending($0.name), length: $0.length) }, in: folder)
    #expect(listing.files.count == listed.count, "\(name)")
    let records = try remembered.map { ($0.name, try $0.record(of: writer)) }
    let damage = damaged.map { (BundleHeader.DamagedName(of: $0.name).bytes, $0.since) }
    return ExchangeState(
      listing, records: Dictionary(uniqueKeysWithValues: records),
      damage: Dictionary(uniqueKeysWithValues: damage), replica: writer, now: now)
  }
}

extension ExchangeVector.Remembered {
  fileprivate func record(of writer: ReplicaID) throws -> ExchangeRecord {
    var record = ExchangeRecord(replaced: replaced)
    if let length, let carried {
      let content = ExchangeRecord.Content(
        length: length, carried: try carried.knowledge(), part: part ?? 1, parts: parts ?? 1)
      if checked == true { record.checked = content } else { record.content = content }
    }
    record.fault = unreadable.map {
      ExchangeRecord.Fault(length: $0.length, since: $0.since, tried: $0.tried)
    }
    record.lacking = try lacking?.knowledge()
    if let says {
      let report = try says.report(of: writer)
      record.header =
        BundleHeader(
          library: Array(repeating: 7, count: 32), sender: report, senderName: "",
          createdMilliseconds: says.created ?? 0,
          statement: DeltaStatement(
            basis: Knowledge(), carried: Knowledge(), known: report.knowledge),
          receiver: nil, includesBodies: true, operationCount: 0, bodyCount: 0, frameCount: 0,
          part: .only
        ).payload
    }
    return record
  }
}

extension ExchangeVector.Report {
  fileprivate func report(of replica: ReplicaID) throws -> PeerReport {
    let bytes = try #require(Hexadecimal.bytes(of: fingerprint))
    let digest = try #require(Digest128(bytes: Array(bytes.reversed())))
    return PeerReport(
      replica: replica, clock: .zero, knowledge: try known.knowledge(),
      fingerprint: Fingerprint(digest),
      wanted: try wanted.hashes(), keeping: TextKeeping(wantsAll: true, ceased: ceased))
  }
}

extension [String] {
  fileprivate func knowledge() throws -> Knowledge { try #require(Knowledge(lines: self)) }

  fileprivate func hashes() throws -> [ContentHash] {
    try map { try #require(ContentHash(bytes: Hexadecimal.bytes(of: $0) ?? [])) }
  }
}
