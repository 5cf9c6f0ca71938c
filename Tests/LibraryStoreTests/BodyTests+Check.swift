import Coding
import GRDB
import Replication
import Testing

@testable import LibraryStore

/// What a deep check says of bodies: it reads them chunk by chunk, and names each by itself.
extension BodyTests {
  @Test func `check finds a body that has rotted, and repair asks for it anew`() async throws {
    let (author, reader) = (try TestStore(1), try TestStore(2))
    let bodies = [Sample.bytes(3_000, seed: 1)]
    try await author.store.write(naming(bodies), bodies: [chunk(bodies)], now: Sample.now)
    try await send(from: author.store, to: reader.store)
    try await reader.store.tamper("UPDATE chunk SET bytes = zeroblob(length(bytes))")
    #expect(try await reader.store.check(deep: false, repair: false).damage == [])
    #expect(try await reader.store.check(deep: true, repair: false).damage.count == 1)
    _ = try await reader.store.check(deep: true, repair: true)
    #expect(try await reader.store.report().wanted.count == 1)
    try await send(from: author.store, to: reader.store)
    #expect(try await reader.store.check(deep: true, repair: false).damage == [])
    #expect(try await reader.store.body(ContentHash(of: bodies[0])) == bodies[0])
  }

  @Test func `of a chunk's bodies, check names the one that differs`() async throws {
    let test = try TestStore(1)
    let bodies = (0..<5).map { Array(String(repeating: "<p>第\($0)座桥</p>\n", count: 20).utf8) }
    try await test.store.write(naming(bodies), bodies: [chunk(bodies)], now: Sample.now)
    var builder = BodyChunkBuilder()
    for (number, body) in bodies.enumerated() {
      let bytes = number == 3 ? Array(body.reversed()) : body
      builder.append(bytes[...], of: ContentHash(of: body), bodyLength: body.count, offset: 0)
    }
    let frame = try builder.frame()
    try await test.store.tamper(
      """
      UPDATE chunk SET deflated = \(frame.isDeflated), inflated = \(frame.inflatedLength),
        bytes = x'\(Hexadecimal.text(of: frame.stored))';
      UPDATE tally SET chunk_bytes = \(frame.stored.count)
      """)
    let report = try await test.store.check(deep: true, repair: true)
    #expect(report.damage == damage([bodies[3]]))
    #expect(report.repaired.count == 1)
    for (number, body) in bodies.enumerated() {
      #expect(try await test.store.body(ContentHash(of: body)) == (number == 3 ? nil : body))
    }
  }

  @Test(arguments: [
    "UPDATE chunk SET inflated = inflated + 1 WHERE id <> 2",
    "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE id <> 2",
    "DELETE FROM chunk WHERE id <> 2",
  ])
  func `of chunks that do not read, check names each body`(tampering: String) async throws {
    let test = try TestStore(1)
    let bodies = try await fillChunks(of: test)
    try await test.store.tamper(
      """
      \(tampering);
      UPDATE tally SET chunk_bytes = (SELECT sum(length(bytes)) FROM chunk)
      """)
    let report = try await test.store.check(deep: true, repair: false)
    #expect(report.damage == damage(bodies[0] + bodies[2]))
    #expect(report.bodiesChecked == 12)
  }

  @Test(arguments: [
    "position = position + 1", "position = -1", "position = 0x7fffffffffffffff", "position = NULL",
    "length = length + 1", "length = -1", "length = 1 << 40", "chunk = 9", "chunk = NULL",
  ])
  func `check names a body whose place in its chunk is wrong`(place: String) async throws {
    let test = try TestStore(1)
    let body = try await fillChunks(of: test)[1][3]
    try await test.store.tamper(
      """
      UPDATE body SET \(place) WHERE hash = x'\(ContentHash(of: body))';
      UPDATE tally SET body_bytes = (SELECT sum(length) FROM body)
      """)
    #expect(try await test.store.check(deep: true, repair: false).damage == damage([body]))
  }

  @Test func `check names a body in pieces of which one differs`() async throws {
    let test = try TestStore(1)
    let bodies = (0..<2).map { Sample.bytes((4 << 20) + 5, seed: $0) }
    try await test.store.write(
      naming(bodies), bodies: bodies.flatMap { try pieces(of: $0) }, now: Sample.now)
    let hash = ContentHash(of: bodies[1])
    try await test.store.tamper(
      """
      UPDATE piece SET position = position + 1, length = length - 1
      WHERE start > 0 AND hash = x'\(hash)'
      """)
    #expect(try await test.store.check(deep: true, repair: false).damage == damage([bodies[1]]))
  }

  @Test func `check reads each chunk once, damaged or not`() async throws {
    let test = try TestStore(1)
    _ = try await fillChunks(of: test)
    try await test.store.tamper("UPDATE chunk SET inflated = inflated + 1 WHERE id = 2")
    let statements = try await test.store.statementsOfCheck()
    #expect(statements.filter { $0.contains("FROM chunk WHERE id") }.count == 3)
  }

  /// Puts four bodies into each of three chunks.
  private func fillChunks(of test: TestStore) async throws -> [[[UInt8]]] {
    let chunks = (0..<3).map { chunk in
      (0..<4).map { Sample.bytes(3_000, seed: UInt64(4 * chunk + $0)) }
    }
    try await test.store.write(
      naming(Array(chunks.joined())), bodies: chunks.map(chunk), now: Sample.now)
    return chunks
  }

  /// In the order of the hashes.
  private func damage(_ bodies: [[UInt8]]) -> [String] {
    bodies.map { ContentHash(of: $0) }.sorted().map { "body \($0) is not what its name says" }
  }
}

extension ReplicaStore {
  /// What SQLite is asked to run by a deep check.
  fileprivate func statementsOfCheck() throws -> [String] {
    final class Log { var statements: [String] = [] }
    let log = Log()
    queue.inDatabase { db in db.trace { log.statements.append("\($0)") } }
    defer { queue.inDatabase { $0.trace(options: []) } }
    _ = try check(deep: true, repair: false)
    return log.statements
  }
}
